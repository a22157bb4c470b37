# Code that runs in namespaces and with builtins that are no plain dictionaries, and classes that are their own repr.
class Readonly(dict):
    def __setitem__(self, key, value):
        raise PermissionError(key)


class Failing(dict):
    def __getitem__(self, key):
        raise LookupError('asked for ' + key)


class Missing(dict):
    def __missing__(self, key):
        return 'made ' + key


def attempt(source, names):
    try:
        exec(source, names)
        print('fine')
    except Exception as error:
        print(type(error).__name__, error)


attempt('print(1)', {'__builtins__': 123})
attempt('print(1)', {'__builtins__': {}})
attempt('class A: pass', {'__builtins__': {}})
attempt('class A: pass', {'__builtins__': Readonly(__builtins__.__dict__)})
attempt('x = 1', Readonly())
attempt('name', Failing({'name': 1}))
attempt('name', {'__builtins__': Failing({'name': 1})})
attempt('print(name)', {'__builtins__': Missing(print=print)})
attempt('name', {'__builtins__': Missing})
attempt('name', {'__builtins__': type('Plain', (dict,), {})({'name': 1})})


class Own:
    pass


Own.__repr__ = Own.__str__
for text in (str, repr):
    try:
        text(Own())
    except RecursionError as error:
        print('RecursionError')


# The dictionary of an instance that is a class or a module is the built-in kind's.
class Base:
    pass


class Meta(type, Base):
    pass


class WithMeta(metaclass=Meta):
    a = 1


module = type('Module', (type(__builtins__), Base), {})('m')
for thing in (WithMeta, module):
    print(Base.__dict__['__dict__'].__get__(thing).get('a'))
    for change in (lambda: Base.__dict__['__dict__'].__set__(thing, {}), lambda: Base.__dict__['__dict__'].__delete__(thing)):
        try:
            change()
        except (AttributeError, TypeError) as error:
            print(type(error).__name__)
