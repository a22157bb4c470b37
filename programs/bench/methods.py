"""Method calls: plain, inherited, overridden with super, static, class methods and properties."""


class Shape:
    made = 0

    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side

    def grow(self, by):
        self.side = (self.side + by) % 100
        return self

    @property
    def double(self):
        return self.side * 2

    @staticmethod
    def clip(x):
        return x & 0xFFFF

    @classmethod
    def count(cls):
        cls.made += 1


class Cube(Shape):
    def area(self):
        return super().area() * 6


def run(n):
    total = 0
    shapes = [Shape(3), Cube(4), Shape(5)]
    for i in range(n):
        for shape in shapes:
            total += shape.grow(i & 3).area()
        total = Shape.clip(total + shapes[0].double)
        Shape.count()
    return total, Shape.made


print(*run(600_000))
