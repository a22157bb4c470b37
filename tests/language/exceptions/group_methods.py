g = ExceptionGroup("top", [ValueError(1), TypeError(2), ExceptionGroup("in", [ValueError(3), OSError(4)])])
print(g.message, len(g.exceptions), str(g), repr(g))
print(repr(g.subgroup(ValueError)), g.subgroup(KeyError))
match, rest = g.split(lambda e: isinstance(e, ValueError))
print(repr(match), repr(rest))
print(repr(g.derive([KeyError(5)])))
print(g.subgroup((OSError, TypeError)).exceptions)
for args in (("x",), ("x", []), ("x", [1]), (1, [ValueError()]), ("x", ValueError()), ("x", [KeyboardInterrupt()])):
    try:
        ExceptionGroup(*args)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
print(issubclass(ExceptionGroup, Exception), issubclass(BaseExceptionGroup, BaseException), ExceptionGroup.__mro__[1].__name__)
