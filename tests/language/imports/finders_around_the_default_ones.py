# Finders of a program before and behind the three that sys.meta_path begins with.
import sys, types, importlib, importlib.util, importlib.abc, importlib.machinery
del sys.meta_path[:-3]
print(sys.meta_path)
class Spy:
    def __init__(self, names): self.names = names
    def find_spec(self, name, path=None, target=None):
        if name in self.names: print("asked for", name, path is None)
        return None
class Block(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in ("fractions", "cmath"): raise ImportError(f"{name} is blocked", name=name)
class Virtual(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.startswith("virtual"): return importlib.util.spec_from_loader(name, self, is_package=name == "virtual")
    def create_module(self, spec): return None
    def exec_module(self, module): module.answer = 42; print("exec", module.__name__, module.__package__, module.__spec__.parent)
class Wrapping:
    def find_spec(self, name, path=None, target=None):
        if name != "colorsys": return None
        for finder in sys.meta_path:
            if finder is self: continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                print("found by", getattr(finder, "__name__", type(finder).__name__) != "")
                return spec
names = {"math", "string", "json", "json.decoder", "nothere", "cmath", "array"}
last = Spy(names)
sys.meta_path.append(last)
import string, cmath
try: import nothere
except ModuleNotFoundError as e: print(e)
sys.meta_path.insert(0, Spy(names))
import json, array
try: import nothere
except ModuleNotFoundError as e: print(e)
del sys.modules["cmath"]
sys.meta_path[0] = Block()
for n in ("fractions", "cmath"):
    try: importlib.import_module(n)
    except ImportError as e: print(type(e).__name__, e, e.name)
sys.meta_path[0] = Virtual()
import virtual, virtual.sub
print(virtual.answer, virtual.sub.__name__, virtual.__path__, importlib.util.find_spec("virtual.x").name)
sys.meta_path[0] = Wrapping()
import colorsys
print(colorsys.rgb_to_hsv(0, 0, 0), len(sys.meta_path), [getattr(f, "__name__", None) for f in sys.meta_path])
print(importlib.util.find_spec("graphlib").name, importlib.util.find_spec("nowhere"))
importlib.invalidate_caches()
for finder in sys.meta_path[1:4]: print(finder, hasattr(finder, "find_spec"), finder.find_spec("zzz"))
print(importlib.machinery.PathFinder is sys.meta_path[3], importlib.machinery.BuiltinImporter.find_spec("sys").name)
