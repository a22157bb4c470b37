"""One call site with keywords that meets other functions, other defaults and wrong calls."""


def plain(a, b=2, c=3):
    return a, b, c


def swapped(c, b, a=0):
    return a, b, c


def only(*, a, b=1, c=2):
    return a, b, c


def rest(*args, **kwargs):
    return args, sorted(kwargs.items())


def positional(a, /, b, c=9):
    return a, b, c


def local_variables(a, b, c=0):
    x = y = z = a
    del y
    return locals()


def generator(a, b, c=5):
    yield a, b, c


async def coroutine(a, b, c):
    return a, b, c


class Box:
    def __init__(self, a, b=7, c=8):
        self.all = a, b, c

    def method(self, b, a=1, c=2):
        return a, b, c

    @classmethod
    def made(cls, a, b=0, c=0):
        return a, b, c

    @staticmethod
    def static(a, b=0, c=0):
        return a, b, c

    def __call__(self, a, b, c=4):
        return a, b, c

    def __repr__(self):
        return f"Box{self.all}"


box = Box(0)
box.own = plain


def call(f):
    try:
        result = f(b="B", a="A")
    except TypeError as error:
        return str(error)
    if hasattr(result, "send"):
        try:
            return result.send(None)
        except StopIteration as stop:
            return stop.value
    return result


def call_mixed(f):
    try:
        return f(1, c=3)
    except TypeError as error:
        return str(error)


def call_method(o):
    return [o.method(5, c=6), o.made(a=1, c=2), o.static(1, b=2), o.own(b=1, a=0)]


functions = [plain, plain, swapped, only, rest, positional, local_variables, generator, coroutine, Box, box.method, Box.made, box, dict,
             lambda a, b: (b, a), lambda b, a, c: None]
for f in functions * 3:
    print(call(f), call_mixed(f))
for _ in range(4):
    print(call_method(box))

plain.__defaults__ = (20, 30)
print(call(plain), call_mixed(plain))
plain.__defaults__ = None
print(call(plain), call_mixed(plain))
only.__kwdefaults__ = {"b": 10, "c": 20}
print(call(only))
only.__kwdefaults__ = {"b": 10}
print(call(only))
plain.__code__ = swapped.__code__
print(call(plain))


def defaults(a, b=[], c=None):
    return a, b, c


def call_defaults(f):
    try:
        return f(1), f(1, 2), f(1, 2, 3)
    except TypeError as error:
        return str(error)


for f in [defaults, plain, defaults, lambda *a: a, lambda a=0: a, print, defaults]:
    print(call_defaults(f))
defaults.__defaults__ = (5,)
print(call_defaults(defaults))


def deep(n, step=1):
    return 0 if n == 0 else 1 + deep(n=n - 1, step=step)


print(deep(n=300))
try:
    deep(n=100_000)
except RecursionError as error:
    print(error)
