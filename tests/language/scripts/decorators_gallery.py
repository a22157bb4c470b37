# Decorators with and without arguments, on classes, on methods, stacked; a registry and a cache.
import functools


def trace(function):
    depth = 0

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        nonlocal depth
        shown = ", ".join([*map(repr, args), *(f"{k}={v!r}" for k, v in kwargs.items())])
        print("  " * depth + f"{function.__name__}({shown})")
        depth += 1
        try:
            return function(*args, **kwargs)
        finally:
            depth -= 1
    return wrapper


def repeat(times, *, gather=list):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return gather(function(*args, **kwargs) for _ in range(times))
        wrapper.times = times
        return wrapper
    return decorate


class memo:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function, self.cache, self.hits = function, {}, 0

    def __call__(self, *key):
        if key in self.cache:
            self.hits += 1
        else:
            self.cache[key] = self.function(*key)
        return self.cache[key]

    def __get__(self, instance, owner=None):
        return self if instance is None else functools.partial(self, instance)


def checked(**kinds):
    def decorate(function):
        names = function.__code__.co_varnames[:function.__code__.co_argcount]

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for name, value in {**dict(zip(names, args)), **kwargs}.items():
                wanted = kinds.get(name, object)
                if not isinstance(value, wanted):
                    raise TypeError(f"{function.__name__}: {name} must be {wanted.__name__}, not {type(value).__name__}")
            return function(*args, **kwargs)
        return wrapper
    return decorate


registry = {}


def command(name=None):
    def register(function):
        registry[name or function.__name__] = function
        return function
    if callable(name):
        function, name = name, None
        return register(function)
    return register


@trace
def fact(n, *, acc=1):
    """n!"""
    return acc if n <= 1 else fact(n - 1, acc=acc * n)


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


state = iter(range(100))


@repeat(3, gather=tuple)
@checked(start=int, label=str)
def label(start, label="x"):
    return f"{label}{start + next(state)}"


@command
def hello(who):
    return f"hello {who}"


@command("bye!")
def goodbye(who):
    return f"bye {who}"


class Lazy:
    def __init__(self, function):
        self.function = function

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class Shape:
    made = 0

    def __init__(self, w, h):
        self.w, self.h = w, h

    @Lazy
    def area(self):
        print("computing")
        return self.w * self.h

    @classmethod
    def square(cls, side):
        cls.made += 1
        return cls(side, side)

    @staticmethod
    def unit():
        return "cm"

    @memo
    def scaled(self, by):
        return self.area * by

    @functools.cached_property
    def perimeter(self):
        return 2 * (self.w + self.h)


print(fact(3), fact.__name__, fact.__doc__, fact.__wrapped__ is not fact)
print(fib(80), fib.hits, fib.__name__)
print(label(5), label(1, label="q"), label.times)
for bad in (lambda: label("s"), lambda: label(1, label=2)):
    try:
        bad()
    except TypeError as error:
        print(error)
print({name: function("you") for name, function in sorted(registry.items())})
s = Shape.square(3)
print(s.area, s.area, Shape.unit(), s.unit(), s.scaled(2), s.scaled(2), Shape.scaled.hits, s.perimeter, Shape.made)


@functools.singledispatch
def show(x):
    return "object"


@show.register
def _(x: int):
    return "int"


@show.register(list)
def _(x):
    return "list of " + ", ".join(map(show, x))


print(show(1.5), show(True), show([1, "a", [2]]))


@functools.lru_cache(maxsize=2)
def square(x):
    return x * x


print([square(x) for x in (1, 2, 1, 3, 2)], square.cache_info())
