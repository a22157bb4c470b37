"""remove(), sort(key=...), bisect.insort() and the heap functions on a list that eight threads share.

Each finds a place first and changes the list then; what another thread does in between must not lead it astray.
"""
import bisect
import heapq
import threading

THREADS, ROUNDS = 8, 2000


class Guest:
    """Compared by identity, as most objects in lists are."""


def run(work):
    errors = []

    def guarded(me):
        try:
            work(me)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(me,)) for me in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


party = []


def come_and_go(me):
    guest = (Guest(), me, f"guest {me}", ("tuple", me))[me % 4]
    for _ in range(ROUNDS):
        party.append(guest)
        party.remove(guest)


print("remove:", run(come_and_go), party)

numbers = list(range(64))


def sort(me):
    for _ in range(ROUNDS // 20):
        try:
            numbers.sort(key=lambda n: n * (-1) ** me)
        except ValueError as error:  # a list is empty while it is sorted by a key
            assert str(error) == "list modified during sort", error


print("sort:", run(sort), sorted(numbers) == list(range(64)))

ordered = []


def insert(me):
    for n in range(ROUNDS // 4):
        bisect.insort(ordered, (n * 7919 + me) % 1000)


print("insort:", run(insert), len(ordered), ordered == sorted(ordered))

heap, taken = [], [[] for _ in range(THREADS)]


def push_and_pop(me):
    for n in range(ROUNDS // 2):
        heapq.heappush(heap, n * THREADS + me)
        if n % 2:
            taken[me].append(heapq.heappop(heap))


print("heap:", run(push_and_pop), sorted(sum(taken, heap)) == list(range(THREADS * (ROUNDS // 2))))
rest = [heapq.heappop(heap) for _ in range(len(heap))]
print(rest == sorted(rest))
