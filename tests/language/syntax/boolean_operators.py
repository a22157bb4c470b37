def v(x):
    print("v", repr(x))
    return x


print(v(0) or v("") or v(None))
print(v(1) and v("a") and v([]))
print(v(0) and v(1) or v(2))
print(not v(""), not v("a"))
print(1 if v(0) else 2 if v(1) else 3)


class Truth:
    def __init__(self, t):
        self.t = t

    def __bool__(self):
        print("bool")
        return self.t


class Sized:
    def __len__(self):
        print("len")
        return 0


if Truth(True) and not Truth(False):
    print("both")
print(bool(Sized()))
while Truth(False):
    pass
else:
    print("else")


class Bad:
    def __bool__(self):
        return 1


try:
    not Bad()
except TypeError as error:
    print(error)
