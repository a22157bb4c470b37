from __future__ import annotations


def f(x: unknown[1, 2], y: a.b.c = 3, *z: lambda: 0) -> list[int] | None:
    pass


print(f.__annotations__)
class C:
    field: dict[str, int]
    other: not_defined
print(C.__annotations__)
