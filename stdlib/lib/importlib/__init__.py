"""Imports by function call. The import system itself is native (stdlib/import.cc)."""
import sys
import _imp

__all__ = ['__import__', 'find_loader', 'import_module', 'invalidate_caches', 'reload']

__import__ = __import__


def invalidate_caches():
    """Tell the finders of the program that files have changed; the native one keeps nothing."""
    for finder in sys.meta_path:
        if hasattr(finder, 'invalidate_caches'):
            finder.invalidate_caches()


def find_loader(name, path=None):
    """Deprecated: use importlib.util.find_spec."""
    import warnings
    warnings.warn('Deprecated since Python 3.4 and slated for removal in Python 3.12; use importlib.util.find_spec() '
                  'instead', DeprecationWarning, stacklevel=2)
    module = sys.modules.get(name)
    if module is not None:
        if getattr(module, '__loader__', None) is None:
            raise ValueError(f'{name}.__loader__ is None' if hasattr(module, '__loader__')
                             else f'{name}.__loader__ is not set')
        return module.__loader__
    spec = _imp.find_spec(name, path)
    return None if spec is None else spec.loader


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
    return _imp.load_absolute(name)


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
        from importlib._bootstrap import _exec
        _exec(spec, module)
        return sys.modules[name]
    finally:
        _reloading.pop(name, None)


def __getattr__(name):
    """util, machinery and abc are there without an import of their own: CPython's start-up has loaded them."""
    if name in ('util', 'machinery', 'abc', '_bootstrap', '_bootstrap_external'):
        return import_module(f'importlib.{name}')
    raise AttributeError(f"module 'importlib' has no attribute {name!r}")
