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
