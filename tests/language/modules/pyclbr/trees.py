# pyclbr: classes and functions of sources, where they are, what is in them, bases from other modules, packages.
import os
import pyclbr
import sys
import tempfile

folder = tempfile.mkdtemp()
FILES = {
    'first.py': 'import os\nclass Base: pass\nclass Other(Base, metaclass=type):\n    def method(self): pass\n'
                '    async def other(self):\n        def inner(): pass\n    class Deep(Base): pass\n\n'
                'def function():\n    pass\n',
    'second.py': 'from first import Base as Renamed, Other\nimport first\nfrom nowhere import x\n'
                 'class Mine(Renamed, first.Other, Unknown): pass\n'
                 'if True:\n    def hidden(): pass\n@decorator\nasync def late(): pass\n',
    'third.py': 'from first import *\nclass Last(Other): pass\n',
    'pack/__init__.py': 'class InPackage: pass\n',
    'pack/sub.py': 'from . import InPackage\nfrom pack import InPackage as Again\nclass Sub(Again): pass\n',
}
for name, text in FILES.items():
    os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
    with open(os.path.join(folder, name), 'w') as file:
        file.write(text)


def show(found, depth=1):
    for name, one in found.items():
        if isinstance(one, list):
            print('  ' * depth, name, [os.path.basename(path) for path in one])
            continue
        kind = type(one).__name__
        facts = ([base if isinstance(base, str) else base.name for base in one.super],
                 one.methods) if kind == 'Class' else one.is_async
        print('  ' * depth, name, kind, one.module, os.path.basename(one.file), one.lineno, one.end_lineno,
              one.parent and one.parent.name, facts)
        show(one.children, depth + 1)


for name in 'first', 'second', 'third', 'pack', 'pack.sub':
    print(name)
    show(pyclbr.readmodule_ex(name, [folder]))
print(sorted(pyclbr.readmodule('second', [folder])), pyclbr.readmodule_ex('sys'))
for name in 'no_such_module', 'first.below':
    try:
        pyclbr.readmodule_ex(name, [folder])
    except ImportError as error:
        print(type(error).__name__, error)
