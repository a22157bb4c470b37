"""The opcodes of pickles, one byte each, and the errors."""


class PickleError(Exception):
    """What pickling and unpickling raise."""


class PicklingError(PickleError):
    """The object cannot be pickled."""


class UnpicklingError(PickleError):
    """The pickle is damaged, or asks for what is not allowed."""


PickleError.__module__ = PicklingError.__module__ = UnpicklingError.__module__ = '_pickle'

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


class PickleBuffer:
    """A buffer that may travel outside the pickle (protocol 5)."""

    __slots__ = ('_view', '__weakref__')

    def __init__(self, buffer):
        self._view = memoryview(buffer)

    def raw(self):
        """The memory as a flat view of bytes."""
        view = self._checked()
        if not view.contiguous:
            raise BufferError('cannot extract raw buffer from non-contiguous buffer')
        return view.cast('B') if view.format != 'B' or view.ndim != 1 else view

    def release(self):
        """Lets go of the buffer."""
        if self._view is not None:
            self._view.release()
            self._view = None

    def _checked(self):
        if self._view is None:
            raise ValueError('operation forbidden on released PickleBuffer object')
        return self._view


PickleBuffer.__module__ = 'pickle'


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


# Names of modules and classes that Python 2 had elsewhere, for protocols before 3.
OLD_MODULES = {'builtins': '__builtin__', 'copyreg': 'copy_reg', 'queue': 'Queue', 'socketserver': 'SocketServer',
               'configparser': 'ConfigParser', 'reprlib': 'repr', 'tkinter': 'Tkinter', 'http.client': 'httplib',
               'urllib.parse': 'urlparse', '_thread': 'thread', 'pickle': 'cPickle'}
NEW_MODULES = {old: new for new, old in OLD_MODULES.items()}
OLD_NAMES = {('builtins', 'range'): ('__builtin__', 'xrange'), ('builtins', 'str'): ('__builtin__', 'unicode'),
             ('builtins', 'int'): ('__builtin__', 'long'), ('builtins', 'chr'): ('__builtin__', 'unichr'),
             ('functools', 'reduce'): ('__builtin__', 'reduce'), ('itertools', 'filterfalse'): ('itertools', 'ifilterfalse'),
             ('collections', 'UserDict'): ('UserDict', 'IterableUserDict'),
             ('collections', 'UserList'): ('UserList', 'UserList'),
             ('collections', 'UserString'): ('UserString', 'UserString')}
OLD_NAMES.update({('builtins', name): ('exceptions', name) for name in (
    'ArithmeticError', 'AssertionError', 'AttributeError', 'BaseException', 'BufferError', 'BytesWarning',
    'DeprecationWarning', 'EOFError', 'EnvironmentError', 'Exception', 'FloatingPointError', 'FutureWarning',
    'GeneratorExit', 'IOError', 'ImportError', 'ImportWarning', 'IndentationError', 'IndexError', 'KeyError',
    'KeyboardInterrupt', 'LookupError', 'MemoryError', 'NameError', 'NotImplementedError', 'OSError',
    'OverflowError', 'PendingDeprecationWarning', 'ReferenceError', 'RuntimeError', 'RuntimeWarning',
    'StopIteration', 'SyntaxError', 'SyntaxWarning', 'SystemError', 'SystemExit', 'TabError', 'TypeError',
    'UnboundLocalError', 'UnicodeDecodeError', 'UnicodeEncodeError', 'UnicodeError',
    'UnicodeTranslateError', 'UnicodeWarning', 'UserWarning', 'ValueError', 'Warning',
    'ZeroDivisionError')})
NEW_NAMES = {old: new for new, old in OLD_NAMES.items()}
