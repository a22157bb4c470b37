# Metaclasses, descriptors, __getattr__, __class_getitem__, type(), ABCs, singletons, plugins.
from abc import ABC, abstractmethod


class Field:
    def __init__(self, kind, *, default=None):
        self.kind, self.default = kind, default

    def __set_name__(self, owner, name):
        self.name = name
        owner.fields = {**getattr(owner, "fields", {}), name: self}

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance.__dict__.get(self.name, self.default)

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{type(instance).__name__}.{self.name}: {self.kind.__name__} wanted, got {value!r}")
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        instance.__dict__.pop(self.name, None)


class ModelMeta(type):
    registry = {}

    @classmethod
    def __prepare__(mcs, name, bases, **kwargs):
        return {"created_by": mcs.__name__}

    def __new__(mcs, name, bases, namespace, table=None):
        cls = super().__new__(mcs, name, bases, dict(namespace))
        cls.table = table or name.lower() + "s"
        mcs.registry[name] = cls
        return cls

    def __init__(cls, name, bases, namespace, table=None):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        instance = super().__call__(*args, **kwargs)
        instance.validated = True
        return instance

    def __iter__(cls):
        return iter(cls.fields)

    def __len__(cls):
        return len(cls.fields)

    def __contains__(cls, name):
        return name in cls.fields


class Model(metaclass=ModelMeta):
    fields = {}

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in self.fields)})"


class User(Model):
    name = Field(str)
    age = Field(int, default=0)


class Admin(User, table="staff"):
    rights = Field(list)


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)
        object.__setattr__(self, "_calls", [])

    def __getattribute__(self, name):
        if name.startswith("_"):
            return object.__getattribute__(self, name)
        self._calls.append(name)
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)


class Shape(ABC):
    @property
    @abstractmethod
    def area(self): ...

    @abstractmethod
    def scale(self, k): ...

    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item.__name__}]"


class Square(Shape):
    def __init__(self, side):
        self.side = side

    @property
    def area(self):
        return self.side ** 2

    def scale(self, k):
        return type(self)(self.side * k)


class Singleton:
    _instance = None

    def __new__(cls, *args):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance


user, admin = User(name="ann", age=3), Admin(name="bob", rights=[])
print(user, admin, User.table, Admin.table, list(Admin), len(User), "age" in User, user.validated, User.created_by)
print(sorted(ModelMeta.registry), type(User), isinstance(User, ModelMeta), User.name.kind)
for bad in (lambda: User(age="x"), lambda: setattr(user, "name", 5), lambda: Shape(), lambda: Square(2).nothing):
    try:
        bad()
    except (TypeError, AttributeError) as error:
        print(error)
del user.age
print(user.age, vars(user))
proxy = Proxy(user)
proxy.age = 9
print(proxy.name, user.age, proxy._calls, Square(2).scale(3).area, Shape[int], Square.__abstractmethods__)
print(Singleton() is Singleton(1), Singleton.__mro__)
Point = type("Point", (), {"__slots__": ("x", "y"), "__init__": lambda self, x, y: (setattr(self, "x", x), setattr(self, "y", y))[0]})
p = Point(1, 2)
print(p.x + p.y, Point.__name__, hasattr(p, "__dict__"))
try:
    p.z = 1
except AttributeError as error:
    print(error)


class A:
    def who(self):
        return "A"


class B(A):
    def who(self):
        return "B" + super().who()


class C(A):
    def who(self):
        return "C" + super().who()


class D(B, C):
    pass


print(D().who(), [k.__name__ for k in D.__mro__])
try:
    type("X", (A, B), {})
except TypeError as error:
    print(str(error).splitlines()[0])
