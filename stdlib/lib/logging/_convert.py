"""Values of a logging configuration that stand for something else: 'ext://sys.stderr' is an object of a module, and
'cfg://handlers.x' a part of the configuration itself.

The containers convert what they hold when somebody asks for it, not before: what a part refers to may be made later. A
converted value replaces the text, and, being a container, knows its parent and the configurator that converts.
"""
import re

IDENTIFIER = re.compile('^[a-z_][a-z0-9_]*$', re.I)


def valid_ident(s):
    """True; ValueError for what is no identifier."""
    if not IDENTIFIER.match(s):
        raise ValueError('Not a valid Python identifier: %r' % s)
    return True


class ConvertingMixin:
    """What the converting containers share."""

    def convert_with_key(self, key, value, replace=True):
        """The meaning of the value under a key; it replaces the value."""
        result = self.configurator.convert(value)
        if value is not result:
            if replace:
                self[key] = result
            self._adopt(result, key)
        return result

    def convert(self, value):
        """The meaning of a value that is no longer in the container."""
        result = self.configurator.convert(value)
        if value is not result:
            self._adopt(result, None)
        return result

    def _adopt(self, result, key):
        if isinstance(result, (ConvertingDict, ConvertingList, ConvertingTuple)):
            result.parent = self
            if key is not None:
                result.key = key


class ConvertingDict(dict, ConvertingMixin):
    """A dict that converts its values."""

    def __getitem__(self, key):
        return self.convert_with_key(key, dict.__getitem__(self, key))

    def get(self, key, default=None):
        return self.convert_with_key(key, dict.get(self, key, default))

    def pop(self, key, default=None):
        return self.convert_with_key(key, dict.pop(self, key, default), replace=False)


class ConvertingList(list, ConvertingMixin):
    """A list that converts its items."""

    def __getitem__(self, key):
        return self.convert_with_key(key, list.__getitem__(self, key))

    def pop(self, idx=-1):
        return self.convert(list.pop(self, idx))


class ConvertingTuple(tuple, ConvertingMixin):
    """A tuple that converts its items."""

    def __getitem__(self, key):
        return self.convert_with_key(key, tuple.__getitem__(self, key), replace=False)


class BaseConfigurator:
    """Knows what the values of a configuration mean; the base of configurators, which may know more prefixes."""

    CONVERT_PATTERN = re.compile(r'^(?P<prefix>[a-z]+)://(?P<suffix>.*)$')
    WORD_PATTERN = re.compile(r'^\s*(\w+)\s*')
    DOT_PATTERN = re.compile(r'^\.\s*(\w+)\s*')
    INDEX_PATTERN = re.compile(r'^\[\s*(\w+)\s*\]\s*')
    DIGIT_PATTERN = re.compile(r'^\d+$')

    # The methods for 'prefix://...'.
    value_converters = {'ext': 'ext_convert', 'cfg': 'cfg_convert'}
    # What imports a module by name; tests replace it.
    importer = staticmethod(__import__)

    def __init__(self, config):
        self.config = ConvertingDict(config)
        self.config.configurator = self

    def resolve(self, s):
        """What a dotted name stands for, with imports as needed."""
        first, *parts = s.split('.')
        used = first
        try:
            found = self.importer(used)
            for part in parts:
                used += '.' + part
                try:
                    found = getattr(found, part)
                except AttributeError:
                    self.importer(used)
                    found = getattr(found, part)
            return found
        except ImportError as error:
            raise ValueError(f'Cannot resolve {s!r}: {error}') from error

    def ext_convert(self, value):
        """ext://: an object by its dotted name."""
        return self.resolve(value)

    def cfg_convert(self, value):
        """cfg://: the part of the configuration that a path such as a.b[0] names."""
        step = self.WORD_PATTERN.match(value)
        if step is None:
            raise ValueError('Unable to convert %r' % value)
        found, rest = self.config[step[1]], value[step.end():]
        while rest:
            step = self.DOT_PATTERN.match(rest)
            if step is not None:
                found = found[step[1]]
            else:
                step = self.INDEX_PATTERN.match(rest)
                if step is None:
                    raise ValueError('Unable to convert %r at %r' % (value, rest))
                found = self._indexed(found, step[1])
            rest = rest[step.end():]
        return found

    def _indexed(self, found, index):
        """By the number if it is one and there is such an item, else by the text."""
        if self.DIGIT_PATTERN.match(index):
            try:
                return found[int(index)]
            except TypeError:
                pass
        return found[index]

    def convert(self, value):
        """What a value means: containers become converting ones, texts with a known prefix what they stand for."""
        if isinstance(value, str):
            match = self.CONVERT_PATTERN.match(value)
            method = match and self.value_converters.get(match['prefix'])
            return getattr(self, method)(match['suffix']) if method else value
        for plain, converting in ((dict, ConvertingDict), (list, ConvertingList), (tuple, ConvertingTuple)):
            if isinstance(value, plain) and not isinstance(value, converting):
                if plain is tuple and hasattr(value, '_fields'):
                    return value  # a named tuple stays one
                value = converting(value)
                value.configurator = self
                break
        return value

    def configure_custom(self, config):
        """What the factory under '()' makes of the other entries; '.' has attributes to set."""
        factory = config.pop('()')
        if not callable(factory):
            factory = self.resolve(factory)
        attributes = config.pop('.', None)
        made = factory(**{key: config[key] for key in config if valid_ident(key)})
        for name, value in (attributes or {}).items():
            setattr(made, name, value)
        return made

    def as_tuple(self, value):
        """A list as a tuple."""
        return tuple(value) if isinstance(value, list) else value


for _class in (ConvertingMixin, ConvertingDict, ConvertingList, ConvertingTuple, BaseConfigurator):
    _class.__module__ = 'logging.config'
