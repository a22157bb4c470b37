# Shell patterns.
import fnmatch

for pattern in ["*.py", "a?c", "[a-c]x", "[!a-c]x", "[]]", "[!]]", "[a", "**a*b", "[z-a]", "a.b", "[a-]", "[^x]", "[\\]"]:
    print(pattern, fnmatch.translate(pattern), [name for name in ["x.py", "abc", "bx", "zx", "]", "aab", "a.b", "-", "^", "\\", "[a"] if fnmatch.fnmatch(name, pattern)])
print(fnmatch.filter(["a.txt", "b.py", "c.PY"], "*.py"), fnmatch.fnmatchcase("A", "a"), fnmatch.fnmatch(b"x.c", b"*.c"))
