"""A copy of an OrderedDict, or of a view of one, shows one moment of it and never fails, while others change its order."""
import collections
import threading

shared = collections.OrderedDict((n, n) for n in range(50))
over, problems = threading.Event(), []


def change(me):
    count = 0
    while not over.is_set():
        count += 1
        shared[me, count] = me, count
        if count % 3 == 0:
            shared.move_to_end(count % 50, last=count % 2 == 0)
        if count > 20:
            shared.pop((me, count - 20), None)


def copies():
    yield list(shared)
    yield tuple(shared.keys())
    yield set(shared)
    yield sorted(shared, key=str)
    yield list(shared.values())
    yield [key for key, value in list(shared.items()) if key == value]
    for copy in (dict(shared), shared.copy(), dict(shared.items()), collections.OrderedDict(shared)):
        yield [key for key, value in copy.items() if key == value]


def read():
    try:
        for _ in range(200):
            for copy in copies():
                numbers = [key for key in copy if isinstance(key, int)]
                if sorted(numbers) != list(range(50)):
                    problems.append(copy)
    except Exception as problem:
        problems.append(problem)


changers = [threading.Thread(target=change, args=(me,)) for me in range(2)]
readers = [threading.Thread(target=read) for _ in range(2)]
for thread in changers + readers:
    thread.start()
for thread in readers:
    thread.join()
over.set()
for thread in changers:
    thread.join()
print(problems[:3])
