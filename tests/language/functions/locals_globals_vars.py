x = 1


def f(a, b=2):
    c = a + b

    def g():
        return c
    return sorted(locals().items(), key=lambda kv: kv[0])[:3], "x" in globals()


print(f(1))


def h():
    y = 1
    d = locals()
    d["y"] = 100
    return y


print(h())


class C:
    a = 1
    names = sorted(k for k in locals() if not k.startswith("__"))


print(C.names)
globals()["made"] = 7
print(made, vars()["x"])
namespace = {"z": 5}
exec("w = z * 2\ndef k(): return w + z", namespace)
print(namespace["w"], namespace["k"]())
print(eval("a + b", {"a": 1}, {"b": 2}))
try:
    eval("a + c", {"a": 1})
except NameError as error:
    print(error)
