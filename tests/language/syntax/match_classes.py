class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Circle:
    def __init__(self, center, radius):
        self.center, self.radius = center, radius


def f(v):
    match v:
        case Point(0, 0):
            return "origin"
        case Point(x, y=0):
            return f"on the x axis at {x}"
        case Point(x=x, y=y) if x == y:
            return f"diagonal {x}"
        case Circle(center=Point(cx, cy), radius=r):
            return f"circle {cx} {cy} {r}"
        case str(text):
            return f"text {text}"
        case int(n) | float(n):
            return f"number {n}"
        case dict(d):
            return f"dict {d}"
        case Point():
            return "some point"
        case _:
            return "unknown"


for v in (Point(0, 0), Point(3, 0), Point(2, 2), Point(1, 2), Circle(Point(1, 2), 3), "t", 5, 2.5, {1: 2}, []):
    print(f(v))
try:
    match Point(1, 2):
        case Point(1, 2, 3):
            pass
except TypeError as error:
    print(error)
try:
    match Circle(1, 2):
        case Circle(1):
            pass
except TypeError as error:
    print(error)
try:
    match 1:
        case describe_nothing.Name:
            pass
except NameError as error:
    print(error)
