"""JSON (RFC 7159) in both directions: dumps and dump write it, loads and load read it.

>>> dumps({'pi': [3.14, None, True]})
'{"pi": [3.14, null, true]}'
>>> loads('{"pi": [3.14, null, true]}')
{'pi': [3.14, None, True]}
"""
__version__ = '2.0.9'
__all__ = ['dump', 'dumps', 'load', 'loads', 'JSONDecoder', 'JSONDecodeError', 'JSONEncoder']

from .decoder import JSONDecoder, JSONDecodeError
from .encoder import JSONEncoder

# What dumps() and loads() use when no option was given: made once.
_plain_encoder = JSONEncoder()
_plain_decoder = JSONDecoder()


def _encoder(cls, more, **options):
    return (cls or JSONEncoder)(**options, **more)


def dump(obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
         separators=None, default=None, sort_keys=False, **kw):
    """Write the JSON text of `obj` to a file. The options are those of dumps."""
    encoder = _encoder(cls, kw, skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular,
                       allow_nan=allow_nan, indent=indent, separators=separators, default=default, sort_keys=sort_keys)
    if type(encoder) is JSONEncoder:
        fp.write(encoder.encode(obj))
    else:
        # A subclass may make the text piece by piece.
        for piece in encoder.iterencode(obj):
            fp.write(piece)


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
          separators=None, default=None, sort_keys=False, **kw):
    """The JSON text of `obj`.

    skipkeys       leave out keys that JSON cannot have, instead of raising TypeError
    ensure_ascii   write everything beyond ASCII as escapes
    check_circular notice values that contain themselves (ValueError)
    allow_nan      write NaN and the infinities, which JSON does not have
    indent         a number of spaces or a string: one item a line
    separators     what stands between items and after keys
    default        called for objects that JSON has no form for: gives one that has
    sort_keys      write the keys of every object in order
    cls            a subclass of JSONEncoder
    """
    if (cls is indent is separators is default is None and ensure_ascii and check_circular and allow_nan
            and not (skipkeys or sort_keys or kw)):
        return _plain_encoder.encode(obj)
    return _encoder(cls, kw, skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular,
                    allow_nan=allow_nan, indent=indent, separators=separators, default=default,
                    sort_keys=sort_keys).encode(obj)


_BYTE_ORDER_MARKS = ((b'\0\0\xfe\xff', 'utf-32'), (b'\xff\xfe\0\0', 'utf-32'), (b'\xfe\xff', 'utf-16'),
                     (b'\xff\xfe', 'utf-16'), (b'\xef\xbb\xbf', 'utf-8-sig'))


def detect_encoding(b):
    """The encoding of JSON bytes: a byte order mark says it, or where the zeros are (the first character is ASCII)."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if b.startswith(mark):
            return encoding
    zeros = [not byte for byte in b[:4]]
    match zeros:
        case [True, True, *_] if len(zeros) == 4:
            return 'utf-32-be'
        case [True, _] | [True, False, _, _]:
            return 'utf-16-be'
        case [_, True, True, True]:
            return 'utf-32-le'
        case [_, True] | [_, True, _, _]:
            return 'utf-16-le'
        case _:
            return 'utf-8'


def load(fp, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None,
         **kw):
    """Read a file that is one JSON document. The options are those of loads."""
    return loads(fp.read(), cls=cls, parse_float=parse_float, parse_int=parse_int, parse_constant=parse_constant,
                 object_hook=object_hook, object_pairs_hook=object_pairs_hook, **kw)


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None,
          **kw):
    """The value of a JSON document given as str, bytes or bytearray.

    object_hook        is called with the dict of every object; what it gives takes the place of the dict
    object_pairs_hook  is called with the list of pairs of every object, before object_hook
    parse_float, parse_int    are called with the text of every such number
    parse_constant     is called with 'NaN', 'Infinity' or '-Infinity'
    cls                a subclass of JSONDecoder
    """
    if not isinstance(s, str):
        if not isinstance(s, (bytes, bytearray)):
            raise TypeError(f'the JSON object must be str, bytes or bytearray, not {type(s).__name__}')
        s = s.decode(detect_encoding(s), 'surrogatepass')
    elif s[:1] == '\ufeff':
        raise JSONDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', s, 0)
    if cls is object_hook is object_pairs_hook is parse_float is parse_int is parse_constant is None and not kw:
        return _plain_decoder.decode(s)
    hooks = {'object_hook': object_hook, 'object_pairs_hook': object_pairs_hook, 'parse_float': parse_float,
             'parse_int': parse_int, 'parse_constant': parse_constant}
    # A decoder of the program's own need not know an option that nobody gave.
    given = {name: hook for name, hook in hooks.items() if hook is not None}
    return (cls or JSONDecoder)(**given, **kw).decode(s)
