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
