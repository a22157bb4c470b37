"""Random operations on every container from many threads, with what must be true of them at any time and at the end.

    gila tests/stress/containers.py [--seed N] [--seconds N] [--threads N] [ROUND]...        (_rounds.py)

Each round takes one container, lets all threads loose on it while another one collects garbage, and checks afterwards:
nothing is lost, nothing doubled, nothing torn, and the length is the number of items. A thread keeps a ledger of what it
put in and took out; items are pairs (thread, number), so that every one of them exists once. The seed decides which
operations a thread performs; how they interleave is up to the machine. A failure names its seed.
"""
import collections
import functools
import gc
import itertools
import queue
import threading
import weakref

from _rounds import Round, Worker, check, main


class Ledger(Worker):
    """What one thread did."""

    def __init__(self, me, seed):
        super().__init__(me, seed)
        self.given, self.taken = [], []
        self.numbers = itertools.count()

    def new(self):
        item = (self.me, next(self.numbers))
        self.given.append(item)
        return item


def balance(ledgers, left):
    """Given is taken and left, each item once."""
    given = [item for ledger in ledgers for item in ledger.given]
    found = [item for ledger in ledgers for item in ledger.taken] + list(left)
    check("items were lost or doubled", sorted(given) == sorted(found))


class Container(Round):
    """One container under fire."""

    operations = 400


class Sequence(Container):
    """list and deque: items come in anywhere and go out anywhere."""

    def __init__(self, make):
        self.items = make()

    def step(self, ledger):
        items, pick = self.items, ledger.random.randrange(8)
        if pick < 3:
            items.append(ledger.new())
        elif pick == 3:
            items.extend([ledger.new(), ledger.new()])
        elif pick == 4:
            items.insert(ledger.random.randrange(5), ledger.new())
        elif pick == 5:
            try:
                ledger.taken.append(items.pop())
            except IndexError:
                pass
        elif pick == 6:
            check("an iterator gave something else", all(len(item) == 2 for item in list(items)))
        else:
            self.look(ledger)

    def look(self, ledger):
        try:
            me, number = self.items[ledger.random.randrange(10)]
        except IndexError:
            return
        check("a torn item", 0 <= me and 0 <= number)

    def close(self, ledgers):
        check("length and content differ", len(self.items) == len(list(self.items)))
        balance(ledgers, self.items)


class Ends(Sequence):
    """A deque used at both its ends."""

    def step(self, ledger):
        pick = ledger.random.randrange(4)
        if pick == 0:
            self.items.appendleft(ledger.new())
        elif pick == 1:
            self.items.rotate(ledger.random.randrange(-3, 4))
        elif pick == 2:
            try:
                ledger.taken.append(self.items.popleft())
            except IndexError:
                pass
        else:
            super().step(ledger)


class Mapping(Container):
    """dict and its kin: every key once, popped by one thread only."""

    def __init__(self, make):
        self.table = make()

    def step(self, ledger):
        table, pick = self.table, ledger.random.randrange(6)
        if pick < 2:
            item = ledger.new()
            table[item] = item
        elif pick == 2:
            item = ledger.new()
            check("setdefault gave another's value", table.setdefault(item, item) is item)
        elif pick == 3:
            try:
                key, value = table.popitem()
            except KeyError:
                return
            check("a key with another's value", key is value)
            ledger.taken.append(key)
        elif pick == 4 and ledger.given:
            item = ledger.random.choice(ledger.given)
            if table.pop(item, None) is not None:
                ledger.taken.append(item)
        else:
            check("a key with another's value", all(key is value for key, value in self.entries()))

    def entries(self):
        return list(self.table.items())

    def close(self, ledgers):
        check("length and content differ", len(self.table) == len(list(self.table)))
        balance(ledgers, self.table)


class Ordered(Mapping):
    """An OrderedDict: its order changes too, and a loop over it may say so and no more."""

    def step(self, ledger):
        pick = ledger.random.randrange(8)
        if pick == 0 and ledger.given:
            try:
                self.table.move_to_end(ledger.random.choice(ledger.given), last=ledger.random.random() < 0.5)
            except KeyError:
                pass
        elif pick == 1:
            try:
                for key, value in self.table.items():
                    check("a key with another's value", key is value)
            except RuntimeError as error:
                check("another error", str(error) == "OrderedDict mutated during iteration")
        else:
            super().step(ledger)


class Set(Container):
    def __init__(self):
        self.items = set()

    def step(self, ledger):
        items, pick = self.items, ledger.random.randrange(5)
        if pick < 2:
            items.add(ledger.new())
        elif pick == 2:
            try:
                ledger.taken.append(items.pop())
            except KeyError:
                pass
        elif pick == 3:
            items |= {ledger.new(), ledger.new()}
        else:
            copy = frozenset(items)
            check("a copy with doubles", len(copy) == len(list(copy)))

    def close(self, ledgers):
        check("length and content differ", len(self.items) == len(list(self.items)))
        balance(ledgers, self.items)


class Counting(Container):
    """Counter and defaultdict, whose updates are many steps, under a lock; bytearray, whose appends are one."""

    def __init__(self):
        self.counter, self.lists = collections.Counter(), collections.defaultdict(list)
        self.bytes, self.lock = bytearray(), threading.Lock()

    def step(self, ledger):
        item = ledger.new()
        with self.lock:
            self.counter[item[0]] += 1
        self.lists[item[0]].append(item)
        self.bytes.append(item[0])

    def close(self, ledgers):
        for ledger in ledgers:
            number = len(ledger.given)
            check("a lost count", self.counter[ledger.me] == number)
            check("a lost append", self.lists[ledger.me] == ledger.given)
            check("a lost byte", self.bytes.count(ledger.me) == number)


class Instances(Container):
    """Attributes of shared objects, and a class that changes while it is used."""

    def __init__(self):
        self.kind = type("Shared", (), {"version": 0})
        self.objects = [self.kind() for _ in range(5)]

    def step(self, ledger):
        target, pick = ledger.random.choice(self.objects), ledger.random.randrange(4)
        if pick == 0:
            setattr(target, f"t{ledger.me}_{len(ledger.given) % 20}", ledger.new())
        elif pick == 1:
            check("a torn attribute", all(len(value) == 2 for value in list(vars(target).values())))
        elif pick == 2:
            self.kind.version = ledger.me
        else:
            check("an attribute of the class is lost", target.version >= 0)

    def close(self, ledgers):
        for target in self.objects:
            for name, (me, _) in vars(target).items():
                check("another's value under this name", name.startswith(f"t{me}_"))


class Iterators(Container):
    """One iterator, stepped by all: every item comes to one thread. A shared generator may refuse, no more."""

    def __init__(self):
        self.source = [(0, number) for number in range(20_000)]
        self.counts, self.listed = itertools.count(), iter(self.source)
        self.generator = (number for number in range(10**9))

    def step(self, ledger):
        ledger.taken.append(next(self.counts))
        item = next(self.listed, None)
        if item is not None:
            ledger.given.append(item)
        try:
            next(self.generator)
        except ValueError as error:
            check("another error", str(error) == "generator already executing")

    def close(self, ledgers):
        taken = sorted(number for ledger in ledgers for number in ledger.taken)
        check("a count was lost or doubled", taken == list(range(len(taken))))
        listed = sorted(item for ledger in ledgers for item in ledger.given)
        check("an item was lost or doubled", listed == self.source[:len(listed)])


class Queues(Container):
    def __init__(self, make):
        self.queue = make()

    def step(self, ledger):
        if ledger.random.random() < 0.6:
            self.queue.put(ledger.new())
        else:
            try:
                ledger.taken.append(self.queue.get_nowait())
            except queue.Empty:
                pass

    def close(self, ledgers):
        left = []
        while not self.queue.empty():
            left.append(self.queue.get_nowait())
        balance(ledgers, left)


class Cached(Container):
    """lru_cache, weak references and finalisers while garbage is collected."""

    def __init__(self):
        self.square = functools.lru_cache(maxsize=50)(lambda number: (number, number * number))
        self.weak, self.ended = weakref.WeakValueDictionary(), collections.deque()

    def step(self, ledger):
        number = ledger.random.randrange(200)
        check("a wrong answer of the cache", self.square(number) == (number, number * number))
        target = Watched(self.ended)
        self.weak[ledger.me] = target
        seen = self.weak.get(ledger.random.randrange(8))
        check("a weak reference to something else", seen is None or type(seen) is Watched)
        ledger.new()

    def close(self, ledgers):
        info = self.square.cache_info()
        check("the cache miscounts", info.hits + info.misses == sum(len(ledger.given) for ledger in ledgers))
        gc.collect()
        check("finalised twice", len(self.ended) <= sum(len(ledger.given) for ledger in ledgers))


class Watched:
    def __init__(self, ended):
        self.ended = ended

    def __del__(self):
        self.ended.append(None)


ROUNDS = {
    "list": lambda: Sequence(list), "deque": lambda: Ends(collections.deque), "dict": lambda: Mapping(dict),
    "OrderedDict": lambda: Ordered(collections.OrderedDict), "set": Set, "counts": Counting, "instances": Instances,
    "iterators": Iterators, "Queue": lambda: Queues(queue.Queue), "SimpleQueue": lambda: Queues(queue.SimpleQueue),
    "caches": Cached,
}


main(ROUNDS, Ledger, "every container kept its items")
