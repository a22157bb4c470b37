"""A tour of the language, for a first run: ./run.sh programs/tour.py

What to watch: each section prints what it does. Read the source beside the output; every line of it
is ordinary Python, so `python3 programs/tour.py` prints the same.
"""
import collections
import functools
import itertools
import json
import math
import sys
import threading


def section(title):
    print(f"\n== {title} ".ljust(60, "="))


def numbers_and_text():
    section("numbers and text")
    print("ints have no limit:", 2 ** 100, "and divide exactly:", 7 / 2, 7 // 2, -7 // 2, divmod(17, 5))
    print("floats are doubles:", 0.1 + 0.2, round(math.pi, 4), 1e300 * 1e10, complex(1, 2) ** 2)
    name, price = "café", 1234.5
    print(f"{name!r} has {len(name)} letters, costs {price:,.2f}, {price:>12.1f}|, {name=}")
    print("text:", "a,b,c".split(","), "-".join("xyz"), "Gila"[::-1], "日本".encode(), "MiXed".swapcase())


def containers():
    section("containers")
    stack = [3, 1, 2]
    stack.append(5)
    print("list:", stack, sorted(stack, reverse=True), stack[1:3], stack[-1])
    ages = {"Ann": 31, "Bob": 25, "Cid": 40}
    ages |= {"Dee": 19}
    print("dict:", ages, max(ages, key=ages.get), {k: v for k, v in ages.items() if v > 30})
    print("set:", {1, 2, 3} & {2, 3, 4}, {1, 2} | {3}, len(set("mississippi")))
    first, *middle, last = (10, 20, 30, 40)
    print("unpacking:", first, middle, last, [x * y for x in range(3) for y in range(3) if x < y])


def functions():
    section("functions")

    def describe(first, /, *rest, sep="-", **options):
        return sep.join([str(first), *map(str, rest)]) + (f" {options}" if options else "")

    print(describe(1, 2, 3), describe("a", sep="+"), describe(0, 1, colour="red"))

    def make_counter():
        count = 0

        def step():
            nonlocal count
            count += 1
            return count

        return step

    step = make_counter()
    print("a closure counts:", step(), step(), step())

    @functools.lru_cache(maxsize=None)
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    print("a decorator remembers:", fib(80), fib.cache_info().hits > 0)


class Shape:
    """The base of a small family of classes."""
    known = []

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Shape.known.append(cls.__name__)

    def __lt__(self, other):
        return self.area < other.area

    def __repr__(self):
        return f"{type(self).__name__}(area={self.area:.2f})"


class Square(Shape):
    __match_args__ = ("side",)

    def __init__(self, side):
        self.side = side

    @property
    def area(self):
        return self.side ** 2


class Circle(Shape):
    __match_args__ = ("radius",)

    def __init__(self, radius):
        self.radius = radius

    @property
    def area(self):
        return math.pi * self.radius ** 2


def classes():
    section("classes")
    shapes = [Square(3), Circle(1), Square(1.5)]
    print("sorted by __lt__:", sorted(shapes), "known:", Shape.known)
    for shape in shapes:
        match shape:
            case Square(side) if side > 2:
                print("a large square of side", side)
            case Square(side=s) | Circle(radius=s):
                print("something small:", s)


def generators():
    section("generators")

    def countdown(n):
        while n:
            received = yield n
            n = received if received is not None else n - 1

    steps = countdown(5)
    print("yield and send:", next(steps), next(steps), steps.send(2), list(steps))
    primes = (n for n in itertools.count(2) if all(n % d for d in range(2, math.isqrt(n) + 1)))
    print("lazily:", list(itertools.islice(primes, 10)))
    print("grouped:", {k: len(list(g)) for k, g in itertools.groupby("aaabbc")})


def exceptions():
    section("exceptions")

    def parse(text):
        try:
            value = int(text)
        except ValueError as error:
            raise RuntimeError(f"cannot use {text!r}") from error
        else:
            return value
        finally:
            print("  looked at", repr(text))

    for text in ("42", "forty-two"):
        try:
            print("  got", parse(text))
        except RuntimeError as error:
            print("  failed:", error, "| because:", error.__cause__)
    try:
        raise ExceptionGroup("two things", [KeyError("k"), TypeError("t")])
    except* KeyError as group:
        print("  a group's keys:", group.exceptions)
    except* TypeError as group:
        print("  a group's types:", group.exceptions)


def modules():
    section("modules")
    data = {"language": "Gila", "numbers": [1, 2.5, None], "nested": {"deep": True}}
    text = json.dumps(data, sort_keys=True)
    print(text, json.loads(text) == data)
    print(collections.Counter("abracadabra").most_common(2), functools.reduce(lambda a, b: a * b, range(1, 6)))


def threads():
    section("threads")
    results = {}
    lock = threading.Lock()

    def work(n):
        total = sum(range(n))
        with lock:
            results[n] = total

    workers = [threading.Thread(target=work, args=(n,)) for n in (10, 100, 1000)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print("three threads filled one dict:", sorted(results.items()))


def main():
    print("A tour of the language.")
    for part in (numbers_and_text, containers, functions, classes, generators, exceptions, modules, threads):
        part()
    print("\nNext: programs/README.md, and programs/threads/ for what threads do.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
