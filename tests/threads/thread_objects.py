import threading
import _thread
main = threading.main_thread()
print(main is threading.current_thread(), main.name, main.daemon, main.is_alive(), repr(main).startswith("<_MainThread(MainThread, started "))
go = threading.Event()
t = threading.Thread(target=go.wait, name="named", daemon=True)
print(t.ident, t.native_id, repr(t), t.daemon)
t.start()
print(t.is_alive(), t.ident is not None, t in threading.enumerate(), threading.active_count(), repr(t).startswith("<Thread(named, started daemon "))
t.join(timeout=0.01)
print(t.is_alive())
try:
    t.daemon = False
except RuntimeError as e:
    print(e)
go.set()
t.join()
print(t.is_alive(), repr(t).startswith("<Thread(named, stopped daemon "), t in threading.enumerate())
t.name = "renamed"
print(t.name)
lock = _thread.allocate_lock()
result = []
lock.acquire()
_thread.start_new_thread(lambda a, b=0: (result.append((a, b)), lock.release()), (1,), {"b": 2})
lock.acquire()
print(result, _thread.get_ident() == threading.get_ident(), type(lock).__name__)
try:
    _thread.start_new_thread(5, ())
except TypeError as e:
    print(e)


def where():
    names.append(threading.current_thread().name)


names = []
for _ in range(2):
    x = threading.Thread(target=where)
    x.start(); x.join()
print([n.endswith("(where)") for n in names])
