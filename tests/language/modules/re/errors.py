# What is wrong with a pattern or a template, and where.
import re

patterns = ["(", ")", "a)", "(?P<a", "(?P<1a>x)", "(?P<a>x)(?P<a>y)", "(?P=b)", "(?P>", "(?Pa)", "[a", "[z-a]", "[a-\\d]", "*a", "a**", "a{3,2}", "^*",
            "a{99999999999}", "\\", "a\\", "\\q", "[\\q]", "\\x1", "\\u12", "\\U00110000", "\\N{no such name}", "\\N", "\\1", "(a\\1)", "(?<=a+)b", "(?<!a|bc)",
            "(?<x)", "(?x", "(?i", "(?iz)", "(?i-", "(?i-i:a)", "(?-a:b)", "(?L)a", "(?au)a", "a(?i)b", "(?(1)a|b|c)", "(?(0)a)", "(?(9)a)", "(?(a)b)", "(?#x",
            "(?", "(?'", "\\400", "(?<=(a)\\1)b", "a\n(b\n(", "(?P<>a)", "(?P=)", "a|*", "(?:a{2}{3})", "[", "[]", "[^]", "[a-", "(?i:"]
for pattern in patterns:
    try:
        print(ascii(pattern), re.compile(pattern))
    except re.error as error:
        print(ascii(pattern), "|", error, "|", error.msg, error.pos, error.lineno, error.colno, error.pattern == pattern)
    except OverflowError as error:
        print(ascii(pattern), "| OverflowError", error)

for template in ["\\", "\\g", "\\g<", "\\g<>", "\\g<a", "\\g<1a>", "\\g<x>", "\\1", "\\9", "\\q", "\\400", "\\g<0>", "\\0", "\\07", "\\n\\t", "\\.", "\\g<99>", "\\é"]:
    try:
        print(ascii(template), ascii(re.sub("(?P<n>a)?b", template, "ab")))
    except (re.error, IndexError) as error:
        print(ascii(template), "|", type(error).__name__, ascii(str(error)))

for call in [lambda: re.compile(3), lambda: re.match("a", 3), lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"), lambda: re.compile(re.compile("a"), re.I),
             lambda: re.compile("a", re.L), lambda: re.compile(b"a", re.U), lambda: re.compile("a", re.A | re.U), lambda: re.match("(a)", "a").group(2),
             lambda: re.match("(a)", "a").group("x"), lambda: re.match("a", "a")[1.5], lambda: re.sub("a", lambda m: 1, "xa"), lambda: re.sub(b"a", lambda m: "s", b"xa"),
             lambda: re.compile("a").match(), lambda: re.Pattern(), lambda: re.sub("a", 3, "a")]:
    try:
        print(call())
    except (TypeError, ValueError, IndexError) as error:
        print(type(error).__name__, error)
