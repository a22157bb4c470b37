# Signatures of all kinds of callables, binding, members, documentation, static look-up, states.
import functools
import inspect


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


def f(a, b: int = 1, /, c=2, *args: str, d, e: 'x' = 5, **kw) -> bool:
    """Doc

        of f
    """


class C:
    """Doc of C"""
    data = 1

    def __init__(self, x, y=0):
        self.x = x

    def method(self, a):
        return a

    @classmethod
    def cm(cls, q):
        """Doc of cm"""

    @staticmethod
    def sm(q):
        pass

    @property
    def prop(self):
        """Doc of prop"""

    part = functools.partialmethod(method, 5)


class D(C):
    def method(self, a):
        pass

    def __call__(self, z):
        pass


@functools.wraps(f)
def wrapper(*args, **kwargs):
    return f(*args, **kwargs)


for thing in (f, C, C.method, C(1).method, C.cm, C.sm, D, D(1), wrapper, lambda x, *, y=3: 0, functools.partial(f, 1, d=4),
              functools.partial(C(1).method), C.part, len, sum, open, 5):
    show(lambda: inspect.signature(thing))
signature = inspect.signature(f)
show(lambda: [(p.name, p.kind.description, p.default is p.empty) for p in signature.parameters.values()])
show(lambda: signature.bind(1, 2, 3, 4, 5, d=6, z=7).arguments)
show(lambda: signature.bind(1, 2, 3, 4, 5, d=6, z=7).args)
for arguments in (((), {}), ((1,), {}), ((1,), {'d': 1, 'a': 5}), ((1,), {'d': 2})):
    show(lambda: signature.bind(*arguments[0], **arguments[1]))
bound = signature.bind_partial(1)
bound.apply_defaults()
print(bound)
show(lambda: inspect.signature(C.method).bind(1, 2, 3))
show(lambda: inspect.Signature([inspect.Parameter('a', inspect.Parameter.KEYWORD_ONLY),
                                inspect.Parameter('b', inspect.Parameter.POSITIONAL_ONLY)]))
show(lambda: inspect.Parameter('1', inspect.Parameter.KEYWORD_ONLY))
show(lambda: inspect.getfullargspec(f))
show(lambda: inspect.getcallargs(f, 1, d=2))
show(lambda: inspect.getcallargs(C(1).method))
print([name for name, _ in inspect.getmembers(C) if not name.startswith('__')])
print([name for name, _ in inspect.getmembers(C(1), inspect.ismethod)])
print([(a.name, a.kind, a.defining_class.__name__) for a in inspect.classify_class_attrs(D) if a.defining_class is not object
       and not a.name.startswith('__')])
print(repr(inspect.getdoc(f)), inspect.getdoc(D.cm), inspect.getdoc(C.prop), inspect.getdoc(D))
print(inspect.cleandoc('a\n    b\n      c\n'))


def generator():
    yield 1


async def coroutine():
    pass


async def agen():
    yield


print([inspect.isgeneratorfunction(x) for x in (generator, coroutine, agen, f)],
      [inspect.iscoroutinefunction(x) for x in (generator, coroutine, agen, functools.partial(coroutine))],
      inspect.isasyncgenfunction(agen))
g = generator()
states = [inspect.getgeneratorstate(g)]
next(g)
states.append(inspect.getgeneratorstate(g))
g.close()
print(states, inspect.getgeneratorstate(g))


class Lazy:
    x = property(lambda self: 1 / 0)

    def __getattr__(self, name):
        raise ZeroDivisionError


show(lambda: [type(inspect.getattr_static(Lazy(), 'x')).__name__, inspect.getattr_static(Lazy(), 'y', 'none')])
show(lambda: inspect.getattr_static(Lazy(), 'y'))
print(inspect.currentframe().f_code.co_name, inspect.isabstract(C), inspect.getmro(D), inspect.unwrap(wrapper) is f)
print(inspect.getclosurevars(show).builtins.keys())
print([inspect.isbuiltin(len), inspect.isroutine(C.method), inspect.ismethoddescriptor(str.join),
       inspect.isdatadescriptor(C.prop), inspect.isclass(C), inspect.ismodule(inspect)])
print(inspect.get_annotations(f), inspect.getmodule(f).__name__)
