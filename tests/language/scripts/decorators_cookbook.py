"""Decorators as people write them: timing, retry, cache, validation, registry, deprecation, singleton, chaining."""
import functools


def counted(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return f(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


def retry(times, *kinds):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            for attempt in range(1, times + 1):
                try:
                    return f(*args, **kwargs)
                except kinds as error:
                    print(f"  attempt {attempt}: {error}")
                    last = error
            raise RuntimeError(f"{f.__name__} failed {times} times") from last
        return wrapper
    return decorate


def typed(f):
    notes = f.__annotations__

    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        names = f.__code__.co_varnames[:f.__code__.co_argcount]
        for name, value in {**dict(zip(names, args)), **kwargs}.items():
            if name in notes and not isinstance(value, notes[name]):
                raise TypeError(f"{f.__name__}: {name} should be {notes[name].__name__}, is {type(value).__name__}")
        result = f(*args, **kwargs)
        if "return" in notes and not isinstance(result, notes["return"]):
            raise TypeError(f"{f.__name__} returned {type(result).__name__}")
        return result
    return wrapper


class Registry(dict):
    def __call__(self, name=None, **options):
        if callable(name):
            return self()(name)

        def decorate(f):
            self[name or f.__name__] = (f, options)
            return f
        return decorate


class memoized_method:
    def __init__(self, f):
        self.f = f

    def __set_name__(self, owner, name):
        self.key = f"_memo_{name}"

    def __get__(self, instance, owner):
        if instance is None:
            return self

        def call(*args):
            memo = instance.__dict__.setdefault(self.key, {})
            if args not in memo:
                memo[args] = self.f(instance, *args)
            return memo[args]
        return call


def singleton(cls):
    made = {}

    @functools.wraps(cls, updated=())
    def get(*args):
        if cls not in made:
            made[cls] = cls(*args)
        return made[cls]
    return get


def trace(f):
    depth = 0

    @functools.wraps(f)
    def wrapper(*args):
        nonlocal depth
        print("  " * depth + f"> {f.__name__}{args}")
        depth += 1
        result = f(*args)
        depth -= 1
        print("  " * depth + f"< {result}")
        return result
    return wrapper


@trace
@counted
def gcd(a, b):
    """Euclid."""
    return a if b == 0 else gcd(b, a % b)


print(gcd(48, 18), gcd.__name__, gcd.__doc__, gcd.__wrapped__.calls)
tries = iter([OSError("busy"), ValueError("odd"), "fine"])


@retry(3, OSError, ValueError)
def flaky():
    x = next(tries)
    if isinstance(x, Exception):
        raise x
    return x


print(flaky())


@retry(2, ZeroDivisionError)
def hopeless(x):
    return x / 0


try:
    hopeless(1)
except RuntimeError as error:
    print(error, "<-", repr(error.__cause__))


@typed
def area(width: int, height: (int), unit: str = "m") -> str:
    return f"{width * height} {unit}" if unit else 0


print(area(2, 3), area(2, height=4, unit="cm"))
for call in (lambda: area("2", 3), lambda: area(1, 2, unit=5), lambda: area(1, 2, ""), lambda: area(1)):
    try:
        call()
    except TypeError as error:
        print(error)
commands = Registry()


@commands
def hello(): return "hi"


@commands("bye", quiet=True)
def goodbye(): return "see you"


print({n: (f(), o) for n, (f, o) in commands.items()}, hello())


class Slow:
    work = 0

    @memoized_method
    def square(self, x):
        Slow.work += 1
        return x * x


a, b = Slow(), Slow()
print(a.square(4), a.square(4), b.square(4), Slow.work, type(Slow.square).__name__)


@singleton
class Config:
    def __init__(self, name): self.name = name


print(Config("one") is Config("two"), Config("three").name, Config.__name__)
compose = lambda *fs: functools.reduce(lambda f, g: lambda x: g(f(x)), fs)
print(compose(str.strip, str.title, lambda s: s + "!")("  hello world "))
