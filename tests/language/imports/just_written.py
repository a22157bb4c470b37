# A module that was written a moment ago, by a file that nobody closed, is whole when it is imported.
import os
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    sys.path.insert(0, folder)
    for number in range(3):
        writer = open(os.path.join(folder, f'fresh{number}.py'), 'w')
        writer.write(f'value = {number} * 2\n')
        if sys.implementation.name == 'cpython':
            writer.flush()
        print(__import__(f'fresh{number}').value)
    writer = open(os.path.join(folder, 'broken.py'), 'w')
    writer.write('if True:\nprint(1)\n')
    if sys.implementation.name == 'cpython':
        writer.flush()
    try:
        import broken
    except SyntaxError as error:
        print(type(error).__name__, error.lineno, error.offset, error.end_offset, repr(error.text))
