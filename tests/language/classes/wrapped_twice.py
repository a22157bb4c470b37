# Methods wrapped in methods, what they say about themselves, and properties of a nested class.
class A:
    class B:
        @property
        def foo(self):
            pass

    @classmethod
    @property
    def name(cls):
        return 'p' + cls.__name__

    @classmethod
    @classmethod
    def twice(cls):
        return cls.__name__

    @staticmethod
    def s(x: int) -> str:
        pass


for f in (lambda: setattr(A.B(), 'foo', 1), lambda: delattr(A.B(), 'foo')):
    try:
        f()
    except AttributeError as e:
        print(e)
print(A.name, A.twice(), A().twice())
print(A.__dict__['s'].__annotations__, sorted(A.__dict__['twice'].__dict__))
