class Counter:
    total = 0

    def __init__(self): type(self).bump()

    @classmethod
    def bump(cls, by=1):
        cls.total += by
        return cls

    @staticmethod
    def helper(x): return x * 2

    @classmethod
    @property
    def doc(cls): return cls.__name__


class Sub(Counter): pass


Counter(); Sub(); Sub()
print(Counter.total, Sub.total, Counter.helper(4), Counter().helper(5))
print(Sub.bump(10).total, Counter.total, Counter.__dict__["helper"].__func__(3), type(Counter.__dict__["bump"]).__name__)
f = staticmethod(lambda x: x + 1)
print(f(3), f.__func__(4))
print(Counter.bump.__func__ is Sub.bump.__func__, Counter.bump == Counter.bump)
alias = Sub.bump
print(alias.__self__.__name__)
