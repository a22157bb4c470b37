class Shape:
    def area(self):
        raise NotImplementedError(f"{type(self).__name__} has no area")

    def __add__(self, other):
        return NotImplemented


class Square(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2


print(Square(3).area())
try:
    Shape().area()
except NotImplementedError as error:
    print(repr(error))
try:
    Shape() + 1
except TypeError as error:
    print(error)
print(NotImplemented, type(NotImplemented).__name__, NotImplemented is NotImplemented)
