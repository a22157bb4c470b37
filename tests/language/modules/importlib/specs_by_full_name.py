# importlib._bootstrap._find_spec: a module by its full name, with the path of its parent.
import json
import sys
from importlib._bootstrap import _find_spec

print(_find_spec("json", None).name, _find_spec("sys", None).name, _find_spec("no_such_module", None))
print(_find_spec("json.tool", json.__path__).name, _find_spec("json.nothing", json.__path__))


class Finder:
    def find_spec(self, name, path, target=None):
        print("asked", name, path, target)


sys.meta_path.insert(0, Finder())
print(_find_spec("math", None, "target").name)
sys.meta_path.pop(0)

# importlib.util._find_spec_from_path: from part to part, without importing parents.
import os
import tempfile
from importlib._bootstrap_external import _NamespacePath
from importlib.util import _find_spec_from_path

with tempfile.TemporaryDirectory() as folder:
    os.makedirs(os.path.join(folder, "outer_space", "inner"))
    for name in "leaf.py", "__init__.py":
        with open(os.path.join(folder, "outer_space", "inner", name), "w"):
            pass
    sys.path.insert(0, folder)
    spec = _find_spec_from_path("outer_space")
    print(isinstance(spec.submodule_search_locations, _NamespacePath), "outer_space" in sys.modules)
    inner = _find_spec_from_path("outer_space.inner", spec.submodule_search_locations)
    leaf = _find_spec_from_path("outer_space.inner.leaf", inner.submodule_search_locations)
    print(inner.name, leaf.name, os.path.relpath(leaf.origin, folder), _find_spec_from_path("outer_space.no", [folder]))
print(_find_spec_from_path("json") is json.__spec__)
json.__spec__ = None
try:
    _find_spec_from_path("json")
except ValueError as error:
    print(error)
