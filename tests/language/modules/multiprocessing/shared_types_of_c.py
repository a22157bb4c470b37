"""Values and arrays in shared memory whose types come from ctypes: simple ones, structures and arrays, with and without a lock."""
import multiprocessing
from ctypes import Structure, c_char, c_double, c_int, c_longlong, c_short
from multiprocessing import sharedctypes


class Point(Structure):
    _fields_ = [('x', c_int), ('y', c_double), ('z', c_longlong)]


def double(number, point, items, text):
    number.value *= 2
    point.x *= 2
    point.y *= 2
    text.value *= 2
    for i in range(len(items)):
        items[i] *= 2


def shared(lock, ctx):
    number = sharedctypes.Value(c_double, 1.25, lock=lock, ctx=ctx)
    point = sharedctypes.Value(Point, 3, 2, lock=lock, ctx=ctx)
    items = sharedctypes.Array(c_short, [1, 2, 3], lock=lock, ctx=ctx)
    text = sharedctypes.Array(c_char, 10, lock=lock, ctx=ctx)
    text.value = b'abc'
    child = ctx.Process(target=double, args=(number, point, items, text))
    child.start()
    child.join()
    print(child.exitcode, number.value, point.x, point.y, point.z, items[:], text.value, text[0], len(text))
    return number, point, items, text


if __name__ == '__main__':
    for method in ('fork', 'spawn'):
        ctx = multiprocessing.get_context(method)
        shared(False, ctx)
        made = shared(True, ctx)
        print([type(one).__name__ for one in made])
        with made[1].get_lock():
            print(made[1].get_obj().y, type(made[1].get_obj()).__name__)

    first = Point(2, 5.0, 2**33)
    second = sharedctypes.copy(first)
    first.x = 0
    print(second.x, second.y, second.z, sharedctypes.copy(sharedctypes.RawArray(c_int, [4, 5]))[:])
    print(sharedctypes.RawArray(c_int, 3)[:], sharedctypes.RawValue(c_longlong).value)
    for wrong in (object, int, 'zz', 5):
        try:
            sharedctypes.RawValue(wrong)
        except TypeError as error:
            print(error)
