values = iter([1, 2, 3, 0, 4])
print(list(iter(lambda: next(values), 0)), list(values))
n = 0


def step():
    global n
    n += 1
    return n


it = iter(step, 4)
print(next(it), list(it), list(it), n)
for call in (lambda: iter(5, 1), lambda: iter(5), lambda: next(5), lambda: next(iter([])), lambda: iter(), lambda: iter(1, 2, 3), lambda: next([])):
    try:
        call()
    except (TypeError, StopIteration) as e:
        print(type(e).__name__, e)
it = iter([1, 2])
print(it is iter(it), next(it), next(it), next(it, None), next(it, "again"))
it = iter("ab")
print([x + y for x in it for y in it], type(iter(())).__name__, type(iter(set())).__name__, type(iter(b"")).__name__, type(iter(print, 1)).__name__)
