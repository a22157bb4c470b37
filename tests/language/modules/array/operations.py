from array import array


def show(function, *args):
    """Prints what a call gives, or how it fails."""
    try:
        print(args, function(*args))
    except Exception as error:
        print(args, type(error).__name__, error)


for code, values in (('b', (300, -200)), ('B', (300, -1)), ('h', (1 << 20,)), ('H', (1 << 20, -1)), ('i', (1 << 40, 1.5)),
                     ('I', (1 << 40, -1, 'a')), ('l', (1 << 80,)), ('L', (1 << 80, -1, 1.5)), ('q', (1 << 80,)),
                     ('Q', (1 << 80, -1)), ('f', ('a', 10**400, 1e300)), ('u', (1, 'ab'))):
    for value in values:
        show(array, code, [value])
for args in ((), ('x',), (3,), ('i', 3), ('i', 'abc'), ('u', 'ab'), ('ii', []), ('i', array('u', 'abc')), ('B', b'abc'),
             ('i', bytearray(b'abcd')), ('d', array('i', [1, 2]))):
    show(array, *args)
a = array('i', [1, 2, 3])
show(a.fromlist, [1, 'a'])
show(a.frombytes, b'123')
show(a.pop, 7)
show(a.remove, 9)
show(a.index, 9)
show(a.index, 3, -1)
show(a.__setitem__, slice(0, 1), [1])
show(a.__setitem__, slice(0, 3, 2), array('i', [1]))
show(a.__getitem__, 10)
show(a.__add__, [1])
show(lambda: a + [1])
show(lambda: a * 'a')
a[1:1] = array('i', [7, 8, 9])
print(a, a[::-1], a[::2], a[-2:], 8 in a, a.count(7), a * 2, a + a)
del a[::2]
print(a, a.tolist(), a.tobytes(), a < array('d', [7.5]), a == array('l', a))
a.extend(range(3))
a.reverse()
a.insert(-1, 5)
with memoryview(a) as view:
    print(view.format, view.shape)
print(a, a.__reduce_ex__(2), a.__reduce_ex__(3))
view = memoryview(a)
show(a.append, 1)
view[0] = 99
view.release()
a.append(100)
a.byteswap()
print(a)
