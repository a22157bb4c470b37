print("a b  c\t\nd ".split(), " a b ".split(" "), "a,b,,c".split(","), "a,b,c,d".split(",", 2), "".split(), "".split(","), "a--b--c".split("--"))
print("a b c d".rsplit(None, 2), "a,b,c".rsplit(",", 1), " x ".rsplit(), "a b c".split(None, 1), "  a  b ".split(None, 1), "a b".split(maxsplit=0), "abc".split("b", -1))
print("one\ntwo\r\nthree\rfour\x0bfive\u2028six\x1cseven".splitlines(), "a\n\nb\n".splitlines(True), "".splitlines(), "x".splitlines(), "\n".splitlines())
print("key=value=x".partition("="), "key".partition("="), "key=value=x".rpartition("="), "key".rpartition("="))
for call in (lambda: "a".split(""), lambda: "a".partition(""), lambda: "a".split(5), lambda: "a".rsplit("", 1), lambda: "a".split("a", "b")):
    try:
        call()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print("日本,語".split(","), "😀a😀b".split("😀"), "a\u3000b".split(), "a\u00a0b".split())
