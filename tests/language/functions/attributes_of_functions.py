def f(a, b=1, *args, c=2, **kw):
    """Docs."""
    local = a
    return local


print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__)
print(f.__code__.co_name, f.__code__.co_argcount, f.__code__.co_kwonlyargcount, f.__code__.co_varnames)
f.tag = "x"
print(f.__dict__, f.tag)
f.__name__ = "renamed"
f.__doc__ = None
print(f.__name__, f.__qualname__, f.__doc__)
del f.tag
try:
    f.tag
except AttributeError as error:
    print(error)
try:
    f.__name__ = 5
except TypeError as error:
    print(error)
print(f.__globals__ is globals(), callable(f), f == f)


class C:
    def m(self):
        def inner(): pass
        return inner


print(C.m.__qualname__, C().m().__qualname__, (lambda: 0).__qualname__)
