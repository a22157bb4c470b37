# A copy of a container that others change is made in one step: it shows a state that there was.
import collections
import sys
import threading

sys.setswitchinterval(0.0001)
table = {n: n for n in range(2000)}
numbers = set(table)
ring = collections.deque(table)
stopped = False


def change(me):
    key = me * 10**6
    while not stopped:
        table[key] = key
        numbers.add(key)
        ring.append(key)
        del table[key]
        numbers.discard(key)
        ring.popleft()
        key += 1


COPIES = {
    'list of dict': lambda: list(table),
    'tuple of dict': lambda: tuple(table),
    'set of dict': lambda: set(table),
    'sorted dict': lambda: sorted(table),
    'list of keys': lambda: list(table.keys()),
    'list of values': lambda: list(table.values()),
    'list of items': lambda: list(table.items()),
    'tuple of values': lambda: tuple(table.values()),
    'set of items': lambda: set(table.items()),
    'sorted items': lambda: sorted(table.items()),
    'dict of dict': lambda: dict(table),
    'dict of items': lambda: dict(table.items()),
    'copy of dict': lambda: table.copy(),
    'unpacked dict': lambda: {**table},
    'unpacked keys': lambda: [*table],
    'unpacked items': lambda: [*table.items()],
    'list of set': lambda: list(numbers),
    'tuple of set': lambda: tuple(numbers),
    'set of set': lambda: set(numbers),
    'frozenset of set': lambda: frozenset(numbers),
    'sorted set': lambda: sorted(numbers),
    'copy of set': lambda: numbers.copy(),
    'unpacked set': lambda: [*numbers],
    'list of deque': lambda: list(ring),
    'tuple of deque': lambda: tuple(ring),
}

threads = [threading.Thread(target=change, args=(me,)) for me in (1, 2)]
for thread in threads:
    thread.start()
for name, copy in COPIES.items():
    try:
        lengths = [len(copy()) for _ in range(60)]
        print(name, all(2000 <= length <= 2002 for length in lengths))
    except Exception as error:
        print(name, type(error).__name__, error)
stopped = True
for thread in threads:
    thread.join()
