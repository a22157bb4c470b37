"""What a parser of configparser.py shows of itself as mappings: its sections, and its converters."""
import re
from collections.abc import MutableMapping
from functools import partial


class SectionProxy(MutableMapping):
    """One section of a parser, options to values. It holds nothing itself: every question goes to the parser."""

    def __init__(self, parser, name):
        self._parser, self._name = parser, name
        for each in parser.converters:
            self._add_getter('get' + each, getattr(parser, 'get' + each))

    parser = property(lambda self: self._parser, doc='The parser that the section is in.')
    name = property(lambda self: self._name, doc='The name of the section.')

    def _add_getter(self, name, of_parser):
        """Have a method that asks that method of the parser, for this section."""
        setattr(self, name, partial(self.get, _impl=of_parser))

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        """The value of an option, or the fallback."""
        ask = _impl or self._parser.get
        return ask(self._name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def _names(self):
        is_default = self._name == self._parser.default_section
        return list(self._parser.defaults()) if is_default else self._parser.options(self._name)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __getitem__(self, key):
        if key in self:
            return self._parser.get(self._name, key)
        raise KeyError(key)

    def __setitem__(self, key, value):
        parser = self._parser
        parser._validate_value_types(option=key, value=value)
        parser.set(self._name, key, value)

    def __delitem__(self, key):
        if key not in self or not self._parser.remove_option(self._name, key):
            raise KeyError(key)

    def __iter__(self):
        return iter(self._names())

    def __len__(self):
        return len(self._names())

    def __repr__(self):
        return f'<Section: {self._name}>'


class ConverterMapping(MutableMapping):
    """The converters of a parser: what is put in becomes a method get<name> of the parser and of its sections.

    A method of the parser's class is in it with None, and is not taken out of the class.
    """

    GETTERCRE = re.compile('get(?P<name>.+)$')

    def __init__(self, parser):
        self._parser = parser
        methods = filter(self.GETTERCRE.match, dir(parser))
        self._converters = {name.removeprefix('get'): None for name in methods if callable(getattr(parser, name))}

    def __getitem__(self, key):
        return self._converters[key]

    def __setitem__(self, key, value):
        try:
            method = 'get' + key
        except TypeError:
            raise ValueError(f'Incompatible key: {key} (type: {type(key)})') from None
        if not key:
            raise ValueError('Incompatible key: cannot use "" as a name')
        self._converters[key] = value
        getter = partial(self._parser._get_conv, conv=value)
        getter.converter = value
        setattr(self._parser, method, getter)
        for section in self._parser.values():
            section._add_getter(method, getter)

    def __delitem__(self, key):
        if not key:
            raise KeyError(key)
        del self._converters[key]
        for owner in (self._parser, *self._parser.values()):
            vars(owner).pop('get' + key, None)

    def __iter__(self):
        return iter(self._converters)

    def __len__(self):
        return len(self._converters)


for _class in SectionProxy, ConverterMapping:
    _class.__module__ = 'configparser'
