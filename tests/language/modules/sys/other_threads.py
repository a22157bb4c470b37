# What other threads do just now: sys._current_frames(), sys._current_exceptions(); and sys.call_tracing().
import sys
import threading
import traceback

ready, leave = threading.Event(), threading.Event()


def outer():
    inner()


def inner():
    try:
        raise KeyError('k')
    except KeyError:
        ready.set()
        leave.wait()


thread = threading.Thread(target=outer)
thread.start()
ready.wait()
own = threading.get_ident()
frames = sys._current_frames()
print(sorted(frames) == sorted([thread.ident, own]), frames[own] is sys._getframe())
names = [entry.name for entry in traceback.extract_stack(frames[thread.ident])]
print(names[names.index('outer'):][:2])
exceptions = sys._current_exceptions()
kind, value, trace = exceptions[thread.ident]
print(kind, value, trace.tb_frame.f_code.co_name, exceptions[own])
leave.set()
thread.join()
print(list(sys._current_frames()) == [own])

print(sys.call_tracing(max, (1, 5)))
try:
    sys.call_tracing(max, [1])
except TypeError as error:
    print(error)
