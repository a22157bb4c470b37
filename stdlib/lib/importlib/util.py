"""Specs of modules: finding them, and making modules of them."""
import sys
import _imp
from importlib import _resolve

ModuleSpec = type(sys.__spec__)


def resolve_name(name, package):
    """The absolute name of a relative one."""
    if not name.startswith('.'):
        return name
    if not package:
        raise ImportError(f'no package specified for {name!r} (required for relative module names)')
    level = 0
    for character in name:
        if character != '.':
            break
        level += 1
    return _resolve(name[level:], package, level)


def find_spec(name, package=None):
    """The spec of a module, loaded or not; None when there is no such module."""
    fullname = resolve_name(name, package) if name.startswith('.') else name
    module = sys.modules.get(fullname)
    if module is not None:
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(f'{name}.__spec__ is not set') from None
        if spec is None:
            raise ValueError(f'{name}.__spec__ is None')
    return _imp.find_spec(fullname)


def module_from_spec(spec):
    """A new module with the attributes that the spec says; its code has not run."""
    module = spec.loader.create_module(spec) if hasattr(spec.loader, 'create_module') else None
    if module is None:
        module = type(sys)(spec.name)
    _imp.init_module_attrs(module, spec)
    return module


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """A spec for a loader."""
    if is_package is None and hasattr(loader, 'is_package'):
        try:
            is_package = loader.is_package(name)
        except ImportError:
            is_package = None
    spec = ModuleSpec(name, loader, origin=origin, is_package=is_package)
    return spec


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    """A spec for a source file."""
    location = str(location)
    if loader is None:
        loader = _imp.source_loader(name, location)
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if submodule_search_locations is not None:
        spec.submodule_search_locations = list(submodule_search_locations)
    elif location.endswith('__init__.py'):
        spec.submodule_search_locations = [location.rpartition('/')[0]]
    return spec


MAGIC_NUMBER = b'\xa7\r\r\n'
_CACHE = '__pycache__'


def cache_from_source(path, debug_override=None, *, optimization=None):
    """Where the compiled form of a source file would be kept."""
    if debug_override is not None:
        import warnings
        warnings.warn("the debug_override parameter is deprecated; use 'optimization' instead", DeprecationWarning)
        if optimization is not None:
            raise TypeError('debug_override or optimization must be set to None')
        optimization = '' if debug_override else 1
    import os
    folder, name = os.path.split(os.fspath(path))
    stem, dot, rest = name.rpartition('.')
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    name = f'{stem or rest}{dot}{tag}'
    if optimization is None:
        optimization = sys.flags.optimize or ''
    optimization = str(optimization)
    if optimization:
        if not optimization.isalnum():
            raise ValueError(f'{optimization!r} is not alphanumeric')
        name += f'.opt-{optimization}'
    name += '.pyc'
    if sys.pycache_prefix is None:
        return os.path.join(folder, _CACHE, name)
    return os.path.join(sys.pycache_prefix, os.path.abspath(folder).lstrip('/'), name)


def source_from_cache(path):
    """The source file for the name of a compiled one."""
    import os
    if sys.implementation.cache_tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    path = os.fspath(path)
    head, name = os.path.split(path)
    prefix, in_prefix = sys.pycache_prefix, False
    if prefix is not None:
        prefix = prefix.rstrip('/')
        if head.startswith(prefix + '/'):
            head, in_prefix = head[len(prefix):], True
    if not in_prefix:
        head, folder = os.path.split(head)
        if folder != _CACHE:
            raise ValueError(f'{_CACHE} not bottom-level directory in {path!r}')
    dots = name.count('.')
    if dots not in (2, 3):
        raise ValueError(f'expected only 2 or 3 dots in {name!r}')
    if dots == 3:
        optimization = name.rsplit('.', 2)[-2]
        if not optimization.startswith('opt-'):
            raise ValueError("optimization portion of filename does not start with 'opt-'")
        if not optimization[4:].isalnum():
            raise ValueError(f'optimization level {optimization!r} is not an alphanumeric value')
    return os.path.join(head, name.partition('.')[0] + '.py')
