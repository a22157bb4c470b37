class A:
    pass


class B:
    def __repr__(self): return "B()"


class C(B):
    def __str__(self): return "C as str"


class D(C):
    def __format__(self, spec): return f"D<{spec}>"


print(repr(A()).startswith("<__main__.A object at 0x"), str(B()), repr(C()), str(C()), [C()], {1: C()}, f"{D():x} {D()} {D()!s} {D()!r}")
print("%s %r" % (C(), C()), "{} {!r} {:z}".format(C(), C(), D()), format(D(), "q"))


class BadRepr:
    def __repr__(self): return 5


class BadStr:
    def __str__(self): return None


class BadFormat:
    def __format__(self, s): return 1


for call in (lambda: repr(BadRepr()), lambda: str(BadRepr()), lambda: str(BadStr()), lambda: format(BadFormat()), lambda: format(A(), "x")):
    try:
        call()
    except TypeError as error:
        print(error)


class Outer:
    class Inner: pass


print(Outer.Inner, Outer.Inner().__class__.__qualname__)
