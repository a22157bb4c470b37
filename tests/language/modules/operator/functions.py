import operator as op
print(op.add(1, 2), op.sub(5, 3), op.mul("a", 3), op.truediv(1, 4), op.floordiv(7, 2), op.mod(7, 3), op.pow(2, 5), op.neg(3), op.pos(-3), op.abs(-4), op.invert(5), op.lshift(1, 4), op.rshift(16, 2), op.and_(6, 3), op.or_(6, 3), op.xor(6, 3), op.not_(0), op.truth([1]))
print(op.lt(1, 2), op.le(2, 2), op.eq(1, 1.0), op.ne(1, 2), op.ge(1, 2), op.gt(3, 2), op.is_(None, None), op.is_not(1, None), op.contains([1, 2], 2), op.countOf([1, 1, 2], 1), op.indexOf([5, 6], 6), op.getitem({"k": 1}, "k"), op.concat([1], [2]), op.index(5), op.length_hint([1, 2]), op.matmul.__name__)
a = [1, 2, 3]
op.setitem(a, 0, "x"); op.delitem(a, 1)
print(a, op.iadd([1], [2]), op.imul(3, 4))


class P:
    def __init__(self, x, y): self.x, self.y = x, y
    def m(self, *a, **k): return (self.x, a, k)


p = P(1, P(2, 3))
print(op.itemgetter(1)("abc"), op.itemgetter(0, 2)([5, 6, 7]), op.itemgetter(slice(1, 3))("abcd"), op.attrgetter("x")(p), op.attrgetter("y.x", "x")(p), op.methodcaller("m", 5, k=6)(p), op.methodcaller("upper")("abc"))
print(sorted([(1, "b"), (2, "a")], key=op.itemgetter(1)), max([P(1, 0), P(5, 0)], key=op.attrgetter("x")).x, list(map(op.mul, [1, 2], [3, 4])), op.itemgetter("k")({"k": 1}), repr(op.itemgetter(1)), op.call(len, "abc"))
for call in (lambda: op.itemgetter(5)([1]), lambda: op.attrgetter("zz")(p), lambda: op.add(1), lambda: op.add(1, "a"), lambda: op.indexOf([1], 2), lambda: op.attrgetter(5), lambda: op.itemgetter(), lambda: op.index(1.5)):
    try:
        print(call())
    except (IndexError, AttributeError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
