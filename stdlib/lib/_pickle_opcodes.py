"""Every opcode of pickles: its argument, what it takes from the stack and leaves there, and since which protocol it exists."""
from struct import unpack as _unpack

UP_TO_NEWLINE = -1
TAKEN_FROM_ARGUMENT1, TAKEN_FROM_ARGUMENT4, TAKEN_FROM_ARGUMENT4U, TAKEN_FROM_ARGUMENT8U = -2, -3, -4, -5


class ArgumentDescriptor:
    """What follows an opcode: its size n (or how that is said), and reader(file), which gives it as an object."""

    __slots__ = ('name', 'n', 'reader', 'doc')

    def __init__(self, name, n, reader, doc):
        self.name, self.n, self.reader, self.doc = name, n, reader, doc


class StackObject:
    """A kind of value on the stack."""

    __slots__ = ('name', 'obtype', 'doc')

    def __init__(self, name, obtype, doc):
        self.name, self.obtype, self.doc = name, obtype, doc

    def __repr__(self):
        return self.name


class OpcodeInfo:
    """One opcode."""

    __slots__ = ('name', 'code', 'arg', 'stack_before', 'stack_after', 'proto', 'doc')

    def __init__(self, name, code, arg, stack_before, stack_after, proto, doc):
        self.name, self.code, self.arg, self.proto, self.doc = name, code, arg, proto, doc
        self.stack_before, self.stack_after = stack_before, stack_after


# --- arguments ---


def _number(format, size):
    def read(file):
        data = file.read(size)
        if len(data) < size:
            raise ValueError(f'not enough data in stream to read {name}')
        return _unpack(format, data)[0]
    name = {'B': 'uint1', '<H': 'uint2', '<i': 'int4', '<I': 'uint4', '<Q': 'uint8', '>d': 'float8'}[format]
    return read


read_uint1, read_uint2, read_int4 = _number('B', 1), _number('<H', 2), _number('<i', 4)
read_uint4, read_uint8, read_float8 = _number('<I', 4), _number('<Q', 8), _number('>d', 8)


def _line(file):
    line = file.readline()
    if not line.endswith(b'\n'):
        raise ValueError('no newline found when trying to read a line')
    return line[:-1]


def _counted(size, name):
    """A reader of bytes behind their number."""
    def read(file):
        count = size(file)
        if count < 0:
            raise ValueError(f'{name} byte count < 0: {count}')
        data = file.read(count)
        if len(data) < count:
            raise ValueError(f'expected {count} bytes in a {name}, but only {len(data)} remain')
        return data
    return read


def read_stringnl(f, decode=True, stripquotes=True):
    """A line, by default in quotes and with escapes."""
    line = _line(f)
    if stripquotes:
        if line[:1] not in (b"'", b'"'):
            raise ValueError(f'no string quotes around {line!r}')
        if line[-1:] != line[:1] or len(line) < 2:
            raise ValueError(f'strinq quote {line[:1]!r} not found at both ends of {line!r}')
        line = line[1:-1]
    return line.decode('unicode_escape') if decode else line


def read_stringnl_noescape(f):
    """A line as it is."""
    return _line(f).decode('ascii')


def read_stringnl_noescape_pair(f):
    """Two lines, joined by a blank."""
    return f'{read_stringnl_noescape(f)} {read_stringnl_noescape(f)}'


read_bytes1, read_bytes4 = _counted(read_uint1, 'bytes1'), _counted(read_uint4, 'bytes4')
read_bytes8 = _counted(read_uint8, 'bytes8')
_octets1, _octets4 = _counted(read_uint1, 'string1'), _counted(read_int4, 'string4')


def read_bytearray8(f):
    """A bytearray behind its length in eight bytes."""
    return bytearray(read_bytes8(f))


def read_string1(f):
    """Latin-1 text behind its length in one byte."""
    return _octets1(f).decode('latin-1')


def read_string4(f):
    """Latin-1 text behind its length in four bytes, signed."""
    return _octets4(f).decode('latin-1')


def read_unicodestringnl(f):
    """A line in raw-unicode-escape."""
    return str(_line(f), 'raw-unicode-escape')


def _text(octets):
    return lambda file: str(octets(file), 'utf-8', 'surrogatepass')


read_unicodestring1, read_unicodestring4, read_unicodestring8 = _text(read_bytes1), _text(read_bytes4), _text(read_bytes8)


def read_decimalnl_short(f):
    """An int in digits, or one of the two bools of old protocols."""
    line = _line(f)
    return {b'00': False, b'01': True}[line] if line in (b'00', b'01') else int(line)


def read_decimalnl_long(f):
    """An int in digits with or without an L."""
    line = _line(f)
    return int(line[:-1] if line.endswith(b'L') else line)


def read_floatnl(f):
    """A float in digits."""
    return float(_line(f))


def _long(octets):
    return lambda file: int.from_bytes(octets(file), 'little', signed=True)


read_long1, read_long4 = _long(_counted(read_uint1, 'long1')), _long(_counted(read_int4, 'long4'))

uint1 = ArgumentDescriptor('uint1', 1, read_uint1, 'One byte, unsigned.')
uint2 = ArgumentDescriptor('uint2', 2, read_uint2, 'Two bytes, little-endian, unsigned.')
int4 = ArgumentDescriptor('int4', 4, read_int4, 'Four bytes, little-endian, signed.')
uint4 = ArgumentDescriptor('uint4', 4, read_uint4, 'Four bytes, little-endian, unsigned.')
uint8 = ArgumentDescriptor('uint8', 8, read_uint8, 'Eight bytes, little-endian, unsigned.')
float8 = ArgumentDescriptor('float8', 8, read_float8, 'Eight bytes, big-endian: a double.')
stringnl = ArgumentDescriptor('stringnl', UP_TO_NEWLINE, read_stringnl, 'Text in quotes with escapes, to the end of the line.')
stringnl_noescape = ArgumentDescriptor('stringnl_noescape', UP_TO_NEWLINE, read_stringnl_noescape,
                                       'Text to the end of the line.')
stringnl_noescape_pair = ArgumentDescriptor('stringnl_noescape_pair', UP_TO_NEWLINE, read_stringnl_noescape_pair,
                                            'Two lines of text.')
string1 = ArgumentDescriptor('string1', TAKEN_FROM_ARGUMENT1, read_string1, 'Text of Python 2, its length in one byte.')
string4 = ArgumentDescriptor('string4', TAKEN_FROM_ARGUMENT4, read_string4, 'Text of Python 2, its length in four bytes.')
bytes1 = ArgumentDescriptor('bytes1', TAKEN_FROM_ARGUMENT1, read_bytes1, 'Bytes, their number in one byte.')
bytes4 = ArgumentDescriptor('bytes4', TAKEN_FROM_ARGUMENT4U, read_bytes4, 'Bytes, their number in four bytes.')
bytes8 = ArgumentDescriptor('bytes8', TAKEN_FROM_ARGUMENT8U, read_bytes8, 'Bytes, their number in eight bytes.')
bytearray8 = ArgumentDescriptor('bytearray8', TAKEN_FROM_ARGUMENT8U, read_bytearray8, 'As bytes8, for a bytearray.')
unicodestringnl = ArgumentDescriptor('unicodestringnl', UP_TO_NEWLINE, read_unicodestringnl,
                                     'Text in raw-unicode-escape, to the end of the line.')
unicodestring1 = ArgumentDescriptor('unicodestring1', TAKEN_FROM_ARGUMENT1, read_unicodestring1,
                                    'UTF-8, the number of bytes in one byte.')
unicodestring4 = ArgumentDescriptor('unicodestring4', TAKEN_FROM_ARGUMENT4U, read_unicodestring4,
                                    'UTF-8, the number of bytes in four bytes.')
unicodestring8 = ArgumentDescriptor('unicodestring8', TAKEN_FROM_ARGUMENT8U, read_unicodestring8,
                                    'UTF-8, the number of bytes in eight bytes.')
decimalnl_short = ArgumentDescriptor('decimalnl_short', UP_TO_NEWLINE, read_decimalnl_short, 'An int in digits, or 00 or 01.')
decimalnl_long = ArgumentDescriptor('decimalnl_long', UP_TO_NEWLINE, read_decimalnl_long, 'An int in digits, maybe with an L.')
floatnl = ArgumentDescriptor('floatnl', UP_TO_NEWLINE, read_floatnl, 'A float in digits.')
long1 = ArgumentDescriptor('long1', TAKEN_FROM_ARGUMENT1, read_long1, "An int in two's complement, its length in one byte.")
long4 = ArgumentDescriptor('long4', TAKEN_FROM_ARGUMENT4, read_long4, "An int in two's complement, its length in four bytes.")

# --- what is on the stack ---

pyint = pylong = StackObject('int', int, 'An int.')
pyinteger_or_bool = StackObject('int_or_bool', (int, bool), 'An int or a bool.')
pybool = StackObject('bool', bool, 'A bool.')
pyfloat = StackObject('float', float, 'A float.')
pybytes_or_str = pystring = StackObject('bytes_or_str', (bytes, str), 'Text of Python 2: bytes, or a str.')
pybytes = StackObject('bytes', bytes, 'Bytes.')
pybytearray = StackObject('bytearray', bytearray, 'A bytearray.')
pyunicode = StackObject('str', str, 'A str.')
pynone = StackObject('None', type(None), 'None.')
pytuple = StackObject('tuple', tuple, 'A tuple.')
pylist = StackObject('list', list, 'A list.')
pydict = StackObject('dict', dict, 'A dict.')
pyset = StackObject('set', set, 'A set.')
pyfrozenset = StackObject('frozenset', frozenset, 'A frozenset.')
pybuffer = StackObject('buffer', object, 'Anything with a buffer.')
anyobject = StackObject('any', object, 'Any object.')
markobject = StackObject('mark', StackObject, 'A mark: what is above it belongs together.')
stackslice = StackObject('stackslice', StackObject, 'All that is above the highest mark.')

_KINDS = {kind.name: kind for kind in (pyint, pyinteger_or_bool, pybool, pyfloat, pybytes_or_str, pybytes, pybytearray, pyunicode,
                                       pynone, pytuple, pylist, pydict, pyset, pyfrozenset, pybuffer, anyobject, markobject,
                                       stackslice)}

# --- the table: name, code, argument, before -> after, protocol, what it does ---

_TABLE = """
INT I decimalnl_short - int_or_bool 0 Push an int or a bool.
BININT J int4 - int 1 Push an int.
BININT1 K uint1 - int 1 Push an int from 0 to 255.
BININT2 M uint2 - int 1 Push an int from 0 to 65535.
LONG L decimalnl_long - int 0 Push an int of any size.
LONG1 8a long1 - int 2 Push an int of up to 255 bytes.
LONG4 8b long4 - int 2 Push an int of any size.
STRING S stringnl - bytes_or_str 0 Push text of Python 2.
BINSTRING T string4 - bytes_or_str 1 Push text of Python 2.
SHORT_BINSTRING U string1 - bytes_or_str 1 Push text of Python 2, up to 255 bytes.
BINBYTES B bytes4 - bytes 3 Push bytes.
SHORT_BINBYTES C bytes1 - bytes 3 Push up to 255 bytes.
BINBYTES8 8e bytes8 - bytes 4 Push bytes, more than 4 GiB.
BYTEARRAY8 96 bytearray8 - bytearray 5 Push a bytearray.
NEXT_BUFFER 97 - - buffer 5 Push the next buffer that came beside the pickle.
READONLY_BUFFER 98 - buffer buffer 5 Make the buffer on top read-only.
NONE N - - None 0 Push None.
NEWTRUE 88 - - bool 2 Push True.
NEWFALSE 89 - - bool 2 Push False.
UNICODE V unicodestringnl - str 0 Push a str.
SHORT_BINUNICODE 8c unicodestring1 - str 4 Push a str of up to 255 bytes.
BINUNICODE X unicodestring4 - str 1 Push a str.
BINUNICODE8 8d unicodestring8 - str 4 Push a str, more than 4 GiB.
FLOAT F floatnl - float 0 Push a float.
BINFLOAT G float8 - float 1 Push a float.
EMPTY_LIST ] - - list 1 Push an empty list.
APPEND a - list,any list 0 Append the top to the list below it.
APPENDS e - list,mark,stackslice list 1 Append all above the mark to the list below it.
LIST l - mark,stackslice list 0 Make a list of all above the mark.
EMPTY_TUPLE ) - - tuple 1 Push an empty tuple.
TUPLE t - mark,stackslice tuple 0 Make a tuple of all above the mark.
TUPLE1 85 - any tuple 2 Make a tuple of the top.
TUPLE2 86 - any,any tuple 2 Make a tuple of the topmost two.
TUPLE3 87 - any,any,any tuple 2 Make a tuple of the topmost three.
EMPTY_DICT } - - dict 1 Push an empty dict.
DICT d - mark,stackslice dict 0 Make a dict of the keys and values above the mark.
SETITEM s - dict,any,any dict 0 Put a key and its value into the dict below them.
SETITEMS u - dict,mark,stackslice dict 1 Put the keys and values above the mark into the dict below it.
EMPTY_SET 8f - - set 4 Push an empty set.
ADDITEMS 90 - set,mark,stackslice set 4 Add all above the mark to the set below it.
FROZENSET 91 - mark,stackslice frozenset 4 Make a frozenset of all above the mark.
POP 0 - any - 0 Drop the top, be it a mark.
DUP 2 - any any,any 0 Push the top once more.
MARK ( - - mark 0 Push a mark.
POP_MARK 1 - mark,stackslice - 1 Drop the mark and all above it.
GET g decimalnl_short - any 0 Push what the memo has under that number.
BINGET h uint1 - any 1 Push what the memo has under that number.
LONG_BINGET j uint4 - any 1 Push what the memo has under that number.
PUT p decimalnl_short - - 0 Enter the top into the memo under that number.
BINPUT q uint1 - - 1 Enter the top into the memo under that number.
LONG_BINPUT r uint4 - - 1 Enter the top into the memo under that number.
MEMOIZE 94 - any any 4 Enter the top into the memo under the next number.
EXT1 82 uint1 - any 2 Push what copyreg has registered under that code.
EXT2 83 uint2 - any 2 Push what copyreg has registered under that code.
EXT4 84 int4 - any 2 Push what copyreg has registered under that code.
GLOBAL c stringnl_noescape_pair - any 0 Push what that name means in that module.
STACK_GLOBAL 93 - str,str any 4 The same, module and name being on the stack.
REDUCE R - any,any any 0 Call the second with the tuple on top.
BUILD b - any,any any 0 Give the object below the state on top.
INST i stringnl_noescape_pair mark,stackslice any 0 Make an instance of that class of what is above the mark.
OBJ o - mark,any,stackslice any 1 The same, the class being the first above the mark.
NEWOBJ 81 - any,any any 2 Make an object by cls.__new__(cls, *args).
NEWOBJ_EX 92 - any,any,any any 4 Make an object by cls.__new__(cls, *args, **keywords).
PROTO 80 uint1 - - 2 Say which protocol it is.
STOP . - any - 0 The top is the object.
FRAME 95 uint8 - - 4 So many bytes of opcodes follow and may be read at once.
PERSID P stringnl_noescape - any 0 Push what the program knows under that name.
BINPERSID Q - any any 1 The same, the name being on the stack.
"""


def _read_table():
    def kinds(text):
        return [] if text == '-' else [_KINDS[name] for name in text.split(',')]
    for row in _TABLE.strip().splitlines():
        name, code, argument, before, after, protocol, doc = row.split(' ', 6)
        yield OpcodeInfo(name, code if len(code) == 1 else chr(int(code, 16)), None if argument == '-' else globals()[argument],
                         kinds(before), kinds(after), int(protocol), doc)


opcodes = list(_read_table())
code2op = {opcode.code: opcode for opcode in opcodes}
