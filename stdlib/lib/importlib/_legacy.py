"""What finders and loaders of before Python 3.4 are still good for: find_module(), find_loader() and load_module().

The native import system comes here when an object has none of the newer methods; each use is an ImportWarning.
"""
import sys
import warnings
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader


def _fell_back(thing, wanted, used):
    kind = thing if isinstance(thing, type) else type(thing)
    warnings.warn(f'{kind.__qualname__}.{wanted}() not found; falling back to {used}()', ImportWarning, stacklevel=3)


def find_on_meta_path(finder, name, path):
    """The spec that a finder of sys.meta_path without find_spec() leads to, or None."""
    _fell_back(finder, 'find_spec', 'find_module')
    loader = finder.find_module(name, path)
    return None if loader is None else spec_from_loader(name, loader)


def find_in_entry(finder, name):
    """The same for the finder of one entry of a path. A spec without a loader has parts of a namespace package."""
    portions = []
    if hasattr(finder, 'find_loader'):
        _fell_back(finder, 'find_spec', 'find_loader')
        loader, portions = finder.find_loader(name)
    else:
        _fell_back(finder, 'find_spec', 'find_module')
        loader = finder.find_module(name)
    if loader is not None:
        return spec_from_loader(name, loader)
    spec = ModuleSpec(name, None)
    spec.submodule_search_locations = portions
    return spec


def load(spec):
    """Loads by a loader that has load_module() alone, and gives the module what such loaders forget."""
    _fell_back(spec.loader, 'exec_module', 'load_module')
    try:
        spec.loader.load_module(spec.name)
    except BaseException:
        if spec.name in sys.modules:
            sys.modules[spec.name] = sys.modules.pop(spec.name)
        raise
    module = sys.modules[spec.name] = sys.modules.pop(spec.name)
    if getattr(module, '__loader__', None) is None:
        _try_to_set(module, '__loader__', spec.loader)
    if getattr(module, '__package__', None) is None:
        _try_to_set(module, '__package__', spec.name if hasattr(module, '__path__') else spec.name.rpartition('.')[0])
    if getattr(module, '__spec__', None) is None:
        _try_to_set(module, '__spec__', spec)
    return module


def _try_to_set(module, name, value):
    try:
        setattr(module, name, value)
    except AttributeError:
        pass
