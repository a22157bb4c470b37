"""The import lock: its holder may take it again, and a fork waits until nobody holds it."""
import _imp
import os
import sys
import threading
import types

print(_imp.lock_held())
_imp.acquire_lock()
_imp.acquire_lock()
print(_imp.lock_held())
_imp.release_lock()
print(_imp.lock_held())
_imp.release_lock()
print(_imp.lock_held())
try:
    _imp.release_lock()
except RuntimeError as error:
    print(error)

started, go_on = threading.Event(), threading.Event()


def importer():
    _imp.acquire_lock()
    sys.modules['half_made'] = None
    started.set()
    go_on.wait(0.05)
    sys.modules['half_made'] = types.SimpleNamespace(whole=True)
    _imp.release_lock()


thread = threading.Thread(target=importer)
thread.start()
started.wait()
child = os.fork()
if child == 0:
    import half_made
    os._exit(0 if half_made.whole and not _imp.lock_held() else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
thread.join()

_imp.acquire_lock()
child = os.fork()
if child == 0:
    _imp.release_lock()
    os._exit(1 if _imp.lock_held() else 0)
_imp.release_lock()
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
