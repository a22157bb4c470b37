"""How two threads on two processors compare with one that does half the work: 2 is perfect, 1 is what a GIL allows.

Two processes do the same, as the measure of what the machine has to give: they share nothing but its caches and memory.
Alone, together and apart take turns, and the best time of each counts: a busy machine makes times longer, never shorter.
"""
from measure import apart, say, together

ROUNDS = 5
shared_dict = {n: n * n for n in range(1000)}
shared_list = list(range(1000))
written_dict = {}


class Point:
    def __init__(self, x=0):
        self.x = x

    def moved(self, by):
        return self.x + by


def int_loop(_):
    total = 0
    for n in range(1_500_000):
        total = (total + n * 3) % 1000003


def floats(_):
    x = 0.5
    for _ in range(1_500_000):
        x = x * 1.0000001 + 0.25


def method_calls(_):
    point = Point()
    for n in range(700_000):
        point.moved(n)


def new_lists(_):
    for n in range(500_000):
        [n, n]


def new_dicts(_):
    for n in range(300_000):
        {"a": n, "b": n}


def new_instances(_):
    for n in range(300_000):
        Point(n)


def dict_reads(_):
    table = shared_dict
    for _ in range(700):
        for n in range(1000):
            table[n]


def list_reads(_):
    items = shared_list
    for _ in range(900):
        for n in range(1000):
            items[n]


def dict_writes(me):
    table = written_dict
    keys = [me * 1000 + n for n in range(1000)]
    for _ in range(500):
        for key in keys:
            table[key] = me


def own_appends(_):
    for _ in range(6):
        items = []
        for n in range(100_000):
            items.append(n)


def attribute_writes(_):
    point = Point()
    for n in range(1_000_000):
        point.x = n


def scale(work):
    """How two threads, and two processes, compare with one thread."""
    both = [lambda: work(0), lambda: work(1)]
    alone = min(together(both[:1]) for _ in range(2))
    threads = processes = 1e9
    for _ in range(ROUNDS):
        threads = min(threads, together(both))
        processes = min(processes, apart(both))
        alone = min(alone, together(both[:1]))
    return 2 * alone / threads, 2 * alone / processes


for work in (int_loop, floats, method_calls, new_lists, new_dicts, new_instances, dict_reads, list_reads, dict_writes,
             own_appends, attribute_writes):
    name = work.__name__.replace("_", " ")
    by_threads, by_processes = scale(work)
    say(f"two threads: {name}", by_threads, "times one")
    say(f"two processes: {name}", by_processes, "times one")
