def g():
    x = yield 1
    yield x


it = g()
print(it.gi_running, it.gi_frame is not None, it.gi_yieldfrom, it.gi_code.co_name)
next(it)
print(it.gi_frame.f_lineno)
list(it)
print(it.gi_frame, it.gi_running)
print(repr(it).startswith("<generator object g at 0x"))
gen = (x for x in [])
print(gen.gi_code.co_name, g.__code__.co_flags & 0x20 != 0)


def sub():
    yield from inner


inner = iter([1, 2])
s = sub()
next(s)
print(s.gi_yieldfrom is inner)
try:
    it.gi_running = 1
except AttributeError as error:
    print(type(error).__name__)
