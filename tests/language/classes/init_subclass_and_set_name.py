class Plugin:
    registry = {}

    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        print("init_subclass", cls.__name__, key)
        Plugin.registry[key or cls.__name__.lower()] = cls


class Csv(Plugin): pass
class Json(Plugin, key="js"): pass
class Sub(Json): pass


print({k: v.__name__ for k, v in Plugin.registry.items()})
try:
    class Wrong(Plugin, unknown=1): pass
except TypeError as error:
    print(error)


class Field:
    def __set_name__(self, owner, name):
        self.label = f"{owner.__name__}.{name}"


class Model:
    a = Field()
    b = c = Field()


print(Model.a.label, Model.b.label)
Model.late = Field()
print(hasattr(Model.late, "label"))


class Raises:
    def __set_name__(self, owner, name):
        raise ValueError("refused")


try:
    class X:
        r = Raises()
except Exception as error:
    print(type(error).__name__, error, repr(error.__cause__))
