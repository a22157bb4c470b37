class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __format__(self, spec):
        return f"<{spec or 'plain'}:{self.x},{self.y}>"

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


p = Point(1, 2)
print(f"{p} {p:wide} {p!r} {p!r:>14} {p=}")
print(f"{p.x + p.y} {p.__class__.__name__}")
try:
    f"{'text':d}"
except ValueError as error:
    print(error)
try:
    f"{[]:5}"
except TypeError as error:
    print(error)
try:
    f"{undefined_name}"
except NameError as error:
    print(error)
print(f"{'x':{'>' + str(3)}}", f"{3.0:{'.'}{'1'}f}")
