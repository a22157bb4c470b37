class Outer:
    limit = 3

    class Inner:
        def __init__(self, parent): self.parent = parent
        def limit(self): return self.parent.limit

    def make(self): return self.Inner(self)

    def local(self):
        class Local(Outer):
            limit = 10
        return Local()


o = Outer()
print(o.make().limit(), o.local().make().limit(), Outer.Inner.__qualname__, type(o.local()).__qualname__)


class Loop:
    squares = []
    for i in range(4):
        squares.append(i * i)
    if len(squares) > 3:
        big = True
    try:
        bad = 1 / 0
    except ZeroDivisionError:
        bad = "handled"
    with_lambda = lambda self: self.squares


print(Loop.squares, Loop.i, Loop.big, Loop.bad, Loop().with_lambda())


def f():
    return [type(f"C{i}", (), {"i": i}) for i in range(3)]


print([c.__name__ + str(c.i) for c in f()])
