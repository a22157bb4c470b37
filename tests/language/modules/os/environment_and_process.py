import os
print(os.environ["LC_ALL"], os.environ.get("NOT_SET_AT_ALL"), os.getenv("NOT_SET", "default"), "PATH" in os.environ, isinstance(os.getpid(), int), os.getppid() > 0, os.cpu_count() > 0)
os.environ["GILA_TEST_VALUE"] = "set"
print(os.getenv("GILA_TEST_VALUE"), os.system("test \"$GILA_TEST_VALUE\" = set"), os.environ.pop("GILA_TEST_VALUE"), os.environ.get("GILA_TEST_VALUE"))
try:
    os.environ["NOT_THERE"]
except KeyError as e:
    print(repr(e))
for call in (lambda: os.environ.__setitem__("a", 5), lambda: os.environ.__setitem__(5, "a")):
    try:
        call()
    except TypeError as e:
        print(e)
print(len(os.urandom(8)), type(os.urandom(1)).__name__, os.strerror(2), os.devnull, os.path is __import__("os.path").path, type(os.environ).__name__, os.get_terminal_size.__name__)
