# Views of ctypes objects show C's formats and shapes; of other byte orders than the native they can be
# compared, cast to bytes and copied, but not indexed.
import ctypes


class Point(ctypes.Structure):
    _fields_ = [('x', ctypes.c_int), ('y', ctypes.c_double)]


class Packed(ctypes.Structure):
    _pack_ = 1
    _fields_ = [('x', ctypes.c_char), ('y', ctypes.c_int)]


class Both(ctypes.Union):
    _fields_ = [('x', ctypes.c_char), ('y', ctypes.c_int)]


class Big(ctypes.BigEndianStructure):
    _fields_ = [('x', ctypes.c_int), ('y', ctypes.c_char), ('z', ctypes.c_short * 2)]


class Mixed(ctypes.Structure):
    _fields_ = [('p', Point), ('grid', (ctypes.c_int * 3) * 2), ('q', ctypes.POINTER(Point)), ('u', Both),
                ('f', ctypes.CFUNCTYPE(ctypes.c_int))]


class More(Point):
    _fields_ = [('z', ctypes.c_char)]


class Nothing(ctypes.Structure):
    pass


def shown(work):
    try:
        result = work()
    except Exception as problem:
        return f'{type(problem).__name__}: {problem}'
    return (result.format, result.shape) if isinstance(result, memoryview) else result


KINDS = [
    ctypes.c_int, ctypes.c_long, ctypes.c_char, ctypes.c_bool, ctypes.c_wchar, ctypes.c_void_p, ctypes.c_char_p,
    ctypes.c_longdouble, ctypes.py_object, ctypes.c_int.__ctype_be__, ctypes.c_int * 3, (ctypes.c_double * 2) * 3,
    ctypes.c_int * 0, Point, Point * 2, Packed, Both, Big, Mixed, More, Nothing, ctypes.POINTER(Point),
    ctypes.POINTER(ctypes.c_int * 3), ctypes.POINTER(ctypes.POINTER(ctypes.c_int)) * 2, ctypes.CFUNCTYPE(None),
]
for kind in KINDS:
    view = memoryview(kind())
    print(view.format, view.itemsize, view.ndim, view.shape, view.strides, view.nbytes, view.readonly,
          view.c_contiguous, view.f_contiguous, view.contiguous)
    print('   ', view == memoryview(kind()), len(view.tobytes()), shown(lambda: view.tolist()), shown(lambda: view[0]),
          shown(lambda: view[1:]), shown(lambda: view[...]))

grid = ((ctypes.c_short * 3) * 2)((1, 2, 3), (4, 5, 6))
view = memoryview(grid)
for work in (lambda: view[0, 1], lambda: view[()], lambda: view.__setitem__((0, 1), 7), lambda: view[0:1],
             lambda: view.cast('B'), lambda: view.cast('B').tolist(), lambda: view.cast('i'), lambda: view.tobytes('F'),
             lambda: view.cast('B').cast('h', [2, 3]).tolist(), lambda: view.toreadonly(), lambda: hash(view.toreadonly()),
             lambda: view == memoryview(grid), lambda: view == view.cast('B').cast('h', (2, 3)), lambda: view.hex()):
    print(shown(work))

# The same numbers in another byte order are equal; what struct does not know is equal to nothing.
little, big = (ctypes.c_int * 2)(1, -2), (ctypes.c_int.__ctype_be__ * 2)(1, -2)
print(memoryview(little) == memoryview(big), bytes(little) == bytes(big))
pairs = (Point * 2)()
print(memoryview(pairs) == memoryview(pairs), memoryview(Packed()) == memoryview(bytes(5)))
memoryview(little).cast('B')[4] = 9
print(little[:])

# A view of no dimension is one item.
one = memoryview(bytearray(b'x')).cast('B', [])
print(one.shape, one[()], one[...] is one, len(one), shown(lambda: one[0]), shown(lambda: one[:]), shown(lambda: list(one)))
one[()] = 65
one[...] = 66
print(one.obj, one.tolist(), one.cast('b', [1]).tolist(), shown(lambda: one.__setitem__(0, 1)))

cells = memoryview(bytearray(range(24))).cast('B', [2, 3, 4])
for key in (0, True, 9, 2**70, (), (1,), (1, 2), (1, 2, 3), (-1, -1, -1), (2, 0, 0), (0, 3, 0), (0, 0, 2**70), (1, 2, 3, 4),
            slice(0, 1), slice(None, None, -1), (slice(0, 1),) * 3, (0, slice(1), 0), ..., None, 'a', (1.0, 0, 0)):
    print(repr(key), shown(lambda: cells[key]), '|', shown(lambda: cells.__setitem__(key, 5)), '|',
          shown(lambda: cells.__delitem__(key)))
for shape in ([], [24], (2, 12), [0], [-1], [25], [2.0, 12], None, 24, 'ab', [2**70], [2**40, 2**40], [1] * 65, [True, 24]):
    print(shape, shown(lambda: cells.cast('B').cast('B', shape)), shown(lambda: cells.cast('B', shape)))
for wanted in ('<B', '=i', '>i', '!h', '@i', '@@i', '', 'ii', 's', 'e', 'é', '4B', ' B', 'n', 'P', '?'):
    print(wanted, shown(lambda: cells.cast(wanted)), shown(lambda: cells.cast('B').cast(wanted)))
print(shown(lambda: memoryview(b'').cast('B', [0])), shown(lambda: cells[0:0].cast('B')))


class Closing:
    """An index that releases the view it is used on."""

    def __index__(self):
        view.release()
        return 1


view = memoryview(bytearray(b'abc'))
print(shown(lambda: view[Closing()]))
view = memoryview(bytearray(b'abc'))
print(shown(lambda: view.__setitem__(0, Closing())))
