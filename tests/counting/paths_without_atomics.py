"""Reading and calling cost no atomic read-modify-write and no lock, without the GIL and with several threads about.

    cmake --preset count && ninja -C build/count gila_main
    build/count/gila-nogil tests/counting/paths_without_atomics.py

Each path is a loop that runs in two threads at once, on objects that both share. The first round lets the interpreter
specialise; three more are counted, and the best counts: the tuples of the counts themselves need memory now and then.
Everything that is not zero is printed, and the exit status is then 1.
"""
import sys
import threading

ROUNDS = 20_000


class Point:
    kind = "point"

    def __init__(self, x, y):
        self.x, self.y = x, y

    def norm(self):
        return self.x * self.x + self.y * self.y

    @property
    def first(self):
        return self.x

    @staticmethod
    def plain(value):
        return value


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a, self.b = 1, 2


point, slotted = Point(3, 4), Slotted()
table = {"one": 1, "two": 2, 3: "three", (4, 5): "pair"}
numbers, pair, text = list(range(100)), (1, 2), "some letters"
members, letters = {1, 2, 3, "x"}, frozenset("abc")
limit = 7


def function(a, b=2):
    return a


def closure_of(value):
    def closure(other):
        return value
    return closure


closure = closure_of(5)


def local_variables():
    a, b = 1, 2
    for _ in range(ROUNDS):
        a, b = b, a
        c = a
        del c


def int_arithmetic():
    total = 0
    for n in range(ROUNDS):
        total += n * 3 - (n >> 1)
        total ^= n & 255
        if total > 1_000_000_000 or n == -1:
            total = 0


def float_arithmetic():
    x = 1.5
    for n in range(ROUNDS):
        x = x * 1.0001 + 0.25 - n / 3.0
        if x < -1e9:
            x = 1.5


def while_loop():
    n = 0
    while n < ROUNDS:
        n += 1


def global_names():
    for _ in range(ROUNDS):
        limit
        point
        len


def attribute_reads():
    for _ in range(ROUNDS):
        point.x
        point.y
        point.kind
        slotted.b
        point.first


def dict_reads():
    for _ in range(ROUNDS):
        table["one"]
        table[3]
        "two" in table
        "missing" in table
        table.get("two")
        len(table)


def list_reads():
    for n in range(ROUNDS):
        numbers[n % 100]
        numbers[-1]
        len(numbers)


def list_iteration():
    for _ in range(ROUNDS // 100):
        for n in numbers:
            n


def tuple_and_str_reads():
    for _ in range(ROUNDS):
        pair[1]
        text[2]
        a, b = pair
        a is b


def set_reads():
    for _ in range(ROUNDS):
        2 in members
        "z" in letters
        len(members)


def function_calls():
    for n in range(ROUNDS):
        function(n)
        function(n, 3)
        function(a=n)
        closure(n)


def method_calls():
    for n in range(ROUNDS):
        point.norm()
        Point.plain(n)


def builtin_calls():
    for n in range(ROUNDS):
        abs(n)
        isinstance(n, int)
        ord("a")
        min(n, 3)


PATHS = (local_variables, int_arithmetic, float_arithmetic, while_loop, global_names, attribute_reads, dict_reads,
         list_reads, list_iteration, tuple_and_str_reads, set_reads, function_calls, method_calls, builtin_calls)


def measure(results, together):
    """All paths, beside another thread that runs the same one."""
    for path in PATHS:
        path()
        rounds = []
        for _ in range(3):
            together.wait()
            before = sys._atomic_counts()
            path()
            after = sys._atomic_counts()
            rounds.append(tuple(b - a for a, b in zip(before, after)))
        results[path.__name__] = min(rounds)


def main():
    if not hasattr(sys, "_atomic_counts"):
        sys.exit("this is not the counting build")
    together, all_results = threading.Barrier(2), [{}, {}]
    threads = [threading.Thread(target=measure, args=(results, together)) for results in all_results]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bad = 0
    for results in all_results:
        for name, (atomics, locks, bytecodes) in results.items():
            if atomics or locks:
                bad += 1
                print(f"{name}: {atomics} atomic read-modify-writes and {locks} locks in {bytecodes} bytecodes")
            if bytecodes < ROUNDS:
                bad += 1
                print(f"{name}: only {bytecodes} bytecodes were counted")
    print(f"{len(PATHS)} paths, {bad} complaints")
    return 1 if bad else 0


sys.exit(main())
