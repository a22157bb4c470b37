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
