# create_autospec checks the arguments of class methods, static methods and methods, on the class and on instances.
import inspect
from unittest import mock


class Thing:
    @classmethod
    def of_class(cls, a, b=1):
        pass

    @staticmethod
    def of_nobody(a):
        pass

    def of_instance(self, a):
        pass


def shown(work):
    try:
        return type(work()).__name__
    except (TypeError, AttributeError) as problem:
        return f'{type(problem).__name__}: {problem}'


for target in mock.create_autospec(Thing), mock.create_autospec(Thing)(), mock.create_autospec(Thing()):
    for name in 'of_class', 'of_nobody', 'of_instance':
        for arguments in (), (1,), (1, 2), (1, 2, 3):
            print(name, arguments, shown(lambda: getattr(target, name)(*arguments)))
        print(inspect.signature(getattr(target, name)))
print(shown(lambda: mock.create_autospec(Thing.of_class)()), shown(lambda: mock.create_autospec(Thing().of_instance)(1)))
with mock.patch.object(Thing, 'of_class', autospec=True) as patched:
    print(shown(lambda: Thing.of_class(1)), patched.call_args)
