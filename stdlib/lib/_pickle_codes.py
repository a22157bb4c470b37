"""The opcodes of pickles, one byte each, and the errors."""
from _compat_pickle import IMPORT_MAPPING as NEW_MODULES
from _compat_pickle import NAME_MAPPING as NEW_NAMES
from _compat_pickle import REVERSE_IMPORT_MAPPING as OLD_MODULES
from _compat_pickle import REVERSE_NAME_MAPPING as OLD_NAMES
from _pickle import PickleBuffer, PickleError, PicklingError, UnpicklingError

# Protocols 0 and 1.
MARK, STOP, POP, POP_MARK, DUP = b'(', b'.', b'0', b'1', b'2'
FLOAT, INT, BININT, BININT1, LONG, BININT2 = b'F', b'I', b'J', b'K', b'L', b'M'
NONE, PERSID, BINPERSID, REDUCE = b'N', b'P', b'Q', b'R'
STRING, BINSTRING, SHORT_BINSTRING, UNICODE, BINUNICODE = b'S', b'T', b'U', b'V', b'X'
APPEND, BUILD, GLOBAL, DICT, EMPTY_DICT, APPENDS = b'a', b'b', b'c', b'd', b'}', b'e'
GET, BINGET, INST, LONG_BINGET, LIST, EMPTY_LIST = b'g', b'h', b'i', b'j', b'l', b']'
OBJ, PUT, BINPUT, LONG_BINPUT, SETITEM, TUPLE = b'o', b'p', b'q', b'r', b's', b't'
EMPTY_TUPLE, SETITEMS, BINFLOAT = b')', b'u', b'G'
TRUE, FALSE = b'I01\n', b'I00\n'

# Protocol 2.
PROTO, NEWOBJ, EXT1, EXT2, EXT4 = b'\x80', b'\x81', b'\x82', b'\x83', b'\x84'
TUPLE1, TUPLE2, TUPLE3, NEWTRUE, NEWFALSE, LONG1, LONG4 = (
    b'\x85', b'\x86', b'\x87', b'\x88', b'\x89', b'\x8a', b'\x8b')

# Protocol 3.
BINBYTES, SHORT_BINBYTES = b'B', b'C'

# Protocol 4.
SHORT_BINUNICODE, BINUNICODE8, BINBYTES8, EMPTY_SET, ADDITEMS, FROZENSET, NEWOBJ_EX = (
    b'\x8c', b'\x8d', b'\x8e', b'\x8f', b'\x90', b'\x91', b'\x92')
STACK_GLOBAL, MEMOIZE, FRAME = b'\x93', b'\x94', b'\x95'

# Protocol 5.
BYTEARRAY8, NEXT_BUFFER, READONLY_BUFFER = b'\x96', b'\x97', b'\x98'


def find_nested(module, dotted_name):
    """(value, parent) of module.a.b.c; AttributeError when there is none."""
    value, parent = module, None
    for part in dotted_name.split('.'):
        if part == '<locals>':
            raise AttributeError(f"Can't get local attribute {dotted_name!r} on {module!r}")
        parent = value
        try:
            value = getattr(value, part)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {dotted_name!r} on {module!r}") from None
    return value, parent
