# C functions: arguments, results, errno, callbacks, directions of parameters, what is refused.
import ctypes.util
import sys
from ctypes import *


def show(*calls):
    for call in calls:
        try:
            print(repr(call()))
        except Exception as error:
            print(type(error).__name__, error)


libc = CDLL('libc.so.6', use_errno=True)
libm = CDLL(ctypes.util.find_library('m'))
show(lambda: libc.abs(-5), lambda: libc.strlen(b'four'), lambda: libc.wcslen('fünf'), lambda: libc.abs('x'[0:0] or 5.0),
     lambda: libc.no_such_function, lambda: CDLL('no-such-library.so'), lambda: libc.abs.argtypes, lambda: libc.abs.restype,
     lambda: c_int.in_dll(libc, 'no_such_variable'), lambda: libc.abs(*range(2000)))
libm.pow.restype = c_double
libm.pow.argtypes = [c_double, c_double]
libm.sqrtf.restype, libm.sqrtf.argtypes = c_float, [c_float]
show(lambda: libm.pow(2, 0.5), lambda: libm.sqrtf(2), lambda: libm.pow(2), lambda: libm.pow('a', 1), lambda: libm.pow(1, 2, 3) > 0,
     lambda: setattr(libm.pow, 'argtypes', 5), lambda: setattr(libm.pow, 'argtypes', [5]), lambda: setattr(libm.pow, 'restype', 5))

print(libc.open(b'/no/such/file', 0), get_errno(), set_errno(7), get_errno())
libc.getenv.restype = c_char_p
print(libc.getenv(b'NO_SUCH_NAME'), libc.getenv(b'LC_ALL'))
text = create_string_buffer(60)
print(libc.snprintf(text, sizeof(text), b'%d %s %.2f %c %ls', 5, b'abc', c_double(2.5), c_char(b'x'), 'wide'), text.value)


class Quotient(Structure):
    _fields_ = [('quot', c_int), ('rem', c_int)]


class Pair(Structure):
    _fields_ = [('quot', c_long), ('rem', c_long)]


libc.div.restype, libc.ldiv.restype = Quotient, Pair
libc.ldiv.argtypes = [c_long, c_long]
q, p = libc.div(17, 5), libc.ldiv(2**40 + 1, 2**20)
print(q.quot, q.rem, p.quot, p.rem)

# callbacks
compare = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
numbers = (c_int * 6)(5, 1, 4, 2, 3, -7)
libc.qsort(numbers, len(numbers), sizeof(c_int), compare(lambda a, b: a[0] - b[0]))
print(numbers[:])
libc.bsearch.restype = POINTER(c_int)
print(libc.bsearch(byref(c_int(4)), numbers, len(numbers), sizeof(c_int), compare(lambda a, b: a.contents.value - b[0])).contents)
sys.unraisablehook = lambda args: print(args.err_msg, repr(args.exc_value), args.object.__name__)


@CFUNCTYPE(c_int, c_int)
def inverse(x):
    return 100 // x


@CFUNCTYPE(c_double, c_char, c_float, c_longlong)
def mixed(a, b, c):
    print(a, b, c)
    return 1.5


@CFUNCTYPE(None)
def nothing():
    return 'ignored'


show(lambda: inverse(7), lambda: (inverse(0), 'what it gave is nothing')[1], lambda: inverse('a'), lambda: inverse(), lambda: mixed(b'z', 0.5, -2**40), lambda: nothing(),
     lambda: CFUNCTYPE(c_int)(5) is None, lambda: CFUNCTYPE(c_int)('a'), lambda: CFUNCTYPE(Quotient)(lambda: None), lambda: CFUNCTYPE(5),
     lambda: bool(CFUNCTYPE(c_int)()), lambda: CFUNCTYPE(c_int, c_int) is CFUNCTYPE(c_int, c_int))


# recursion through C
@CFUNCTYPE(c_long, c_long)
def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


print(factorial(20))

# results that are checked, parameters that are results
prototype = CFUNCTYPE(c_int, c_char_p, POINTER(c_char_p), c_int)
libc.strtol.restype = c_long


def checked(result, function, args):
    print('checked', result, len(args))
    return result * 2


libc.strtol.errcheck = checked
print(libc.strtol(b'21', None, 10))
strtol = CFUNCTYPE(c_long, c_char_p, POINTER(c_char_p), c_int)(
    ('strtol', libc), ((1, 'text'), (2, 'rest'), (1, 'base', 10)))
show(lambda: strtol(b'77 bottles'), lambda: strtol(b'ff|', base=16), lambda: strtol(text=b'8'), lambda: strtol(), lambda: strtol(b'1', 2, 3))


class Wrapped:
    def __init__(self, value):
        self._as_parameter_ = value


class Even:
    @classmethod
    def from_param(cls, value):
        if value % 2:
            raise ValueError('odd')
        return c_int(value)


show(lambda: libc.abs(Wrapped(-3)), lambda: libc.labs(Wrapped(c_long(-2**40))))
libc.labs.argtypes = [Even]
show(lambda: libc.labs(4), lambda: libc.labs(3), lambda: libc.labs(object()))
show(lambda: c_int.from_param(5), lambda: c_char.from_param(97), lambda: c_double.from_param(1.5), lambda: c_int.from_param('a'),
     lambda: c_char_p.from_param('a'), lambda: c_void_p.from_param(5.0), lambda: POINTER(c_int).from_param(5),
     lambda: (c_int * 2).from_param(5), lambda: Quotient.from_param(5))
