"""Reading and writing attributes of instances of several classes and of slots."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Child(Point):
    scale = 2


def run(n):
    p, s, c = Point(1, 2), Slotted(3, 4), Child(5, 6)
    for i in range(n):
        p.x = p.y + i
        s.x = s.y + p.x
        c.x = c.y * c.scale
        p.y = s.x & 1023
        s.y = c.x
        c.y = p.y
    return p.x, s.x, c.x


print(*run(5_000_000))
