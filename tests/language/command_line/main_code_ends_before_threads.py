# What the main code printed is flushed when that code ends, not only after the threads that go on.
import os
import threading


def leave():
    threading.main_thread().join()
    print('never seen')
    os._exit(3)


threading.Thread(target=leave).start()
print('printed by the main code')
