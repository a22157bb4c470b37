# C functions and callbacks in many threads at once; a thread that C started calls back too.
import threading
from ctypes import *

libc = CDLL(None)
compare = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))


@compare
def by_value(a, b):
    return a[0] - b[0]


def sort(seed, done):
    for round in range(20):
        numbers = (c_int * 50)(*[(seed * 7919 + i * 104729) % 1009 for i in range(50)])
        libc.qsort(numbers, 50, sizeof(c_int), by_value)
        assert numbers[:] == sorted(numbers[:])
    done.append(seed)


done = []
threads = [threading.Thread(target=sort, args=(seed, done)) for seed in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(done))

# A thread of C's own: it is no thread of threading before it calls.
seen = []


@CFUNCTYPE(c_void_p, c_void_p)
def body(argument):
    seen.append((argument, threading.current_thread() is threading.main_thread(), threading.current_thread().daemon))
    return argument


natives = [c_ulong() for _ in range(5)]
for i, native in enumerate(natives):
    assert libc.pthread_create(byref(native), None, body, c_void_p(i + 1)) == 0
for i, native in enumerate(natives):
    result = c_void_p()
    assert libc.pthread_join(native, byref(result)) == 0
    assert result.value == i + 1, result
print(sorted(seen))

# What C sleeps in, others run beside.
order = []
sleeper = threading.Thread(target=lambda: (libc.usleep(300_000), order.append('slept')))
sleeper.start()
order.append('went on')
sleeper.join()
print(order)
