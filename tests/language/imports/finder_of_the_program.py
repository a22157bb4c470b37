# A finder on sys.meta_path that loads what PathFinder finds in its own way, as test runners do it to rewrite asserts.
import importlib
import importlib.machinery
import importlib.util
import os
import sys
import tempfile


class Finder:
    def find_spec(self, name, path=None, target=None):
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            return None
        print('found', name, os.path.basename(spec.origin), spec.loader.is_package(name))
        return importlib.util.spec_from_file_location(name, spec.origin, loader=self,
                                                      submodule_search_locations=spec.submodule_search_locations)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        with open(module.__spec__.origin) as file:
            exec(compile(file.read().replace('slow', 'quick'), module.__file__, 'exec'), module.__dict__)


with tempfile.TemporaryDirectory() as folder:
    os.mkdir(os.path.join(folder, 'pack'))
    for name, text in (('one.py', 'word = "slow"\n'), ('pack/__init__.py', 'from . import inner\n'), ('pack/inner.py', 'word = "slow 2"\n')):
        with open(os.path.join(folder, name), 'w') as file:
            file.write(text)
    sys.path.insert(0, folder)
    sys.meta_path.insert(0, Finder())
    import one
    import pack
    print(one.word, pack.inner.word, type(one.__loader__).__name__, one.__spec__.name)
    sys.meta_path.pop(0)
    del sys.modules['one']
    print(importlib.import_module('one').word, isinstance(sys.modules['one'].__loader__, importlib.machinery.SourceFileLoader))
    spec = importlib.machinery.PathFinder.find_spec('one', [folder])
    print(sorted(spec.loader.path_stats(spec.origin)), spec.loader.get_source('one'), importlib.machinery.PathFinder.find_spec('none_such', [folder]))
