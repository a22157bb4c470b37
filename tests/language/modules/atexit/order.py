import atexit


def say(*a, **k): print("exit", a, k)


atexit.register(say, 1)
atexit.register(say, 2, key="v")


@atexit.register
def decorated(): print("decorated")


def gone(): print("never")


atexit.register(gone)
atexit.unregister(gone)
atexit.register(lambda: atexit.register(print, "registered at exit"))
print("main ends")
