# Modules in ZIP archives, finders of sys.path_hooks and sys.meta_path, old and new, namespace packages whose folders
# change, and what importlib tells about all of them.
import importlib
import importlib.metadata
import importlib.resources
import importlib.util
import os
import pkgutil
import runpy
import subprocess
import sys
import types
import warnings
import zipfile
import zipimport

warnings.simplefilter('ignore')
root = os.environ.get('TMPDIR', '/tmp')
os.chdir(root)


def write(path, text=''):
    os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)


def archive(name, files, start=b''):
    with open(name, 'wb') as file:
        file.write(start)
        with zipfile.ZipFile(file, 'a', zipfile.ZIP_DEFLATED) as made:
            for path, text in files.items():
                made.writestr(path, text)


# An archive on the path, and a folder inside of one.
archive('lib.zip', {
    'zipped/__init__.py': 'where = __file__\n', 'zipped/part.py': 'value = 42\ndef fail(): 1 / 0\n',
    'zipped/data.txt': 'some text', 'zipped/deep/__init__.py': '', 'plain.py': "name = 'plain'\r\nother = 1\r\n",
    'broken.py': 'x = = 1\n', 'inside/tool.py': 'print("tool")\n',
    'thing-1.5.dist-info/METADATA': 'Name: thing\nVersion: 1.5\nKeywords: a b\n\nWords\n',
    'thing-1.5.dist-info/entry_points.txt': '[console_scripts]\nthing = plain:name\n'}, b'#!/bin/false\n')
sys.path.insert(0, os.path.join(root, 'lib.zip'))
import zipped.part
import plain
print(os.path.relpath(zipped.where, root), zipped.part.value, plain.name, plain.other)
print(type(zipped.__loader__).__name__, zipped.__spec__.has_location, zipped.__path__ == [os.path.join(root, 'lib.zip', 'zipped')])
print(importlib.resources.read_text('zipped', 'data.txt'), sorted(importlib.resources.contents('zipped')))
print(pkgutil.get_data('zipped', 'data.txt'), [tuple(info)[1:] for info in pkgutil.iter_modules([sys.path[0]])])
print([tuple(info)[1:] for info in pkgutil.iter_modules(zipped.__path__, 'zipped.')])
try:
    import broken
except SyntaxError as error:
    print(os.path.relpath(error.filename, root), error.lineno)
try:
    zipped.part.fail()
except ZeroDivisionError as error:
    import traceback
    print(traceback.extract_tb(error.__traceback__)[-1].line)
print(importlib.metadata.version('thing'), importlib.metadata.metadata('thing').json['keywords'])
print([entry.load() for entry in importlib.metadata.entry_points(group='console_scripts', name='thing')])

inside = zipimport.zipimporter(os.path.join(root, 'lib.zip', 'inside'))
print(inside.prefix, inside.find_spec('tool').name, inside.find_spec('none'), inside.is_package('tool'))
print(repr(inside.get_source('tool')), os.path.relpath(inside.get_filename('tool'), root))
for path in '', 'nothing.zip', 'nothing/at/all', __file__:
    try:
        zipimport.zipimporter(path)
    except zipimport.ZipImportError as error:
        print(type(error).__name__, str(error).split(':')[0])
for call in (lambda: inside.get_data('missing'), lambda: inside.get_code('missing'), lambda: inside.is_package('missing')):
    try:
        call()
    except (OSError, ImportError) as error:
        print(type(error).__name__, getattr(error, 'msg', None) or error.filename)

# A program in an archive.
archive('app.zip', {'__main__.py': 'import sys, helper\nprint(__name__, helper.text, sys.argv[1:])\n',
                    'helper.py': 'text = "helped"\n'}, b'#!/usr/bin/env python\n')
print(subprocess.run([sys.executable, 'app.zip', 'one', 'two'], capture_output=True, text=True).stdout)
print(runpy.run_path('app.zip', run_name='elsewhere')['helper'].text)

# Finders of one entry of the path.
class Finder:
    def __init__(self, where):
        self.where = where

    def find_spec(self, name, target=None):
        if name == 'from_hook':
            return importlib.util.spec_from_loader(name, self, origin=self.where)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.seen = module.__spec__.origin


def hook(path):
    if not path.startswith('hook:'):
        raise ImportError
    print('hook asked for', path)
    return Finder(path)


sys.path_hooks.insert(0, hook)
sys.path.append('hook:place')
import from_hook
print(from_hook.seen, type(sys.path_importer_cache['hook:place']).__name__)
print(importlib.util.find_spec('from_hook').origin, importlib.machinery.PathFinder.find_spec('from_hook').origin)


# What came before specs.
class OldLoader:
    def load_module(self, name):
        module = sys.modules.setdefault(name, types.ModuleType(name))
        module.old = True
        return module


class OldFinder:
    def find_module(self, name, path=None):
        return OldLoader() if name in ('by_old_finder', 'zipped.by_old_finder') else None


sys.meta_path.insert(0, OldFinder())
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import by_old_finder
    from zipped import by_old_finder as inner
print(by_old_finder.old, inner.old, inner.__package__, by_old_finder.__spec__.name)
print(sorted({f'{warning.category.__name__}: {warning.message}' for warning in caught
              if 'by_old' not in str(warning.message)}))
del sys.meta_path[0]

# A namespace package grows with the path.
write('first/spread/one.py', 'x = 1')
write('second/spread/two.py', 'x = 2')
sys.path.append(os.path.join(root, 'first'))
import spread.one
print(spread.__file__, len(spread.__path__), type(spread.__loader__).__name__, repr(spread.__path__).split('(')[0])
sys.path.append(os.path.join(root, 'second'))
import spread.two
print(spread.two.x, len(spread.__path__))

# Reloading finds the module anew.
write('changing.py', 'value = 1')
sys.path.append(root)
import changing
os.remove('changing.py')
write('changing/__init__.py', 'value = 2')
importlib.invalidate_caches()
print(importlib.reload(changing).value, changing.__package__, os.path.basename(changing.__file__), len(changing.__path__))

# Halted imports, specs as values.
sys.modules['zipped.halted'] = None
try:
    from zipped import halted
except ImportError as error:
    print(type(error).__name__, error)
spec = importlib.machinery.ModuleSpec('a.b', None, origin='x.py')
spec.has_location = True
print(spec == importlib.machinery.ModuleSpec('a.b', None, origin='x.py'), spec == spec, os.path.dirname(spec.cached), spec.parent)
spec.cached = 'elsewhere'
print(spec.cached)
