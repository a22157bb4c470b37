"""JSONEncoder: from values to text. The writing of a whole text is native (_json); iterencode gives it piece by piece."""
try:
    from _json import (encode as _encode, encode_basestring as c_encode_basestring,
                       encode_basestring_ascii as c_encode_basestring_ascii)
except ImportError:
    _encode = c_encode_basestring = c_encode_basestring_ascii = None

INFINITY = float('inf')
_int_repr = int.__repr__
_float_repr = float.__repr__

if _encode is None:
    from json._plain import (py_encode_basestring as encode_basestring,
                             py_encode_basestring_ascii as encode_basestring_ascii)
else:
    encode_basestring, encode_basestring_ascii = c_encode_basestring, c_encode_basestring_ascii


class JSONEncoder:
    """Makes JSON text of values. The options are those of json.dumps.

    To extend it, override `default`: give a value that has a JSON form, or call the method of the base class, which
    raises TypeError.
    """

    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default

    def default(self, o):
        """A value with a JSON form in place of one without. The base class raises TypeError."""
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')

    def encode(self, o):
        """The JSON text of a value."""
        if _encode is None:
            return ''.join(_Pieces(self).of(o, 0))
        if type(self).iterencode is not _ITERENCODE:
            chunks = self.iterencode(o, _one_shot=True)
            return ''.join(chunks)
        return _encode(o, self.default, self.ensure_ascii, self.check_circular, self._indent_text(), self.key_separator,
                       self.item_separator, self.sort_keys, self.skipkeys, self.allow_nan)

    def iterencode(self, o, _one_shot=False):
        """An iterator over the pieces of the JSON text."""
        if _one_shot:
            return iter((JSONEncoder.encode(self, o),))
        return _Pieces(self).of(o, 0)

    def _indent_text(self):
        indent = self.indent
        if indent is None or isinstance(indent, str):
            return indent
        return ' ' * indent


_ITERENCODE = JSONEncoder.iterencode


class _Pieces:
    """One run of iterencode."""

    def __init__(self, encoder):
        self.encoder = encoder
        self.indent = encoder._indent_text()
        self.quote = encode_basestring_ascii if encoder.ensure_ascii else encode_basestring
        self.open = {} if encoder.check_circular else None

    def scalar(self, o):
        """The text of a value that contains no other; None for those that may."""
        if isinstance(o, str):
            return self.quote(o)
        if o is None:
            return 'null'
        if o is True:
            return 'true'
        if o is False:
            return 'false'
        if isinstance(o, int):
            return _int_repr(o)
        if isinstance(o, float):
            return self.float_text(o)
        return None

    def float_text(self, o):
        if o != o:
            text = 'NaN'
        elif o == INFINITY:
            text = 'Infinity'
        elif o == -INFINITY:
            text = '-Infinity'
        else:
            return _float_repr(o)
        if not self.encoder.allow_nan:
            raise ValueError('Out of range float values are not JSON compliant: ' + repr(o))
        return text

    def key_text(self, key):
        """The text of a key; None when it is to be left out."""
        if isinstance(key, str):
            return key
        text = self.scalar(key)
        if text is None and not self.encoder.skipkeys:
            raise TypeError(f'keys must be str, int, float, bool or None, not {key.__class__.__name__}')
        return text

    def of(self, o, level):
        text = self.scalar(o)
        if text is not None:
            yield text
        elif isinstance(o, (list, tuple)):
            yield from self.guarded(o, level, self.sequence) if o else ('[]',)
        elif isinstance(o, dict):
            yield from self.guarded(o, level, self.mapping) if o else ('{}',)
        else:
            yield from self.guarded(o, level, self.by_default)

    def guarded(self, o, level, pieces):
        if self.open is None:
            yield from pieces(o, level)
            return
        marker = id(o)
        if marker in self.open:
            raise ValueError('Circular reference detected')
        self.open[marker] = o
        yield from pieces(o, level)
        del self.open[marker]

    def by_default(self, o, level):
        yield from self.of(self.encoder.default(o), level)

    def layout(self, level):
        """What stands before the first item, between items, and after the last one."""
        separator = self.encoder.item_separator
        if self.indent is None:
            return '', separator, ''
        inner = '\n' + self.indent * (level + 1)
        return inner, separator + inner, '\n' + self.indent * level

    def sequence(self, items, level):
        before, between, after = self.layout(level)
        buffer = '[' + before
        for item in items:
            text = self.scalar(item)
            if text is not None:
                yield buffer + text
            else:
                yield buffer
                yield from self.of(item, level + 1)
            buffer = between
        if after:
            yield after
        yield ']'

    def mapping(self, pairs, level):
        before, between, after = self.layout(level)
        yield '{'
        if before:
            yield before
        first = True
        items = sorted(pairs.items()) if self.encoder.sort_keys else pairs.items()
        for key, value in items:
            key = self.key_text(key)
            if key is None:
                continue
            if first:
                first = False
            else:
                yield between
            yield self.quote(key)
            yield self.encoder.key_separator
            yield from self.of(value, level + 1)
        if after:
            yield after
        yield '}'
