class Meta(type):
    def __instancecheck__(cls, obj): return obj == 5
    def __subclasscheck__(cls, sub): return sub is int


class Five(metaclass=Meta): pass


print(isinstance(5, Five), isinstance(6, Five), issubclass(int, Five), issubclass(str, Five))
print(isinstance(True, int), isinstance(1, (str, (float, int))), issubclass(bool, (str, int)), isinstance(None, type(None)))
print(isinstance(type, object), isinstance(object, type), issubclass(type, object), type(type) is type)


class Duck:
    @property
    def __class__(self): return int


print(isinstance(Duck(), int), isinstance(Duck(), Duck), type(Duck()).__name__)
for source in ("isinstance(1, [int])", "isinstance(1, 'int')", "issubclass(1, int)", "issubclass(int, 1)", "isinstance(1, (int, 'x'))", "isinstance('a', (int, 'x'))"):
    try:
        print(eval(source))
    except TypeError as error:
        print(source, "->", error)


class A: pass
class B(A): pass


print([c.__name__ for c in A.__subclasses__()], B.__base__.__name__, object.__bases__, A.__subclasses__()[0] is B)
