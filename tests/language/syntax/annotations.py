import sys
x: int = 5
y: "not evaluated here as a name"
(z): list = []
print(__annotations__)


def f(a: int, b: str = "d", *args: float, c: "quoted", **kw: dict) -> None:
    local: undefined_is_fine = 1
    return local


print(f.__annotations__, f(1, c=2))


class C:
    attr: int
    other: str = "s"

    def m(self) -> "C": ...


print(C.__annotations__, hasattr(C, "attr"), C.m.__annotations__)
c = C()
c.attr: int = 7
print(c.attr)
d = {}
d["k"]: int = 4
print(d)
