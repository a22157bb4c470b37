# Copies and pickles of OSError and ImportError keep the fields that are no arguments; modules are shown by what they know.
import copy
import pickle
import types


class Own(ImportError):
    pass


errors = [OSError(2, 'text', 'file'), OSError(2, 'text', 'one', None, 'two'), OSError(2, 'text'), OSError('only'),
          ImportError('text', name='module', path='here'), ImportError('text'),
          Own('text', name='module'), FileNotFoundError(2, 'none', b'bytes')]
for error in errors:
    error.extra = 'kept'
    for make in copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error, 0)), \
            lambda error: pickle.loads(pickle.dumps(error)):
        other = make(error)
        names = ('errno', 'filename', 'filename2', 'name', 'path', 'msg', 'extra')
        assert type(other) is type(error) and other.args == error.args
        assert all(getattr(other, name, '-') == getattr(error, name, '-') for name in names), (error, make)
    print(repr(error), error.__reduce__())
error = ImportError('text', name='n', path='p')
error.__init__()
print(error.args, error.msg, error.name, error.path)

try:
    (lambda **keywords: None)(**{1: 3}, **{1: 5})
except TypeError as error:
    print(error)


class Bare:
    pass


class Describes:
    @classmethod
    def module_repr(cls, module):
        return f'<module {module.__name__!r} (crafted)>'


class Shown:
    def __repr__(self):
        return 'the loader'


for loader in None, Shown(), Describes:
    for file in None, 'file.py':
        module = types.ModuleType('name')
        module.__loader__ = loader
        if file:
            module.__file__ = file
        print(repr(module))
        del module.__name__
        print(repr(module))
