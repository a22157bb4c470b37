"""JSONDecoder: from text to values. The reading itself is native (_json), or where that is missing in json._plain."""
from json import scanner

try:
    from _json import scanstring as c_scanstring, _set_error_class
except ImportError:
    c_scanstring = None
    from json._plain import py_scanstring as scanstring
else:
    scanstring = c_scanstring

__all__ = ['JSONDecoder', 'JSONDecodeError']

_SPACES = frozenset(' \t\n\r')
_CONSTANTS = {name: float(name) for name in ('NaN', 'Infinity', '-Infinity')}
NaN, PosInf, NegInf = _CONSTANTS.values()


class JSONDecodeError(ValueError):
    """A document that is not JSON.

    msg     what is wrong
    doc     the document
    pos     where: an index into it, lineno and colno the same for people
    """

    def __init__(self, msg, doc, pos):
        line_start = doc.rfind('\n', 0, pos) + 1
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno, self.colno = doc.count('\n', 0, pos) + 1, pos - line_start + 1
        super().__init__(f'{msg}: line {self.lineno} column {self.colno} (char {pos})')

    def __reduce__(self):
        return type(self), (self.msg, self.doc, self.pos)


if c_scanstring is not None:
    _set_error_class(JSONDecodeError)


class JSONDecoder:
    """Makes values of JSON text. The options are those of json.loads; with strict=False strings may contain control
    characters.
    """

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook, self.object_pairs_hook, self.strict = object_hook, object_pairs_hook, strict
        self.parse_int, self.parse_float = parse_int or int, parse_float or float
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.parse_string, self.memo = scanstring, {}  # for the scanner that is written in the language
        self.scan_once = scanner.make_scanner(self)  # reads what is set above

    def decode(self, s):
        """The value of a whole document."""
        native = scanner.c_make_scanner is not None and type(self.scan_once) is scanner.c_make_scanner
        if native and type(self).raw_decode is _RAW_DECODE and isinstance(s, str):
            return self.scan_once.decode(s)
        value, end = self.raw_decode(s, _skip_spaces(s, 0))
        end = _skip_spaces(s, end)
        if end < len(s):
            raise JSONDecodeError('Extra data', s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The value that begins at an index, and the index behind it."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as nothing:
            raise JSONDecodeError('Expecting value', s, nothing.value) from None


_RAW_DECODE = JSONDecoder.raw_decode


def _skip_spaces(text, index):
    """The index of the first character from there on that is none of JSON's four spaces."""
    while text[index:index + 1] in _SPACES:
        index += 1
    return index
