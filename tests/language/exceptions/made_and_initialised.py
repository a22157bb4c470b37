"""What is made when an exception class is called: arguments, fields, own __new__ and __init__, keywords."""


class Plain(ValueError):
    pass


class WithInit(KeyError):
    def __init__(self, a, b=2):
        super().__init__(a)
        self.b = b


class WithNew(OSError):
    def __new__(cls, *args):
        self = super().__new__(cls, *args)
        self.note = len(args)
        return self


class Both(StopIteration, Exception):
    pass


class Meta(type):
    def __call__(cls, *args):
        return cls.__name__, args


class Called(Exception, metaclass=Meta):
    pass


def show(make, *args, **keywords):
    try:
        e = make(*args, **keywords)
    except TypeError as error:
        print("TypeError", error)
        return None
    if isinstance(e, BaseException):
        names = ["value", "code", "errno", "strerror", "filename", "msg", "name", "path", "obj", "b", "note", "lineno", "encoding"]
        print(repr(e), str(e), e.args, {n: getattr(e, n) for n in names if hasattr(e, n)})
    else:
        print(e)
    return e


for cls in (ValueError, Plain, KeyError, StopIteration, Both, SystemExit, OSError, WithNew, ImportError, NameError, AttributeError,
            KeyboardInterrupt, MemoryError, BaseException, Called):
    for args in ((), (1,), (2, "no such file"), (13, "denied", "name"), ("m", ("f", 1, 2, "t"))):
        show(cls, *args)
show(WithInit, 1)
show(WithInit, 1, 3)
show(WithInit)
show(ImportError, "x", name="n", path="p")
show(NameError, "x", name="n")
show(ValueError, x=1)
show(UnicodeDecodeError, "utf-8", b"abc", 1, 2, "reason")
show(UnicodeDecodeError, "utf-8")

e = StopIteration(1)
e.value = 5
e.__init__(1)
print(e.value, e.args)
e.__init__(2, 3)
print(e.value, e.args)
e = Plain.__new__(Plain, 1, 2)
print(e.args)
e.__init__(3)
print(e.args)
e.extra = [1]
print(e.__dict__)


def catch():
    found = []
    for cls in (ValueError, Plain, KeyError, WithInit, ZeroDivisionError):
        try:
            raise cls("text")
        except (KeyError, Plain) as error:
            found.append(("first", error.args))
        except ValueError as error:
            found.append(("second", error.args))
        except Exception as error:
            found.append((type(error).__name__, error.args))
    return found


print(catch(), catch())
d = {1: "a", 2: "b", 3: "c"}
for k in d:
    for v in d.values():
        print(k, v, end=" ")
del d[2]
for k in d:
    print(k, end=" ")
it = iter(d)
next(it)
d[9] = 1
try:
    for k in it:
        print("never")
except RuntimeError as error:
    print(error)
