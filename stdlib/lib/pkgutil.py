"""Helpers for packages: which modules there are, data beside them, objects by name."""
import _imp
import importlib
import importlib.util
import os
import os.path
import sys
from collections import namedtuple
from functools import singledispatch as simplegeneric
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from types import ModuleType

__all__ = ['get_importer', 'iter_importers', 'get_loader', 'find_loader', 'walk_packages', 'iter_modules', 'get_data',
           'read_code', 'extend_path', 'ModuleInfo', 'resolve_name']

ModuleInfo = namedtuple('ModuleInfo', 'module_finder name ispkg')
ModuleInfo.__doc__ = 'A namedtuple with minimal info about a module.'


class _LibraryFinder:
    """Stands for a folder of the library, whose modules are in the binary, where there is no such folder."""

    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f'FileFinder({self.path!r})'

    def find_spec(self, fullname, target=None):
        return _imp.find_in_folders(fullname, [self.path])


def _finder_of(path_item):
    """What the import system itself searches an entry with: a folder, an archive, or the library in the binary."""
    if os.path.isdir(path_item or '.'):
        return FileFinder(path_item, (SourceFileLoader, SOURCE_SUFFIXES))
    if _imp.library_package(path_item) is not None:
        return _LibraryFinder(path_item)
    if os.path.lexists(path_item) or os.sep in path_item:
        import zipimport
        try:
            return zipimport.zipimporter(path_item)
        except ImportError:
            pass
    return None


def read_code(stream):
    """The code object in an open file of compiled code; None, as Gila writes no such files."""
    return None


def _modules_in(folder, prefix=''):
    """Pairs of name and whether it is a package."""
    package = _imp.library_package(folder) if folder else None
    if package is not None and not os.path.isdir(folder):
        yield from _library_modules_in(package, prefix)
        return
    try:
        names = sorted(os.listdir(folder or '.'))
    except OSError:
        return
    seen = set()
    for name in names:
        stem = name[:-3] if name.endswith('.py') else name
        if stem == '__init__' or stem in seen or not stem or '.' in stem:
            continue
        path = os.path.join(folder, name)
        ispkg = False
        if os.path.isdir(path):
            ispkg = os.path.isfile(os.path.join(path, '__init__.py'))
            if not ispkg:
                continue
        elif not name.endswith('.py'):
            continue
        seen.add(stem)
        yield prefix + stem, ispkg


def _library_modules_in(package, prefix):
    start = package + '.' if package else ''
    for name, ispkg in sorted(_imp.frozen_names()):
        rest = name[len(start):]
        if name.startswith(start) and rest and '.' not in rest:
            yield prefix + rest, ispkg


def get_importer(path_item):
    """What finds modules in an entry of sys.path, or None."""
    path_item = os.fsdecode(path_item)
    known = sys.path_importer_cache.get(path_item)
    if known is not None:  # None: no hook has wanted it
        return known
    for hook in sys.path_hooks:
        try:
            importer = hook(path_item)
        except ImportError:
            continue
        sys.path_importer_cache.setdefault(path_item, importer)
        return importer
    return _finder_of(path_item)


def iter_importers(fullname=''):
    """What finds a module: the finders of sys.meta_path, then those of its path."""
    if fullname.startswith('.'):
        raise ImportError(f'Relative module name {fullname!r} not supported')
    if '.' in fullname:
        package = importlib.import_module(fullname.rpartition('.')[0])
        path = getattr(package, '__path__', None)
        if path is None:
            return
    else:
        yield from sys.meta_path
        path = sys.path
    for item in path:
        yield get_importer(item)


def iter_importer_modules(importer, prefix=''):
    """Pairs of name and whether it is a package, for one finder."""
    if isinstance(importer, (FileFinder, _LibraryFinder)):
        return _modules_in(importer.path, prefix)
    zipimport = sys.modules.get('zipimport')
    if zipimport is not None and isinstance(importer, zipimport.zipimporter):
        return _modules_in_archive(importer, prefix)
    return importer.iter_modules(prefix) if hasattr(importer, 'iter_modules') else []


def _modules_in_archive(importer, prefix):
    found = {}
    for name in importer._files:
        if not name.startswith(importer.prefix):
            continue
        first, *rest = name[len(importer.prefix):].split(os.sep)
        if not rest and first.endswith('.py') and '.' not in first[:-3] and first != '__init__.py':
            found.setdefault(first[:-3], False)
        elif len(rest) == 1 and rest[0] == '__init__.py':
            found[first] = True
    for name, ispkg in sorted(found.items()):
        yield prefix + name, ispkg


class ImpImporter:
    """Finds the modules of a folder; without one, those of sys.path and what is built in. Of before importlib."""

    def __init__(self, path=None):
        import warnings
        warnings.warn("This emulation is deprecated and slated for removal in Python 3.12; use 'importlib' instead",
                      DeprecationWarning, 2)
        self.path = path

    def find_module(self, fullname, path=None):
        """An ImpLoader, or None."""
        from importlib.machinery import BuiltinImporter, PathFinder
        name = fullname.rpartition('.')[2]
        if self.path is not None:
            spec = PathFinder.find_spec(fullname, [os.path.realpath(self.path)])
        elif name != fullname:
            return None
        else:
            spec = BuiltinImporter.find_spec(name) or PathFinder.find_spec(name)
        if spec is None or spec.loader is None:
            return None
        loader = ImpLoader(fullname, None, spec.origin, None)
        loader.spec = spec
        return loader

    def iter_modules(self, prefix=''):
        """(name, whether it is a package) of each module of the folder."""
        if self.path is not None and os.path.isdir(self.path):
            yield from _modules_in(self.path, prefix)


class ImpLoader:
    """Loads what an ImpImporter has found."""

    def __init__(self, fullname, file, filename, etc):
        import warnings
        warnings.warn("This emulation is deprecated and slated for removal in Python 3.12; use 'importlib' instead",
                      DeprecationWarning, 2)
        self.fullname, self.file, self.filename, self.etc = fullname, file, filename, etc
        self.spec = importlib.util.spec_from_file_location(fullname, filename) if filename else None

    def load_module(self, fullname):
        """Load it, or load it again."""
        if fullname in sys.modules:
            return importlib.reload(sys.modules[fullname])
        module = importlib.util.module_from_spec(self.spec)
        sys.modules[fullname] = module
        try:
            self.spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[fullname]
            raise
        return sys.modules[fullname]

    def get_data(self, pathname):
        """The bytes of a file."""
        with open(pathname, 'rb') as file:
            return file.read()

    def _asked(self, fullname):
        if fullname not in (None, self.fullname):
            raise ImportError(f'Loader for module {self.fullname} cannot handle module {fullname}')

    def is_package(self, fullname):
        self._asked(fullname)
        return self.spec.submodule_search_locations is not None

    def get_code(self, fullname=None):
        self._asked(fullname)
        return self.spec.loader.get_code(self.fullname)

    def get_source(self, fullname=None):
        self._asked(fullname)
        return self.spec.loader.get_source(self.fullname)

    def get_filename(self, fullname=None):
        self._asked(fullname)
        return self.filename


def iter_modules(path=None, prefix=''):
    """ModuleInfos of the modules in the folders of a path, or of sys.path."""
    if path is None:
        importers = iter_importers()
    elif isinstance(path, str):
        raise ValueError('path must be None or list of paths to look for modules in')
    else:
        importers = map(get_importer, path)
    seen = set()
    for importer in importers:
        for name, ispkg in iter_importer_modules(importer, prefix):
            if name not in seen:
                seen.add(name)
                yield ModuleInfo(importer, name, ispkg)


def walk_packages(path=None, prefix='', onerror=None):
    """The same with all that is inside packages, which are imported."""
    seen = set()
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            __import__(info.name)
        except ImportError:
            if onerror is not None:
                onerror(info.name)
        except Exception:
            if onerror is None:
                raise
            onerror(info.name)
        else:
            inner = [entry for entry in getattr(sys.modules[info.name], '__path__', None) or [] if entry not in seen]
            seen.update(inner)
            yield from walk_packages(inner, info.name + '.', onerror)


def get_loader(module_or_name):
    """What has loaded, or would load, a module."""
    if module_or_name in sys.modules:
        module_or_name = sys.modules[module_or_name]
        if module_or_name is None:
            return None
    if isinstance(module_or_name, ModuleType):
        loader = getattr(module_or_name, '__loader__', None)
        if loader is not None:
            return loader
        if getattr(module_or_name, '__spec__', None) is None:
            return None
        fullname = module_or_name.__name__
    else:
        fullname = module_or_name
    return find_loader(fullname)


def find_loader(fullname):
    """What would load a module, or None if there is none."""
    if fullname.startswith('.'):
        raise ImportError(f'Relative module name {fullname!r} not supported')
    try:
        spec = importlib.util.find_spec(fullname)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise ImportError(f'Error while finding loader for {fullname!r} ({type(error)}: {error})') from error
    return spec.loader if spec is not None else None


def extend_path(path, name):
    """The path of a package with the folders of its name all along sys.path: __path__ = extend_path(__path__, __name__)."""
    if not isinstance(path, list):
        return path
    path = path[:]
    parent, _, last = name.rpartition('.')
    search = getattr(sys.modules.get(parent), '__path__', None) if parent else sys.path
    if search is None:
        return path
    for folder in search:
        if not isinstance(folder, str):
            continue
        finder = get_importer(folder)
        spec = finder.find_spec(name) if hasattr(finder, 'find_spec') else None
        found = spec.submodule_search_locations if spec is not None else None
        path += [place for place in found or () if place not in path]
        listed = os.path.join(folder, name + '.pkg')
        if os.path.isfile(listed):
            try:
                with open(listed) as file:
                    lines = [line.rstrip('\n') for line in file]
            except OSError as error:
                sys.stderr.write(f"Can't open {listed}: {error}\n")
            else:
                path += [line for line in lines if line and not line.startswith('#')]
    return path


def get_data(package, resource):
    """The bytes of a file beside the modules of a package, or None if its loader cannot give any."""
    spec = importlib.util.find_spec(package)
    if spec is None or not hasattr(spec.loader, 'get_data'):
        return None
    module = sys.modules.get(package) or importlib.import_module(package)
    if not hasattr(module, '__file__'):
        return None
    parts = resource.split('/')
    return spec.loader.get_data(os.path.join(os.path.dirname(module.__file__), *parts))


def resolve_name(name):
    """The object of a name, 'package.module:attribute.attribute'; without the colon modules come as long as they go."""
    if not isinstance(name, str):
        raise TypeError(f'expected string or bytes-like object, got {type(name).__name__!r}')
    head, colon, tail = name.partition(':')
    parts = head.split('.') + (tail.split('.') if tail else [])
    if not all([part.isidentifier() for part in parts]) or head == '':
        raise ValueError(f'invalid format: {name!r}')
    if colon:
        found = importlib.import_module(head)
        rest = tail.split('.') if tail else []
    else:
        first, *rest = head.split('.')
        found = importlib.import_module(first)
        while rest:
            longer = f'{first}.{rest[0]}'
            try:
                found = importlib.import_module(longer)
            except ImportError:
                break
            first = longer
            rest.pop(0)
    for part in rest:
        found = getattr(found, part)
    return found
