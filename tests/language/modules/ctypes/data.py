# C data: simple types, arrays, pointers, structures, unions, bit fields, byte order; what is refused, and how.
import ctypes
import pickle
from ctypes import *


def show(*calls):
    for call in calls:
        try:
            print(repr(call()))
        except Exception as error:
            print(type(error).__name__, error)


print([(kind.__name__, sizeof(kind), alignment(kind)) for kind in (
    c_bool, c_char, c_wchar, c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_longlong, c_size_t,
    c_float, c_double, c_longdouble, c_void_p, c_char_p, c_wchar_p, py_object)])
show(lambda: c_int(1.5), lambda: c_int('a'), lambda: c_int(None), lambda: c_int(1, 2), lambda: c_double('a'),
     lambda: c_char(300), lambda: c_char('a'), lambda: c_char_p('a'), lambda: c_wchar_p(b''), lambda: c_void_p('x'),
     lambda: c_wchar('ab'), lambda: c_wchar(3), lambda: c_bool([]), lambda: c_int(2**40), lambda: c_byte(200),
     lambda: c_ushort(-1), lambda: c_float(0.1), lambda: c_char(b'a'), lambda: c_char(97), lambda: c_char_p(None),
     lambda: c_char_p(b'abc').value, lambda: c_wchar_p('äbc').value, lambda: c_void_p(77), lambda: c_void_p().value,
     lambda: py_object([1]).value, lambda: py_object().value, lambda: c_int(5) == c_int(5), lambda: bool(c_int(0)),
     lambda: hash(c_int()), lambda: sizeof(5), lambda: alignment(5), lambda: addressof(5), lambda: byref(5))


class Sub(c_int):
    pass


show(lambda: Sub(3).value, lambda: repr(Sub(3))[:14])

# arrays
show(lambda: (c_int * 3)(1, 2)[:], lambda: (c_int * 3)(1, 2, 3, 4), lambda: (c_int * 3)(1, 2, 3)[-1],
     lambda: (c_int * 3)()[3], lambda: (c_int * 3)(1, 2, 3)[::-1], lambda: (c_int * 3)()['a'], lambda: c_int * -1,
     lambda: c_int * 1.5, lambda: c_int * 3 is c_int * 3, lambda: len((c_int * 3)()), lambda: list((c_short * 2)(7, 8)),
     lambda: (c_char * 4)(b'a', b'b').value, lambda: (c_char * 4)(b'a', b'b').raw, lambda: create_string_buffer(b'hi').raw,
     lambda: create_string_buffer(b'hello', 10).value, lambda: create_string_buffer('x'), lambda: (c_wchar * 4)('a', 'ü').value,
     lambda: ((c_int * 2) * 2)((1, 2), (3, 4))[1][0], lambda: bytes((c_short * 2)(1, 256)))
buffer = create_string_buffer(4)
buffer.value = b'abc'
buffer[1] = b'-'
show(lambda: buffer.raw, lambda: setattr(buffer, 'value', b'abcde'), lambda: setattr(buffer, 'raw', b'abcd'), lambda: buffer.value)

# pointers
number = c_int(42)
to_number = pointer(number)
to_number.contents.value = 43
to_number[0] += 1
print(number.value, to_number[0], bool(to_number), bool(POINTER(c_int)()), POINTER(c_int) is POINTER(c_int), POINTER(c_int).__name__)
show(lambda: POINTER(c_int)().contents, lambda: POINTER(c_int)()[0], lambda: POINTER(c_int)(5), lambda: pointer(5),
     lambda: cast((c_int * 3)(4, 5, 6), POINTER(c_int))[:3], lambda: cast(5, c_int), lambda: cast(to_number, c_void_p).value == addressof(number),
     lambda: to_number[::2], lambda: cast(c_char_p(b'text'), c_char_p).value)


# structures
class Point(Structure):
    _fields_ = [('x', c_int), ('y', c_int)]


class Rect(Structure):
    _fields_ = [('a', Point), ('b', Point), ('name', c_char * 8), ('next', POINTER(Point)), ('text', c_char_p)]


class Packed(Structure):
    _pack_ = 1
    _fields_ = [('c', c_char), ('i', c_int), ('s', c_short)]


class Bits(Structure):
    _fields_ = [('a', c_int, 3), ('b', c_int, 5), ('c', c_uint, 30), ('d', c_short, 3), ('e', c_short, 13), ('f', c_ubyte)]


class Number(Union):
    _fields_ = [('i', c_uint), ('f', c_float), ('b', c_ubyte * 4)]


class Tagged(Structure):
    _anonymous_ = ['value']
    _fields_ = [('tag', c_int), ('value', Number)]


class Big(BigEndianStructure):
    _fields_ = [('s', c_short), ('l', c_long), ('f', c_double)]


for kind in Point, Rect, Packed, Bits, Number, Tagged, Big:
    print(kind.__name__, sizeof(kind), alignment(kind), [getattr(kind, field[0]) for field in kind._fields_])
r = Rect((1, 2), Point(3, 4), b'box', pointer(Point(7, 8)), b'words')
r.a.x += 10
print(r.a.x, r.b.y, r.name, r.next.contents.y, r.text)
bits = Bits(a=-1, b=9, c=5, d=3, e=-2, f=255)
print(bits.a, bits.b, bits.c, bits.d, bits.e, bits.f, bytes(bits).hex())
n = Number(f=1.0)
print(hex(n.i), list(n.b), Tagged(1, (5,)).i, Tagged.f.offset)
print(bytes(Big(1, 2, 1.5)).hex(), Big(1, 2).l)
show(lambda: Point(1, 2, 3), lambda: Point(1, x=2), lambda: Point('a'), lambda: setattr(r, 'a', 5), lambda: setattr(r, 'a', (1, 2, 3)),
     lambda: setattr(r, 'name', b'far too long'), lambda: setattr(r, 'name', 5), lambda: setattr(r, 'next', Point()),
     lambda: setattr(r, 'next', None), lambda: bool(r.next), lambda: delattr(r, 'name'), lambda: setattr(Point, '_fields_', []),
     lambda: type('S', (Structure,), {'_fields_': [('a', int)]}), lambda: type('S', (Structure,), {'_fields_': [('a',)]}),
     lambda: type('S', (Structure,), {'_fields_': 5}), lambda: type('S', (Structure,), {'_fields_': [('a', c_int, 40)]}),
     lambda: type('S', (Structure,), {'_fields_': [('a', c_double, 4)]}), lambda: type('A', (Array,), {'_type_': c_int}),
     lambda: type('S', (c_int.__mro__[1],), {'_type_': 'x'}), lambda: Structure(), lambda: sizeof(Structure))


class Node(Structure):
    pass


Node._fields_ = [('value', c_int), ('next', POINTER(Node))]
second = Node(2)
first = Node(1, pointer(second))
print(first.next.contents.value, bool(first.next.contents.next))

# shared and copied memory
data = bytearray(b'\1\0\0\0\2\0\0\0')
shared, copy = Point.from_buffer(data), Point.from_buffer_copy(data)
shared.y = 9
print(data, copy.y, memoryview(shared).nbytes)
show(lambda: c_int.from_buffer(b'abcd'), lambda: c_int.from_buffer(bytearray(3)), lambda: c_int.from_buffer_copy(b'abc'),
     lambda: c_int.from_buffer_copy(b'abcd', -1), lambda: c_int.from_address('a'), lambda: c_int.from_address(addressof(number)).value)
print(pickle.loads(pickle.dumps(Packed(b'a', 6))).i, pickle.loads(pickle.dumps(c_double(2.5))).value)
show(lambda: pickle.dumps(c_char_p(b'x')))
big = (c_int * 1)()
resize(big, 40)
print(sizeof(big), sizeof(type(big)))
show(lambda: resize(big, 1), lambda: string_at(b'hello\0x'), lambda: string_at(b'hello', 2), lambda: wstring_at('hé'))
target = create_string_buffer(8)
memmove(target, b'abcdefg', 7)
memset(byref(target, 1), ord('z'), 3)
print(target.value, ctypes.ARRAY(c_int, 2) is c_int * 2)
