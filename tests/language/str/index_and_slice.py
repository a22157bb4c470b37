s = "héllo 日本😀"
print(len(s), s[0], s[1], s[-1], s[6], s[-2:], s[:3], s[::2], s[::-1], s[2:-2], s[100:], s[-100:3], s[5:2], s[5:2:-1], s[:], s[::-3])
for call in (lambda: s[100], lambda: s[-100], lambda: ""[0], lambda: s["a"], lambda: s[1.0], lambda: s[::0], lambda: s[None]):
    try:
        call()
    except (IndexError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
print([c for c in s], list(enumerate("ab")), list(reversed("abc")), "".join(sorted("hello")), min("hello"), max("hello"), s[True], "abc"[slice(1, None)])
try:
    s[0] = "x"
except TypeError as e:
    print(e)
try:
    del s[0]
except TypeError as e:
    print(e)
