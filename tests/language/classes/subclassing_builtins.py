class Stack(list):
    def push(self, x):
        self.append(x)
        return self

    def __getitem__(self, i):
        return ("item", super().__getitem__(i))


s = Stack([1]).push(2)
print(s, len(s), s[0], s == [1, 2], type(s[:]).__name__, type(s + [3]).__name__, type(s.copy()).__name__)


class Default(dict):
    def __missing__(self, key):
        self[key] = made = f"<{key}>"
        return made


d = Default(a=1)
print(d["a"], d["b"], d, d.get("c"), "c" in d)


class Loud(str):
    def __str__(self): return self.upper()
    def __eq__(self, o): return "eq hook"
    __hash__ = str.__hash__


l = Loud("abc")
print(l, repr(l), l + "d", type(l.upper()).__name__, l == "abc", {"abc": 1}.get(str.__str__(l)), f"{l}", "%s" % l)


class Money(float):
    def __repr__(self): return f"${float(self):.2f}"


print(Money(3.14159), Money(1) + 1, [Money(2)])


class T(tuple):
    x = property(lambda self: self[0])


t = T((1, 2))
print(t, t.x, t + (3,), hash(t) == hash((1, 2)), t == (1, 2))


class I(int):
    def __add__(self, o): return I(int(self) + o + 100)


print(I(1) + 1, sum([I(1), I(2)]), I(3) * 2, -I(4), I(5) == 5, {5: "found"}[I(5)], [0, 1, 2][I(1)])


class S(set):
    pass


print(type(S([1]) | {2}).__name__, S([1, 2]) == {1, 2}, S([1]))


class E(Exception):
    def __init__(self, code, *rest):
        super().__init__(*rest)
        self.code = code


try:
    raise E(5, "a", "b")
except E as e:
    print(e.code, e.args, e, repr(e))
