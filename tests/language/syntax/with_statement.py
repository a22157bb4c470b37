class Manager:
    def __init__(self, name, suppress=False):
        self.name, self.suppress = name, suppress

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value, traceback is not None)
        return self.suppress


with Manager("a") as a, Manager("b") as b:
    print(a, b)
with (Manager("c") as c, Manager("d"),):
    print(c)
with Manager("quiet", True):
    raise ValueError("hidden")
try:
    with Manager("outer"):
        with Manager("inner"):
            raise KeyError("seen")
except KeyError as error:
    print("caught", error)


def returns():
    with Manager("r") as r:
        return r


print(returns())
for i in range(2):
    with Manager(f"loop{i}"):
        if i == 0:
            continue
        break
with Manager("t") as (x):
    print(x)
with Manager("xy") as (p, q):
    print(p, q)
try:
    with 5:
        pass
except TypeError as error:
    print(error)
