import os.path
from os.path import *
print(join("a", "b"), join("a/", "b"), join("a", "/b"), join("a", "", "c"), join("", "x"), split("/a/b/c"), split("c"), split("/"), basename("/a/b.txt"), dirname("/a/b.txt"), splitext("f.tar.gz"), splitext(".bashrc"), splitext("a.b/c"), splitext("x."))
print(normpath("a//b/../c/./d"), normpath("../x/.."), normpath(""), normpath("/../a"), isabs("/a"), isabs("a"), abspath("/a/../b"), relpath("/a/b/c", "/a/d"), relpath("x", "x"), commonpath(["/a/b", "/a/c"]), commonprefix(["abc", "abd"]), os.sep, os.curdir, os.pardir, os.linesep == "\n", os.name)
print(exists("/"), isdir("/"), isfile("/"), islink("/"), exists("/definitely/not/here"), samefile("/", "/"), os.fspath("p"), splitdrive("/a"), normcase("A"), os.extsep, realpath("/"))
for call in (lambda: join(1, "a"), lambda: basename(5), lambda: getsize("/no/such"), lambda: commonpath(["/a", "b"]), lambda: join("a", b"b"), lambda: os.fspath(5)):
    try:
        print(call())
    except (TypeError, OSError, ValueError) as e:
        print(type(e).__name__, e)

# Names to bytes and back: whatever they hold, and paths by their __fspath__.


class Path:
    def __init__(self, given):
        self.given = given

    def __fspath__(self):
        return self.given


for name in b"a\0b", "a\0b", b"\xff\0", "\udcff", "h\xe9", Path("p"), Path(b"p"), Path(5), 5, None:
    for convert in os.fsencode, os.fsdecode, os.fspath:
        try:
            print(convert.__name__, ascii(convert(name)))
        except TypeError as error:
            print(convert.__name__, error)
