"""Random operations on what the language shares: buffers, iterators, modules, classes, weak references, generators, waits.

    gila tests/stress/shared_values.py [--seed N] [--seconds N] [--threads N] [--share X] [ROUND]...        (_rounds.py)

Each round takes one kind of object, lets all threads loose on it while another one collects garbage, and checks what must
hold however they interleave. The seed decides what a thread does; a failure names its seed, and naming rounds runs those
alone. What the library shares is shared_library.py, containers are containers.py.
"""
import array
import bisect
import collections
import functools
import gc
import heapq
import importlib
import itertools
import os
import queue
import random
import sys
import tempfile
import threading
import weakref

from _rounds import Round, Steps, allowed, check, main


class Buffers(Round):
    """bytearray, array and memoryview: a view keeps its buffer, and who would resize it is refused."""

    def __init__(self):
        self.bytes, self.numbers = bytearray(b"ab" * 50), array.array("q", range(100))

    def step(self, worker):
        pick = worker.random.randrange(8)
        try:
            if pick == 0:
                self.bytes += b"ab"
            elif pick == 1:
                del self.bytes[:2]
            elif pick == 2:
                view = memoryview(self.bytes)
                data = view.tobytes()
                view.release()
                check("torn bytes", data.count(b"a") + data.count(b"b") == len(data))
            elif pick == 3:
                data = bytes(self.bytes)
                check("torn bytes", data.count(b"ab") * 2 == len(data))
            elif pick == 4:
                self.numbers.append(worker.me)
            elif pick == 5:
                self.numbers.pop()
            elif pick == 6:
                check("a torn number", all(0 <= number < 100 for number in self.numbers.tolist()))
            else:
                self.numbers[worker.random.randrange(50)] = worker.random.randrange(100)
                self.bytes.find(b"ba"), self.bytes.upper(), self.bytes.hex()
        except BufferError as error:
            allowed(error, "Existing exports of data", "cannot resize an array that is exporting buffers")
        except IndexError as error:
            allowed(error, "empty", "out of range")

    def close(self, workers):
        check("torn bytes", self.bytes == b"ab" * (len(self.bytes) // 2))


class Iterating(Round):
    """Iterators of each container and of itertools, stepped by all while the container changes."""

    WORDS = ("changed size during iteration", "mutated during iteration", "keys changed during iteration",
             "generator already executing", "cannot re-enter the tee iterator")

    def __init__(self):
        self.list, self.dict, self.set = list(range(50)), dict.fromkeys(range(50)), set(range(50))
        self.deque, self.ordered = collections.deque(range(50)), collections.OrderedDict.fromkeys(range(50))
        self.bytes, self.array = bytearray(range(50)), array.array("b", range(50))
        self.sources = [self.list, self.dict, self.set, self.deque, self.ordered, self.bytes, self.array]
        self.makers = [
            iter, enumerate, itertools.cycle, itertools.chain, itertools.accumulate, itertools.pairwise,
            itertools.groupby, lambda s: zip(s, s), lambda s: map(abs, s), lambda s: filter(None, s),
            lambda s: reversed(list(s)), lambda s: (x for x in s), lambda s: itertools.tee(s)[1],
            lambda s: itertools.islice(s, 0, None, 2),
            lambda s: itertools.zip_longest(s, s), lambda s: itertools.product(list(s), repeat=2),
            lambda s: itertools.combinations(list(s), 2), lambda s: itertools.permutations(list(s), 2),
            lambda s: itertools.compress(s, s), lambda s: itertools.starmap(max, zip(s, s)),
            lambda s: itertools.takewhile(lambda x: True, s), lambda s: itertools.dropwhile(lambda x: False, s)]
        self.shared = [iter(())] * 16

    def step(self, worker):
        pick = worker.random.randrange(4)
        try:
            if pick == 0:
                made = worker.random.choice(self.makers)(worker.random.choice(self.sources))
                self.shared[worker.random.randrange(16)] = made
            elif pick == 1:
                self.change(worker.random.randrange(50), worker.random.randrange(7))
            else:
                for _ in zip(range(10), worker.random.choice(self.shared)):
                    pass
        except RuntimeError as error:
            allowed(error, *self.WORDS)
        except ValueError as error:
            allowed(error, *self.WORDS)

    def change(self, number, pick):
        if pick == 0:
            self.list.append(number)
            del self.list[:1]
        elif pick == 1 and self.dict.pop(number, 1) is not None:
            self.dict[number] = None
        elif pick == 2:
            self.set ^= {number}
        elif pick == 3:
            self.deque.rotate(1)
            self.deque.append(number)
            self.deque.popleft()
        elif pick == 4:
            self.ordered[number] = None
            self.ordered.move_to_end(number)
        elif pick == 5:
            self.bytes[number % len(self.bytes)] = number
        else:
            self.array[number % len(self.array)] = number


class Imports(Round):
    """Modules that all threads import, forget and import again: nobody sees half a module."""

    operations = 40

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        sys.path.insert(0, self.folder.name)
        for number in range(4):
            with open(os.path.join(self.folder.name, f"stress_module{number}.py"), "w") as file:
                file.write(f"first = {number}\nimport stress_module{(number + 1) % 4}\nlast = [{number}] * 5\n")
        importlib.invalidate_caches()

    def step(self, worker):
        number = worker.random.randrange(4)
        name = f"stress_module{number}"
        if worker.random.random() < 0.3:
            sys.modules.pop(name, None)
        try:
            module = importlib.import_module(name)
        except (ImportError, KeyError) as error:  # it was taken out of sys.modules while it was imported
            allowed(error, name, "not in sys.modules", "stress_module")
            return
        except RuntimeError as error:  # two threads that wait for each other's module
            allowed(error, "deadlock detected")
            return
        check("half a module", module.first == number)

    def close(self, workers):
        sys.path.remove(self.folder.name)
        for number in range(4):
            sys.modules.pop(f"stress_module{number}", None)
        self.folder.cleanup()


class Classes(Round):
    """Classes whose attributes, bases and special methods change while others use them."""

    def __init__(self):
        self.base = type("Base", (), {"value": 1, "method": lambda self: 1})
        self.other = type("Other", (self.base,), {"value": 2, "method": lambda self: 2})
        self.kind = type("Kind", (self.base,), {"__slots__": ("a",)})
        self.open = type("Open", (self.base,), {})
        self.objects = [self.open() for _ in range(4)] + [self.kind() for _ in range(4)]
        self.lengths = [lambda self, n=n: n for n in range(1, 4)]

    def step(self, worker):
        target, pick = worker.random.choice(self.objects), worker.random.randrange(10)
        if pick == 0:
            self.base.value = worker.random.randrange(1, 3)
        elif pick == 1:
            self.base.method = worker.random.choice([lambda self: 1, lambda self: 2])
        elif pick == 2:
            self.open.__bases__ = worker.random.choice([(self.base,), (self.other,)])
        elif pick == 3:
            self.base.__len__ = worker.random.choice(self.lengths)
        elif pick == 4:
            self.base.__eq__ = lambda self, other: True
            self.base.__hash__ = lambda self: 5
        elif pick == 5:
            target.a = worker.me
            check("another's attribute", 0 <= target.a < 64)
        elif pick == 6:
            made = type("Made", (self.open,), {"x": worker.me})
            check("a made class", made().x == worker.me and made().value in (1, 2))
            gc.is_tracked(made)
        elif pick == 7:
            self.open.__getattr__ = lambda self, name: name
            check("a missing attribute", getattr(self.objects[0], "missing_name", "missing_name") == "missing_name")
        else:
            for _ in range(20):
                check("another value", target.value in (1, 2) and target.method() in (1, 2))
                check("another answer", isinstance(target, self.base) and target == target)

    def close(self, workers):
        check("the class is spoilt", all(thing.value in (1, 2) for thing in self.objects))
        check("a subclass twice", len(set(map(id, self.base.__subclasses__()))) == len(self.base.__subclasses__()))


class Finalised:
    ended = collections.deque()

    def __init__(self, key):
        self.key, self.loop = key, self

    def __del__(self):
        self.ended.append(self.key)


class Weak(Round):
    """Weak references and finalisers of objects made by all: every object ends once."""

    def __init__(self):
        Finalised.ended.clear()
        self.values, self.keys = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary()
        self.set, self.called = weakref.WeakSet(), collections.deque()

    def step(self, worker):
        thing = Finalised((worker.me, worker.steps))
        worker.steps += 1
        self.values[thing.key] = thing
        self.keys[thing] = thing.key
        self.set.add(thing)
        weakref.finalize(thing, self.called.append, thing.key)
        check("a weak reference to another", self.values.get(thing.key) is thing and self.keys[thing] == thing.key)
        check("a weak set without it", thing in self.set)
        reference, again = weakref.ref(thing), weakref.ref(thing)
        check("two references to one", reference is again and reference() is thing)
        other = self.values.get((worker.random.randrange(8), worker.random.randrange(50)))
        check("a weak reference to another", other is None or type(other) is Finalised)
        if worker.random.random() < 0.1:
            check("a dead one in the set", all(type(one) is Finalised for one in list(self.set)))
            try:
                list(self.values.items()), list(self.keys.items()), len(self.set)
            except RuntimeError as error:
                allowed(error, "changed size during iteration")

    def close(self, workers):
        made = sum(worker.steps for worker in workers)
        for _ in range(5):
            gc.collect()
        check("finalised twice", len(set(self.called)) == len(self.called))
        check("finalised more than made", len(Finalised.ended) <= made and len(self.called) <= made)
        check("__del__ ran twice", len(set(Finalised.ended)) == len(Finalised.ended))


class Interning(Round):
    """The table of interned strings, names of attributes, and small caches of the interpreter."""

    def step(self, worker):
        number = worker.random.randrange(2000)
        one, two = sys.intern(f"name_{number}"), sys.intern("name_" + str(number))
        check("interned twice", one is two)
        thing = type("T", (), {})()
        setattr(thing, f"name_{number}", number)
        check("another's attribute", getattr(thing, "".join(["name_", str(number)])) == number)
        code = compile(f"name_{number} = {number}", "<s>", "exec")
        space = {}
        exec(code, space)
        check("another name", space[one] == number)


class Counters(Round):
    """Counter, OrderedDict and ChainMap whose copies and arithmetic meet changes; defaultdict's one list for a key."""

    def __init__(self):
        self.counter, self.ordered = collections.Counter(), collections.OrderedDict()
        self.default, self.lock = collections.defaultdict(list), threading.Lock()

    def step(self, worker):
        pick, number = worker.random.randrange(7), worker.random.randrange(30)
        try:
            if pick == 0:
                with self.lock:
                    self.counter.update([number])
                worker.notes.append(number)
            elif pick == 1:
                check("a negative count", all(n > 0 for n in dict(self.counter).values()))
            elif pick == 2:
                self.ordered[number] = number
                self.ordered.move_to_end(number, last=bool(number % 2))
            elif pick == 3:
                copied = self.ordered.copy()
                check("another's value", all(key == value for key, value in copied.items()))
                check("a length", len(copied) == len(list(copied)) == len(list(reversed(copied))))
            elif pick == 4:
                self.ordered.pop(number, None)
            elif pick == 5:
                self.default[number].append(worker.me)
            else:
                check("a double", len(set(self.ordered)) <= 30)
        except KeyError as error:
            check("another error", error.args == (number,))
        except RuntimeError as error:
            allowed(error, "mutated during iteration", "changed size during iteration")

    def close(self, workers):
        given = collections.Counter(number for worker in workers for number in worker.notes)
        check("a lost count", self.counter == given)
        check("order and table differ", list(self.ordered) == [key for key, _ in self.ordered.items()])


class Waiting(Round):
    """Queues with ends, conditions, semaphores and barriers, whose waits are short."""

    operations = 60

    def __init__(self):
        self.bounded, self.ordered, self.stack = queue.Queue(3), queue.PriorityQueue(), queue.LifoQueue()
        self.condition, self.tokens = threading.Condition(), 0
        self.semaphore, self.inside = threading.BoundedSemaphore(3), []
        self.event = threading.Event()

    def step(self, worker):
        pick = worker.random.randrange(7)
        if pick == 0:
            self.offer(worker, self.bounded)
        elif pick == 1:
            self.offer(worker, worker.random.choice([self.ordered, self.stack]))
        elif pick < 4:
            self.fetch(worker, worker.random.choice([self.bounded, self.ordered, self.stack]))
        elif pick == 4:
            with self.condition:
                self.tokens += 1
                self.condition.notify(worker.random.randrange(1, 4))
        elif pick == 5:
            with self.condition:
                if self.condition.wait_for(lambda: self.tokens > 0, 0.001):
                    self.tokens -= 1
                check("a token too many was taken", self.tokens >= 0)
        elif self.semaphore.acquire(timeout=0.001):
            self.inside.append(worker.me)
            check("too many inside", len(self.inside) <= 3)
            self.inside.remove(worker.me)
            self.semaphore.release()
            self.event.set() if worker.me % 2 else self.event.clear()

    def offer(self, worker, where):
        item = (worker.me, worker.steps)
        try:
            where.put(item, timeout=0.001)
        except queue.Full:
            return
        worker.steps += 1

    def fetch(self, worker, where):
        try:
            worker.notes.append(where.get(timeout=0.001))
        except queue.Empty:
            pass

    def close(self, workers):
        left = [q.get_nowait() for q in (self.bounded, self.ordered, self.stack) for _ in range(q.qsize())]
        found = sorted(left + [item for worker in workers for item in worker.notes])
        check("an item was lost or doubled", found == sorted((w.me, n) for w in workers for n in range(w.steps)))


class Sorting(Round):
    """sort, heapq, bisect and lru_cache over lists and methods that all share."""

    def __init__(self):
        self.heap, self.list = [], list(range(64))
        self.lock = threading.Lock()
        self.cached = functools.lru_cache(maxsize=16)(lambda n: [n] * 3)
        self.typed = functools.lru_cache(maxsize=None)(lambda *a, **k: (a, tuple(k.items())))

    def step(self, worker):
        pick, number = worker.random.randrange(7), worker.random.randrange(100)
        if pick == 0:
            heapq.heappush(self.heap, number)
            worker.steps += 1
        elif pick == 1:
            try:
                heapq.heappop(self.heap)
                worker.steps -= 1
            except IndexError as error:
                allowed(error, "index out of range")
        elif pick == 2:
            try:
                self.list.sort(key=lambda n: -n)
            except ValueError as error:
                allowed(error, "list modified during sort")
        elif pick == 3:
            check("another list", all(0 <= n < 100 for n in sorted(self.list)))
            bisect.bisect(self.list, number)
        elif pick == 4:
            with self.lock:
                self.list.reverse()
        elif pick == 5:
            check("another's answer", self.cached(number) == [number] * 3)
            if number == 5:
                self.cached.cache_clear()
        else:
            check("another's answer", self.typed(number, a=number) == ((number,), (("a", number),)))

    def close(self, workers):
        check("an item was lost", sorted(self.list) == list(range(64)))


class Frames(Round):
    """Generators, coroutines, tracebacks and frames that another thread looks at while they run."""

    def __init__(self):
        self.shared = [self.numbers() for _ in range(4)]

    @staticmethod
    def numbers():
        number = 0
        while True:
            got = yield number
            number = got if got is not None else number + 1

    def step(self, worker):
        place, pick = worker.random.randrange(4), worker.random.randrange(7)
        generator = self.shared[place]
        try:
            if pick < 2:
                check("another number", next(generator) >= 0)
            elif pick == 2:
                check("another number", generator.send(worker.random.randrange(50)) >= 0)
            elif pick == 3:
                generator.close()
                self.shared[place] = self.numbers()
            elif pick == 4:
                frame = generator.gi_frame
                check("another frame", frame is None or frame.f_code.co_name == "numbers")
                generator.gi_running, generator.gi_yieldfrom
            elif pick == 5:
                for frame in sys._current_frames().values():
                    while frame is not None:
                        check("another line", frame.f_lineno is None or frame.f_lineno >= 0)
                        frame = frame.f_back
            else:
                generator.throw(KeyError("thrown"))
        except (ValueError, TypeError) as error:
            allowed(error, "generator already executing", "can't send non-None value to a just-started generator")
        except KeyError as error:
            check("another error", error.args == ("thrown",) and error.__traceback__ is not None)
            self.shared[place] = self.numbers()
        except StopIteration:
            self.shared[place] = self.numbers()


ROUNDS = {
    "buffers": Buffers, "iterating": Iterating, "imports": Imports, "classes": Classes, "weak": Weak,
    "interning": Interning, "counters": Counters, "waiting": Waiting, "sorting": Sorting, "frames": Frames,
}


main(ROUNDS, Steps, "every shared value stayed whole")
