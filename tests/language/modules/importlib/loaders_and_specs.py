# Modules loaded by hand: specs, loaders, finders, lazy loading, metadata of distributions.
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys

folder = os.path.join(os.environ.get('TMPDIR', '/tmp'), 'importlib_test')
os.makedirs(os.path.join(folder, 'pack'), exist_ok=True)
os.makedirs(os.path.join(folder, 'demo_pkg-1.2.dist-info'), exist_ok=True)
for name, text in (('one.py', 'print("running", __name__)\nvalue = 1\n'), ('pack/__init__.py', 'name = __name__\n'),
                   ('pack/inner.py', 'from . import name\n'),
                   ('demo_pkg-1.2.dist-info/METADATA', 'Metadata-Version: 2.1\nName: demo-pkg\nVersion: 1.2\n'
                    'Requires-Dist: other (>1)\nClassifier: A\nClassifier: B\n\nLong text\n'),
                   ('demo_pkg-1.2.dist-info/entry_points.txt', '[console_scripts]\ndemo = os.path:join\n')):
    with open(os.path.join(folder, name), 'w') as file:
        file.write(text)

path = os.path.join(folder, 'one.py')
spec = importlib.util.spec_from_file_location('one_by_hand', path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.value, module.__name__, spec.has_location, 'one_by_hand' in sys.modules)
loader = importlib.machinery.SourceFileLoader('another', path)
module = importlib.util.module_from_spec(importlib.util.spec_from_loader('another', loader))
loader.exec_module(module)
print(loader.get_filename('another') == path, loader.is_package('another'), loader.get_source('another').splitlines()[1])
finder = importlib.machinery.FileFinder(folder, (importlib.machinery.SourceFileLoader, ['.py']))
print(finder.find_spec('pack').submodule_search_locations == [os.path.join(folder, 'pack')], finder.find_spec('nothing'))

sys.path.insert(0, folder)
importlib.invalidate_caches()
print(importlib.import_module('.inner', 'pack').name, importlib.util.find_spec('one').origin == path)
print(importlib.util.find_spec('no_such_module'), importlib.util.resolve_name('.x', 'pack'))
lazy_spec = importlib.util.find_spec('one')
lazy_spec.loader = importlib.util.LazyLoader(lazy_spec.loader)
lazy = importlib.util.module_from_spec(lazy_spec)
lazy_spec.loader.exec_module(lazy)
print('not yet')
print(lazy.value)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname, path, target=None):
        if fullname == 'made_up':
            return importlib.machinery.ModuleSpec(fullname, self)

    def exec_module(self, module):
        module.answer = 42


sys.meta_path.append(Finder())
import made_up

print(made_up.answer, isinstance(importlib.machinery.PathFinder, type))
print(importlib.util.cache_from_source('a/b.py').endswith('.pyc'))
try:
    importlib.import_module('.x')
except TypeError as error:
    print(error)
