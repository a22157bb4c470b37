"""New values for keys that are there, from several threads, while the dict grows, shrinks, is copied and popped from."""
import threading
from collections import OrderedDict

ROUNDS = 3000
problems = []


def together(*functions):
    ready = threading.Barrier(len(functions))

    def begin(function):
        ready.wait()
        function()

    threads = [threading.Thread(target=begin, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def check(true, what):
    if not true and len(problems) < 10:
        problems.append(what)


def owner(table, key, done):
    """The only one who writes to this key: it always finds what it wrote last."""
    def run():
        for n in range(ROUNDS):
            table[key] = n
            check(table[key] == n, f"{key}: not {n}")
        done.append(key)
    return run


def disturber(table, done, owners, disturb):
    def run():
        n = 0
        while len(done) < owners:
            disturb(table, n)
            n += 1
    return run


def grow(table, n):
    if len(table) > 2000:
        for key in [key for key in list(table) if isinstance(key, int)]:
            del table[key]
    table[n] = n


def erase(table, n):
    table["other"] = n
    del table["other"]


def copy(table, n):
    """Of two keys that an owner writes one after the other a copy never has the second alone."""
    whole = table.copy()
    check(whole["first"] >= whole["second"], "torn copy")
    values = list(table.values())
    check(values[0] >= values[1], "torn values")


def merge(table, n):
    table.update({"merged": n, "again": n})


def move(table, n):
    table.move_to_end("moved", last=n % 2 == 0)


def pair(table, done):
    def run():
        for n in range(ROUNDS):
            table["first"] = n
            table["second"] = n
        done.append("pair")
    return run


for make, disturbers in ((dict, [grow]), (dict, [erase, grow]), (dict, [copy]), (dict, [merge, erase]),
                         (OrderedDict, [move, erase])):
    table, done = make(first=0, second=0, moved=0, a=0, b=0), []
    runs = [owner(table, "a", done), owner(table, "b", done), pair(table, done)]
    together(*runs, *(disturber(table, done, len(runs), disturb) for disturb in disturbers))
    check([table[key] for key in ("a", "b", "first", "second")] == [ROUNDS - 1] * 4, "a last value is lost")
    check(len(table) == len(list(table)), "wrong length")
    print(make.__name__, [disturb.__name__ for disturb in disturbers], "done")

# What was popped is gone: no value comes out twice.
table, taken = {n: n for n in range(8)}, []


def writer():
    for n in range(ROUNDS):
        table[3] = n


def taker():
    while not taken or taken[-1] != ROUNDS - 1:
        value = table.pop(3, None)
        if value is not None:
            taken.append(value)


table[3] = -1
together(writer, taker)
check(taken == sorted(set(taken)), "popped twice")

# An addition that is one call sees every store before it and loses none after it.
from collections import Counter

counter, rounds = Counter(), 200
for name in "xy":
    counter[name] = 0


def count():
    for _ in range(rounds):
        counter.update("x" * 20)


def store():
    for n in range(ROUNDS):
        counter["y"] = n


together(count, count, store)
check(counter["x"] == 2 * 20 * rounds and counter["y"] == ROUNDS - 1, f"{counter}")

# Globals are entries of a dict: each of two threads counts in one of its own while a third makes and deletes others.
left, right, counted = 0, 0, []


def count_left():
    global left
    for n in range(10 * ROUNDS):
        check(left == n, f"left is not {n}")
        left += 1
    counted.append("left")


def count_right():
    global right
    for n in range(10 * ROUNDS):
        check(right == n, f"right is not {n}")
        right += 1
    counted.append("right")


def churn():
    n = 0
    while len(counted) < 2:
        globals()[f"made_{n % 50}"] = n
        if n % 3 == 0:
            del globals()[f"made_{n % 50}"]
        n += 1


together(count_left, count_right, churn)
print(left, right)
print("problems:", problems)
