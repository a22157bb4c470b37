# A class gains a data descriptor after instances were read and written in the same places.


class Point:
    def __init__(self, x):
        self.x = x
        self.y = -x


class Sub(Point):
    pass


def read(point):
    return point.x


def write(point, value):
    point.x = value


points = [Point(1), Sub(2)]
for _ in range(50):
    for point in points:
        write(point, read(point))
print([read(point) for point in points])

# A plain value first: the instance's own attribute still wins.
Point.x = "class"
print([read(point) for point in points])

# Many names are looked up in between, so that what is remembered about the class grows.
for i in range(100):
    getattr(points[1], f"name_{i}", None)

log = []
Point.x = property(lambda self: "property", lambda self, value: log.append(value))
print([read(point) for point in points])
for point in points:
    write(point, 7)
print(log, [point.__dict__["x"] for point in points])

# A name that nobody asked for before.
Point.z = property(lambda self: self.y * 10)
print([point.z for point in points])
del Point.x
print([read(point) for point in points])
