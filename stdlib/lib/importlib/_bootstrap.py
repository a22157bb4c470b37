"""The core of imports under the name that CPython gives it; the real one is native."""
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec
from importlib.util import module_from_spec, spec_from_loader


def _load(spec):
    """Load the module of a spec into sys.modules."""
    import sys
    if not hasattr(spec.loader, 'exec_module'):
        from importlib import _legacy
        return _legacy.load(spec)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(spec.name, None)
        raise
    return sys.modules[spec.name]


_load_unlocked = _load


def _exec(spec, module):
    """Run the spec's code in a module that sys.modules has."""
    import sys
    from _imp import init_module_attrs
    if sys.modules.get(spec.name) is not module:
        raise ImportError(f'module {spec.name!r} not in sys.modules', name=spec.name)
    try:
        if spec.loader is None:
            if spec.submodule_search_locations is None:
                raise ImportError('missing loader', name=spec.name)
            init_module_attrs(module, spec)
        elif hasattr(spec.loader, 'exec_module'):
            init_module_attrs(module, spec)
            spec.loader.exec_module(module)
        else:
            init_module_attrs(module, spec)
            spec.loader.load_module(spec.name)
    finally:
        # The code may have put something else there.
        module = sys.modules[spec.name] = sys.modules.pop(spec.name)
    return module


def _find_spec(name, path, target=None):
    """The spec of a module by its full name, looked for in sys.path or in the __path__ of its parent; None if there is none."""
    import sys
    # Folders of the path come before what is built in, as in imports.
    finders = [finder for finder in sys.meta_path if finder is not FrozenImporter]
    for finder in (*finders, FrozenImporter):
        find = getattr(finder, 'find_spec', None)
        if find is not None and (spec := find(name, path, target)) is not None:
            return spec
    return None
