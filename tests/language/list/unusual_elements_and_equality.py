class Eq:
    def __init__(self, answer): self.answer = answer
    def __eq__(self, o): return self.answer


print([Eq(True)] == [1], [1] == [Eq(True)], [Eq(False)] == [Eq(False)], 5 in [Eq(True)], [Eq(True)].count("x"), [0, Eq(True)].index("y"))
e = Eq(False)
print([e] == [e], e in [e], [e].count(e))


class Boom:
    def __eq__(self, o): raise ValueError("compared")


for f in (lambda: Boom() in [1], lambda: [Boom()] == [1], lambda: [1, Boom()].index(5), lambda: [Boom()].remove(1), lambda: [1].count(Boom())):
    try:
        print(f())
    except ValueError as error:
        print(error)


class Shrinks:
    def __init__(self, target): self.target = target
    def __eq__(self, o):
        self.target.clear()
        return False


victim = [1, 2, 3]
victim[0] = Shrinks(victim)
print(5 in victim, victim)
print(list("abc"), list((1, 2)), list({"k": 1}), list(range(3)), list(), list([1]) is not None, [*"xy", *[1]], list(map(str, [1])), list(b"ab"))
