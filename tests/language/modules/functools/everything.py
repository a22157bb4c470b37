import functools
from functools import reduce, partial, wraps, lru_cache, cache, cmp_to_key, total_ordering, singledispatch, cached_property, partialmethod
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], "start"), reduce(max, [3, 9, 2]))
p = partial(pow, 2)
print(p(5), partial(int, base=2)("101"), p.func is pow, p.args, p.keywords, partial(p, 3)(), repr(partial(print, "x", sep="-"))[:17], partial(dict, a=1)(b=2))


def deco(f):
    @wraps(f)
    def inner(*a):
        "inner doc"
        return f(*a)
    return inner


@deco
def greet(x):
    "greet doc"
    return f"hi {x}"


print(greet("a"), greet.__name__, greet.__doc__, greet.__wrapped__("b"))
calls = []


@lru_cache(maxsize=2)
def slow(x):
    calls.append(x)
    return x * 2


print([slow(x) for x in (1, 2, 1, 3, 1, 2)], calls, slow.cache_info())
slow.cache_clear()
print(slow.cache_info(), slow.__wrapped__(5), slow.cache_parameters())


@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(90), fib.cache_info().currsize)
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), max(["bb", "a"], key=cmp_to_key(lambda a, b: len(a) - len(b))))


@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n


print(V(1) <= V(2), V(2) > V(1), V(1) >= V(1), V(3) <= V(2))


@singledispatch
def show(x): return f"default {x}"


@show.register
def _(x: int): return f"int {x}"


@show.register(list)
def _(x): return f"list of {len(x)}"


print(show("s"), show(5), show([1]), show(True), show(2.5), show.dispatch(bool) is show.registry[int])


class C:
    def __init__(self): self.computed = 0

    @cached_property
    def value(self):
        self.computed += 1
        return 42

    def base(self, a, b): return (a, b)
    bound = partialmethod(base, 1)


c = C()
print(c.value, c.value, c.computed, vars(c), c.bound(2))
for call in (lambda: reduce(max, []), lambda: partial(), lambda: partial(5), lambda: slow([]), lambda: show(), lambda: lru_cache("x")):
    try:
        print(call())
    except TypeError as e:
        print(e)

for root in "lt", "le", "gt", "ge":
    made = total_ordering(type("Ordered", (), {f"__{root}__": lambda a, b: True}))
    for name in "lt", "le", "gt", "ge":
        method = getattr(made, f"__{name}__")
        print(root, name, method.__qualname__, method.__doc__)
