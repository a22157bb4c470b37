# What becomes of a warning: shown once for a line, always, never, or raised.
import sys
import warnings

sys.stderr = sys.stdout


def old(level=2):
    warnings.warn('old() is old', DeprecationWarning, stacklevel=level)


for _ in range(2):
    old()
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    old()
with warnings.catch_warnings():
    warnings.simplefilter('always')
    for _ in range(2):
        old()
with warnings.catch_warnings():
    warnings.simplefilter('error', DeprecationWarning)
    try:
        old()
    except DeprecationWarning as error:
        print('raised', error)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('default')
    warnings.warn('plain')
    warnings.warn_explicit('explicit', SyntaxWarning, 'file.py', 7)
    warnings.warn(ResourceWarning('instance'))
for record in log:
    print(record.category.__name__, record.message, record.filename.endswith('.py'), record.lineno)
print(warnings.formatwarning('text', UserWarning, 'name.py', 3, 'x = 1'), end='')
for wrong in (lambda: warnings.warn('x', int), lambda: warnings.simplefilter('nothing')):
    try:
        wrong()
    except (TypeError, AssertionError) as error:
        print(type(error).__name__, error)
