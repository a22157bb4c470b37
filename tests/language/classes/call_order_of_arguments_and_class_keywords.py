def note(x):
    print("eval", x)
    return x


class Base:
    def __init_subclass__(cls, **kw):
        print("kw", kw)


@(lambda c: (print("decorate"), c)[1])
class C(*[Base], **{"a": note(1)}, b=note(2)):
    print("body")
    attribute = note("attribute")


print(C.attribute)


class D(note(Base).__mro__[0], c=3):
    pass
