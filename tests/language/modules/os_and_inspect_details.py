# Results of stat cannot be changed; what os exports; sources of functions under decorators with arguments; attributes that
# come from a metaclass; generic aliases of more classes.
import inspect
import os
import weakref

result = os.stat('.')
for name in 'st_mode', 'st_rdev', 'parrot':
    try:
        setattr(result, name, 1)
    except AttributeError as error:
        print(name, type(error).__name__)
print({'open', 'walk', 'stat', 'environ', 'path'} <= set(os.__all__), 'sys' in os.__all__)
print(os.get_exec_path({b'PATH': b'/a:/b'}), os.get_exec_path({'PATH': b'/c'}))


def factory(*args, **keywords):
    return lambda function: function


@factory(one=(1 + 2), two=lambda: 1)
@factory([1,
          (2)])
def decorated(foo=0, bar=lambda: False):
    return None


print(inspect.getsource(decorated))


class Meta(type):
    fish = 'slap'

    def __dir__(cls):
        return ['__class__', '__module__', '__name__', 'BOOM', 'fish']

    def __getattr__(self, name):
        if name == 'BOOM':
            return 42
        return super().__getattr__(name)


class Class(metaclass=Meta):
    pass


print([(found.name, found.kind, found.defining_class.__name__) for found in inspect.classify_class_attrs(Class)
       if found.name in ('BOOM', 'fish')])
print({'getsource', 'signature'} <= set(dir(inspect)))


class Property:
    executed = False

    @property
    def __class__(self):
        self.executed = True
        return object


thing = Property()
print(inspect.getattr_static(thing, 'executed'), thing.executed)


async def generate():
    yield


print(type(generate())[int], weakref.ref[int], '__origin__' in dir(list[int]), 'append' in dir(list[int]))
