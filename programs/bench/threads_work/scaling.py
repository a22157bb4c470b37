"""How two threads on two processors compare with one that does half the work: 2 is perfect, 1 is what a GIL allows.

Alone and together take turns, and the best time of each counts: a busy machine makes times longer, never shorter.
"""
from measure import say, together

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
    alone = min(together([lambda: work(0)]) for _ in range(2))
    both = 1e9
    for _ in range(ROUNDS):
        both = min(both, together([lambda: work(0), lambda: work(1)]))
        alone = min(alone, together([lambda: work(0)]))
    return 2 * alone / both


for work in (int_loop, floats, method_calls, new_lists, new_dicts, new_instances, dict_reads, list_reads, dict_writes,
             own_appends, attribute_writes):
    say(f"two threads: {work.__name__.replace('_', ' ')}", scale(work), "times one")
