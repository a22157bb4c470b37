s = b"Hello World, hello"
print(s.upper(), s.lower(), s.title(), s.swapcase(), s.capitalize(), s.find(b"o"), s.rfind(b"o"), s.find(111), s.index(b"W"), s.count(b"l"), s.count(108), s.replace(b"l", b"L", 2))
print(s.split(), s.split(b","), s.split(b"o", 1), s.rsplit(b" ", 1), s.partition(b","), s.rpartition(b"x"), b"a\nb\r\nc".splitlines(), b"a\nb".splitlines(True), b" x ".strip(), b"xxaxx".strip(b"x"), b"xa".lstrip(b"x"), b"ax".rstrip(b"x"))
print(s.startswith(b"He"), s.endswith((b"x", b"lo")), b"-".join([b"a", b"b"]), b"ab".center(6, b"*"), b"ab".ljust(4), b"ab".rjust(4, b"."), b"-4".zfill(4), b"a\tb".expandtabs(4), b"ab".hex(), b"abcd".hex("-", 2), b"abc".hex(":"), b"xyz".removeprefix(b"x"), b"xyz".removesuffix(b"z"))
print(b"abc".isalpha(), b"12".isdigit(), b"a1".isalnum(), b" ".isspace(), b"A".isupper(), b"a".islower(), b"Ab C".istitle(), b"\xff".isascii(), b"abc".translate(bytes.maketrans(b"a", b"z")), b"abc".translate(None, b"b"), b"abc".decode(), b"\xe9".decode("latin-1"))
print(98 in b"abc", b"bc" in b"abc", b"" in b"", b"a" + b"b", b"ab" * 2, 2 * b"x", b"a" < b"b", b"a" == b"a", b"a" == "a", b"a" != "a", hash(b"a") == hash(b"a"), {b"k": 1}[b"k"], sorted([b"b", b"a"]), max(b"abc"), b"%s=%d" % (b"k", 5), b"%x" % 255, b"%a" % "é", b"%5.1f|" % 2.25, b"%c" % 65)
for call in (lambda: b"a" + "b", lambda: b"a".find("b"), lambda: b"a".split("b"), lambda: b",".join(["a"]), lambda: b"a".index(b"z"), lambda: b"a".startswith("a"), lambda: b"a" < "b", lambda: "a" in b"a", lambda: b"a".replace("a", "b"), lambda: b"%s" % "x", lambda: b"a".split(b""), lambda: b"a".center(5, b"xx"), lambda: b"a".strip("a"), lambda: b"\xff".decode("ascii")):
    try:
        print(call())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
