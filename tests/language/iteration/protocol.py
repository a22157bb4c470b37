class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Count(3)), tuple(Count(2)), sum(Count(4)), max(Count(5)), sorted(Count(3)), dict(zip("ab", Count(2))), [*Count(2)], {x for x in Count(1)}, "".join(map(str, Count(3))), 1 in Count(3), any(Count(3)), all(Count(3)), list(map(str, Count(2))), list(filter(None, Count(3))), list(enumerate(Count(2), 5)), list(zip(Count(3), Count(2))))
a, b, c = Count(3)
print(a, b, c)
first, *rest = Count(4)
print(first, rest, min(Count(3), default="x"), min(Count(0), default="empty"), next(Count(1)), next(Count(0), "default"))


class NotIterator:
    def __iter__(self): return 5


class NoNext:
    def __iter__(self): return self


class Raises:
    def __iter__(self): raise ValueError("iter")


class NextRaises:
    def __iter__(self): return self
    def __next__(self): raise KeyError("next")


class NoneIter:
    __iter__ = None


for obj in (5, None, NotIterator(), NoNext(), Raises(), NextRaises(), NoneIter(), 1.5, object, len):
    try:
        for x in obj:
            pass
    except (TypeError, ValueError, KeyError) as e:
        print(type(e).__name__, e)
