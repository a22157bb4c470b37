import string
print(string.ascii_lowercase, string.ascii_uppercase, string.ascii_letters, string.digits, string.hexdigits, string.octdigits, string.punctuation, repr(string.whitespace), len(string.printable))
print(string.capwords("hello wide  world"), string.capwords("a-b-c", "-"))
t = string.Template("$name is ${age} years, $$5, $missing")
print(t.safe_substitute(name="Ann", age=5), string.Template("$x-$y").substitute({"x": 1}, y=2))
for call in (lambda: t.substitute(name="A", age=1), lambda: string.Template("$").substitute(), lambda: string.Template("${1}").substitute()):
    try:
        print(call())
    except (KeyError, ValueError) as e:
        print(type(e).__name__, e)
f = string.Formatter()
print(f.format("{0} {x}", 1, x=2), list(f.parse("a{b!r:c}d")))
