"""Imports by function call. The import system itself is native (stdlib/import.cc)."""
import sys
import _imp

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']

__import__ = __import__


def invalidate_caches():
    """Tell the finders of the program that files have changed; the native one keeps nothing."""
    for finder in sys.meta_path:
        if hasattr(finder, 'invalidate_caches'):
            finder.invalidate_caches()


def _resolve(name, package, level):
    bits = package.rsplit('.', level - 1)
    if len(bits) < level:
        raise ImportError('attempted relative import beyond top-level package')
    return f'{bits[0]}.{name}' if name else bits[0]


def import_module(name, package=None):
    """Import a module; a relative name needs the package that it starts from."""
    level = 0
    if name.startswith('.'):
        if not package:
            raise TypeError(f'the \'package\' argument is required to perform a relative import for {name!r}')
        for character in name:
            if character != '.':
                break
            level += 1
        name = _resolve(name[level:], package, level)
    __import__(name)
    return sys.modules[name]


_reloading = {}


def reload(module):
    """Run the module's code again in its namespace."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError('reload() argument must be a module') from None
    if sys.modules.get(name) is not module:
        raise ImportError(f'module {name} not in sys.modules', name=name)
    if name in _reloading:
        return _reloading[name]
    _reloading[name] = module
    try:
        spec = module.__spec__ = _imp.find_spec(name)
        if spec is None:
            raise ModuleNotFoundError(f'spec not found for the module {name!r}', name=name)
        spec.loader.exec_module(module)
        return sys.modules[name]
    finally:
        _reloading.pop(name, None)


def __getattr__(name):
    """importlib.util is there without an import of its own: CPython's start-up has loaded it."""
    if name == 'util':
        return import_module('importlib.util')
    raise AttributeError(f"module 'importlib' has no attribute {name!r}")
