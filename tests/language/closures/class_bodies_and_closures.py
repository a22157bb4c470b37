def f():
    x = "enclosing"

    class C:
        x = "class"
        z = x

        def method(self):
            return x
    return C


C = f()
print(C.z, C().method())
x = "global"


class D:
    x = x + " copied"

    def m(self):
        return x

    values = [x for _ in range(1)]


print(D.x, D().m(), D.values)


class E:
    def who(self):
        return __class__


print(E().who() is E)
