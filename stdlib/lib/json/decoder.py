"""JSONDecoder: from text to values. The reading itself is native (_json)."""
from json import scanner

try:
    from _json import scanstring as c_scanstring, _set_error_class
except ImportError:
    c_scanstring = _set_error_class = None

__all__ = ['JSONDecoder', 'JSONDecodeError']

NaN = float('nan')
PosInf = float('inf')
NegInf = float('-inf')
_CONSTANTS = {'-Infinity': NegInf, 'Infinity': PosInf, 'NaN': NaN}
_WHITESPACE = ' \t\n\r'


class JSONDecodeError(ValueError):
    """A document that is not JSON.

    msg     what is wrong
    doc     the document
    pos     where: an index into it, lineno and colno the same for people
    """

    def __init__(self, msg, doc, pos):
        lineno = doc.count('\n', 0, pos) + 1
        colno = pos - doc.rfind('\n', 0, pos)
        super().__init__(f'{msg}: line {lineno} column {colno} (char {pos})')
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


if _set_error_class is not None:
    _set_error_class(JSONDecodeError)

if c_scanstring is None:
    from json._plain import py_scanstring as scanstring
else:
    scanstring = c_scanstring


class JSONDecoder:
    """Makes values of JSON text. The options are those of json.loads; with strict=False strings may contain control
    characters.
    """

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
        self.parse_string = scanstring
        self.memo = {}
        self.scan_once = scanner.make_scanner(self)

    def decode(self, s):
        """The value of a whole document."""
        if type(self).raw_decode is _RAW_DECODE and scanner.c_make_scanner is not None and \
                type(self.scan_once) is scanner.c_make_scanner and isinstance(s, str):
            return self.scan_once.decode(s)
        obj, end = self.raw_decode(s, _after_whitespace(s, 0))
        end = _after_whitespace(s, end)
        if end != len(s):
            raise JSONDecodeError('Extra data', s, end)
        return obj

    def raw_decode(self, s, idx=0):
        """The value that begins at an index, and the index behind it."""
        try:
            obj, end = self.scan_once(s, idx)
        except StopIteration as err:
            raise JSONDecodeError('Expecting value', s, err.value) from None
        return obj, end


_RAW_DECODE = JSONDecoder.raw_decode


def _after_whitespace(s, i):
    while i < len(s) and s[i] in _WHITESPACE:
        i += 1
    return i
