class A:
    def who(self): return ["A"]


class B(A):
    def who(self): return ["B"] + super().who()


class C(A):
    def who(self): return ["C"] + super().who()


class D(B, C):
    def who(self): return ["D"] + super().who()


print(D().who(), [c.__name__ for c in D.__mro__])
print(D.mro() == list(D.__mro__))


class X: pass
class Y: pass
class XY(X, Y): pass
class YX(Y, X): pass


try:
    class Z(XY, YX): pass
except TypeError as error:
    print(error)
try:
    class Dup(X, X): pass
except TypeError as error:
    print(error)
print([c.__name__ for c in type("T", (C, X, B), {}).__mro__])
try:
    class Bad(5): pass
except TypeError as error:
    print(error)
try:
    class Final(bool): pass
except TypeError as error:
    print(error)
