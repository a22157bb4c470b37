# Arguments that nobody means: namespaces that are none, widths beyond all memory, the truth of NotImplemented.
import sys
import warnings


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


class Mapping:
    def __getitem__(self, key):
        return len(key)


attempt(eval, 'x', [])
attempt(eval, 'x', (1,))
attempt(eval, 'x', Mapping())
attempt(eval, 'x', 5)
attempt(eval, 'x', {}, 5)
attempt(eval, '1', {}, [])
attempt(eval, '1', {}, 'text')
attempt(eval, 'name', {}, Mapping())
attempt(exec, '1', [])
attempt(exec, '1', {}, 5)
for method in ('ljust', 'rjust', 'center', 'zfill'):
    for width in (2 ** 62, 2 ** 63 - 1, 2 ** 63):
        attempt(getattr('x', method), width)
for limit in (0, -1, 2 ** 31, 2 ** 40, 2 ** 70, 1.5):
    attempt(sys.setrecursionlimit, limit)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    bool(NotImplemented)
    if NotImplemented: pass
    not NotImplemented
    NotImplemented and 1
    while NotImplemented: break
    print(all([NotImplemented]), NotImplemented.__bool__(), [1 for value in (NotImplemented,) if value])
print([(warning.category.__name__, str(warning.message), warning.lineno) for warning in caught])
warnings.simplefilter('error')
attempt(bool, NotImplemented)
attempt(all, [NotImplemented])
attempt(lambda: 1 if NotImplemented else 2)
