"""The old face of the import system, for programs that were written for it; importlib is the new one."""
import importlib.machinery
import importlib.util
import os
import sys
import tokenize
import types
import warnings
from _imp import acquire_lock, is_frozen, lock_held, release_lock

warnings.warn("the imp module is deprecated in favour of importlib and slated for removal in Python 3.12; "
              "see the module's documentation for alternative uses", DeprecationWarning, stacklevel=2)

SEARCH_ERROR, PY_SOURCE, PY_COMPILED, C_EXTENSION, PY_RESOURCE = range(5)
PKG_DIRECTORY, C_BUILTIN, PY_FROZEN, PY_CODERESOURCE, IMP_HOOK = range(5, 10)


def is_builtin(name):
    """1 for a native module, -1 for one that is there before any import, 0 for others."""
    return -1 if name in ('sys', 'builtins') else int(name in sys.builtin_module_names)


def new_module(name):
    """An empty module that is not in sys.modules."""
    return types.ModuleType(name)


def get_magic():
    """The bytes that compiled files begin with."""
    return importlib.util.MAGIC_NUMBER


def get_tag():
    """The word in the names of compiled files."""
    return sys.implementation.cache_tag


def cache_from_source(path, debug_override=None):
    """The compiled file of a source file."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return importlib.util.cache_from_source(path, debug_override)


def source_from_cache(path):
    """The source file of a compiled file."""
    return importlib.util.source_from_cache(path)


def get_suffixes():
    """(ending, mode of open, kind) of each sort of file that can be a module."""
    return ([(ending, 'rb', C_EXTENSION) for ending in importlib.machinery.EXTENSION_SUFFIXES] +
            [(ending, 'r', PY_SOURCE) for ending in importlib.machinery.SOURCE_SUFFIXES] +
            [(ending, 'rb', PY_COMPILED) for ending in importlib.machinery.BYTECODE_SUFFIXES])


def _load(name, spec):
    # Into the module that is there already, if there is one: that is what these functions do.
    module = sys.modules.get(name)
    if module is None or not isinstance(module, types.ModuleType):
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            sys.modules.pop(name, None)
            raise
    else:
        module.__spec__, module.__loader__ = spec, spec.loader
        spec.loader.exec_module(module)
    return sys.modules[name]


def load_source(name, pathname, file=None):
    """The module made from a source file."""
    if file is not None:  # it is read anew, as bytes
        file.close()
    return _load(name, importlib.util.spec_from_file_location(name, pathname))


def load_compiled(name, pathname, file=None):
    """The module of a compiled file, of which there are none."""
    loader = importlib.machinery.SourcelessFileLoader(name, pathname)
    return _load(name, importlib.util.spec_from_file_location(name, pathname, loader=loader))


def load_package(name, path):
    """The package in a folder."""
    init = os.path.join(path, '__init__.py') if os.path.isdir(path) else path
    if not os.path.exists(init):
        raise ValueError(f'{path!r} is not a package')
    return _load(name, importlib.util.spec_from_file_location(name, init, submodule_search_locations=[]))


def load_dynamic(name, path, file=None):
    """A module of machine code: refused, there are none."""
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    return loader.create_module(importlib.util.spec_from_file_location(name, path, loader=loader))


def load_module(name, file, filename, details):
    """The module that find_module has found."""
    _, mode, kind = details
    if mode and (not mode.startswith('r') or '+' in mode):
        raise ValueError(f'invalid file open mode {mode!r}')
    if file is None and kind in (PY_SOURCE, PY_COMPILED):
        raise ValueError(f'file object required for import (type code {kind})')
    if kind == PY_SOURCE:
        return load_source(name, filename, file)
    if kind == PY_COMPILED:
        return load_compiled(name, filename, file)
    if kind == C_EXTENSION:
        return load_dynamic(name, filename, file)
    if kind == PKG_DIRECTORY:
        return load_package(name, filename)
    if kind in (C_BUILTIN, PY_FROZEN):
        return importlib.import_module(name)
    raise ImportError(f"Don't know how to import {name} (type code {kind})", name=name)


def find_module(name, path=None):
    """(open file or None, path, (ending, mode, kind)) of a module in the folders of a path."""
    if not isinstance(name, str):
        raise TypeError(f"'name' must be a str, not {type(name)}")
    if not isinstance(path, (type(None), list)):
        raise RuntimeError(f"'path' must be None or a list, not {type(path)}")
    if path is None:
        if is_builtin(name):
            return None, None, ('', '', C_BUILTIN)
        if is_frozen(name):
            return None, None, ('', '', PY_FROZEN)
        path = sys.path
    for folder in path:
        package = os.path.join(folder, name)
        if os.path.isfile(os.path.join(package, '__init__.py')):
            return None, package, ('', '', PKG_DIRECTORY)
        for ending, mode, kind in get_suffixes():
            pathname = os.path.join(folder, name + ending)
            if os.path.exists(pathname):
                encoding = None
                if 'b' not in mode:
                    with open(pathname, 'rb') as file:
                        encoding = tokenize.detect_encoding(file.readline)[0]
                return open(pathname, mode, encoding=encoding), pathname, (ending, mode, kind)
    raise ImportError(f'No module named {name!r}', name=name)


def reload(module):
    """Run the code of a module once more."""
    return importlib.reload(module)


def init_builtin(name):
    """The native module of that name, or None."""
    return importlib.import_module(name) if is_builtin(name) else None


def init_frozen(name):
    """The module of that name that is part of the program, or None."""
    return importlib.import_module(name) if is_frozen(name) else None


class NullImporter:
    """A hook that finds nothing."""

    def __init__(self, path):
        if path == '':
            raise ImportError('empty pathname', path='')
        if os.path.isdir(path):
            raise ImportError('existing directory', path=path)

    def find_module(self, fullname):
        """None."""
