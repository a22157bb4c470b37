# A submodule is no attribute of its package before it is loaded: who is in a circle is told.
import os
import sys

folder = os.environ['TMPDIR']
os.makedirs(os.path.join(folder, 'circle', 'inner'))
for path, text in (('circle/__init__.py', ''),
                   ('circle/inner/__init__.py', 'import circle.inner.leaf\nimport circle.inner\n'),
                   ('circle/inner/leaf.py', 'import circle.inner\ncircle.inner\n'),
                   ('circle/half.py', 'import circle.other\nvalue = 1\n'),
                   ('circle/other.py', 'import sys\nsys.modules["circle.half"].value\n')):
    with open(os.path.join(folder, path), 'w') as file:
        file.write(text)
sys.path.insert(0, folder)
for name in ('circle.inner', 'circle.half'):
    try:
        __import__(name)
    except AttributeError as error:
        print(error)
import circle
try:
    circle.nothing
except AttributeError as error:
    print(error)
