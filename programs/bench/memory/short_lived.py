"""Fifteen million short-lived objects: memory must not grow with their number."""


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


total = 0
for i in range(5_000_000):
    p = Point(i, [i])
    total += p.x - p.y[0] + len((i, p))
print(total)
