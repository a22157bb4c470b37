class Recording(dict):
    def __setitem__(self, key, value):
        print("set", key)
        super().__setitem__(key, value)

    def __missing__(self, key):
        if key.startswith("auto_"):
            return f"made {key}"
        raise KeyError(key)


class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        print("prepare", name, bases, kw)
        return Recording()

    def __new__(mcls, name, bases, namespace, **kw):
        return super().__new__(mcls, name, bases, dict(namespace))


class C(metaclass=Meta, flag=True):
    x = auto_one
    x = 2

    def f(self): pass

    del x


print(sorted(k for k in vars(C) if not k.startswith("__")))
try:
    class D(metaclass=Meta):
        y = unknown
except NameError as error:
    print(error)
