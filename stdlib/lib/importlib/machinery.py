"""The parts of the import system as objects: specs, loaders, finders.

Imports themselves are native (stdlib/import.cc) and need none of these; they are for programs that load modules in their
own way, and they do what their namesakes in CPython do.
"""
import _imp
import os
import sys
from abc import ABCMeta

__all__ = ['BYTECODE_SUFFIXES', 'BuiltinImporter', 'DEBUG_BYTECODE_SUFFIXES', 'EXTENSION_SUFFIXES', 'ExtensionFileLoader',
           'FileFinder', 'FrozenImporter', 'ModuleSpec', 'NamespaceLoader', 'OPTIMIZED_BYTECODE_SUFFIXES', 'PathFinder',
           'SOURCE_SUFFIXES', 'SourceFileLoader', 'SourcelessFileLoader', 'WindowsRegistryFinder', 'all_suffixes']

SOURCE_SUFFIXES = ['.py']
BYTECODE_SUFFIXES = ['.pyc']
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES
EXTENSION_SUFFIXES = []  # there are no extension modules

ModuleSpec = type(sys.__spec__)


def all_suffixes():
    """The endings of all files that can be modules."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


def _load(loader, fullname):
    """What load_module was: import into sys.modules, the old way."""
    from importlib.util import module_from_spec, spec_from_loader
    import warnings
    warnings.warn('the load_module() method is deprecated and slated for removal in Python 3.12; use exec_module() instead',
                  DeprecationWarning, stacklevel=3)
    module = sys.modules.get(fullname)
    if module is None:
        module = module_from_spec(spec_from_loader(fullname, loader))
        sys.modules[fullname] = module
        try:
            loader.exec_module(module)
        except BaseException:
            sys.modules.pop(fullname, None)
            raise
    else:
        loader.exec_module(module)
    return sys.modules[fullname]


class _LoaderBasics:
    """What all loaders of code can do."""

    def is_package(self, fullname):
        """Whether the module is a package: its file is called __init__."""
        name = os.path.split(self.get_filename(fullname))[1]
        return name.rsplit('.', 1)[0] == '__init__' and fullname.rpartition('.')[2] != '__init__'

    def create_module(self, spec):
        """None: an ordinary module will do."""

    def exec_module(self, module):
        """Run the module's code in its namespace."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f'cannot load module {module.__name__!r} when get_code() returns None')
        exec(code, module.__dict__)

    def load_module(self, fullname):
        """Deprecated: use exec_module."""
        return _load(self, fullname)


class SourceLoader(_LoaderBasics):
    """Loads source; a subclass says where it is (get_filename) and reads it (get_data)."""

    def path_mtime(self, path):
        """When the file was changed; OSError if that is not known."""
        raise OSError

    def path_stats(self, path):
        """A dict with mtime, and perhaps size."""
        return {'mtime': self.path_mtime(path)}

    def get_source(self, fullname):
        """The source as text."""
        path = self.get_filename(fullname)
        try:
            data = self.get_data(path)
        except OSError as error:
            raise ImportError('source not available through get_data()', name=fullname) from error
        from importlib.util import decode_source
        return decode_source(data)

    def source_to_code(self, data, path, *, _optimize=-1):
        """The code object of a source."""
        return compile(data, path, 'exec', dont_inherit=True, optimize=_optimize)

    def get_code(self, fullname):
        """The code object of the module."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _FileBasics:
    """A loader of one file."""

    def __init__(self, fullname, path):
        self.name, self.path = fullname, path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def _check_name(self, fullname):
        if fullname is not None and fullname != self.name:
            raise ImportError(f'loader for {self.name} cannot handle {fullname}', name=fullname)

    def get_filename(self, fullname=None):
        """The path of the file."""
        self._check_name(fullname)
        return self.path

    def load_module(self, fullname=None):
        """Deprecated: use exec_module."""
        self._check_name(fullname)
        return _load(self, self.name)

    def get_data(self, path):
        """The bytes of a file."""
        with open(path, 'rb') as file:
            return file.read()

    def get_resource_reader(self, module):
        """What importlib.resources reads files with."""
        from importlib.readers import FileReader
        return FileReader(self)


class SourceFileLoader(_FileBasics, SourceLoader, metaclass=ABCMeta):
    """Loads a file of source. The loaders of modules that were imported natively count as instances."""

    def path_stats(self, path):
        info = os.stat(path)
        return {'mtime': info.st_mtime, 'size': info.st_size}

    def path_mtime(self, path):
        return os.stat(path).st_mtime


SourceFileLoader.register(type(os.__spec__.loader))


class SourcelessFileLoader(_FileBasics, _LoaderBasics):
    """Would load compiled code; Gila runs source alone."""

    def get_code(self, fullname):
        raise ImportError(f'compiled code cannot be loaded: {self.path}', name=fullname, path=self.path)

    def get_source(self, fullname):
        return None


class ExtensionFileLoader(_FileBasics, _LoaderBasics):
    """Would load an extension module, which Gila has none of."""

    def create_module(self, spec):
        raise ImportError(f'extension modules cannot be loaded: {self.path}', name=self.name, path=self.path)

    def exec_module(self, module):
        raise ImportError(f'extension modules cannot be loaded: {self.path}', name=self.name, path=self.path)

    def is_package(self, fullname):
        return os.path.split(self.path)[1].startswith('__init__.')

    def get_code(self, fullname):
        return None

    def get_source(self, fullname):
        return None


class _NamespacePath:
    """The folders of a namespace package: looked for again when the path that they were found on has changed."""

    _epoch = 0  # goes up when caches are invalidated

    def __init__(self, name, folders, finder=None):
        self._name, self._folders = name, folders
        self._finder = finder or PathFinder.find_spec
        self._state = self._parent_state()

    def _parent_path(self):
        parent = self._name.rpartition('.')[0]
        return sys.modules[parent].__path__ if parent else sys.path

    def _parent_state(self):
        return tuple(self._parent_path()), _NamespacePath._epoch

    def _now(self):
        state = self._parent_state()
        if state != self._state:
            self._state = state
            spec = self._finder(self._name, state[0])
            if spec is not None and spec.loader is None and spec.submodule_search_locations:
                self._folders = list(spec.submodule_search_locations)
        return self._folders

    def __iter__(self):
        return iter(self._now())

    def __getitem__(self, index):
        return self._now()[index]

    def __setitem__(self, index, folder):
        self._folders[index] = folder

    def __len__(self):
        return len(self._now())

    def __contains__(self, folder):
        return folder in self._now()

    def append(self, folder):
        """One more folder."""
        self._folders.append(folder)

    def __repr__(self):
        return f'_NamespacePath({self._folders!r})'


def _namespace_spec(name, folders):
    """The spec of a namespace package, for the native import system."""
    path = _NamespacePath(name, folders)
    spec = ModuleSpec(name, NamespaceLoader(name, path))
    spec.submodule_search_locations = path
    return spec


class NamespaceLoader:
    """The loader of a package without a file."""

    def __init__(self, name, path, path_finder=None):
        self._path = path if path_finder is None else _NamespacePath(name, path, path_finder)

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ''

    def get_code(self, fullname):
        return compile('', '<string>', 'exec', dont_inherit=True)

    def create_module(self, spec):
        """None: an ordinary module will do."""

    def exec_module(self, module):
        pass

    def load_module(self, fullname):
        """Deprecated: use exec_module."""
        return _load(self, fullname)

    def get_resource_reader(self, module):
        """What importlib.resources reads files with."""
        from importlib.readers import NamespaceReader
        return NamespaceReader(self._path)

    @staticmethod
    def module_repr(module):
        """Deprecated: how such a module is shown."""
        _deprecated_method('NamespaceLoader', 'module_repr', 'repr')
        return f'<module {module.__name__!r} (namespace)>'


def _deprecated_method(owner, name, instead='find_spec'):
    import warnings
    warnings.warn(f'{owner}.{name}() is deprecated and slated for removal in Python 3.12; use {instead}() instead',
                  DeprecationWarning, stacklevel=3)


class BuiltinImporter:
    """Finds and loads native modules."""

    _ORIGIN = 'built-in'

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """The spec of a native module, or None."""
        if path is not None:
            return None
        if fullname in ('sys', 'builtins'):
            # These are there before anything is looked for.
            return sys.modules[fullname].__spec__
        return _imp.find_own_spec(fullname) if _imp.is_builtin(fullname) else None

    @classmethod
    def find_module(cls, fullname, path=None):
        """Deprecated: use find_spec."""
        _deprecated_method('BuiltinImporter', 'find_module')
        spec = cls.find_spec(fullname, path)
        return None if spec is None else spec.loader

    @staticmethod
    def create_module(spec):
        if spec.name not in sys.builtin_module_names:
            raise ImportError(f'{spec.name!r} is not a built-in module', name=spec.name)
        return __import__(spec.name)

    @staticmethod
    def exec_module(module):
        pass

    @classmethod
    def load_module(cls, fullname):
        return __import__(fullname)

    @classmethod
    def _require(cls, fullname):
        if fullname not in sys.builtin_module_names:
            raise ImportError(f'{fullname!r} is not a built-in module', name=fullname)

    @classmethod
    def get_code(cls, fullname):
        cls._require(fullname)

    @classmethod
    def get_source(cls, fullname):
        cls._require(fullname)

    @classmethod
    def is_package(cls, fullname):
        cls._require(fullname)
        return False


class FrozenImporter:
    """Finds and loads the modules that are in the binary as source."""

    _ORIGIN = 'frozen'

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """The spec of a frozen module, or None."""
        return _imp.find_own_spec(fullname) if _imp.is_frozen(fullname) else None

    @classmethod
    def find_module(cls, fullname, path=None):
        """Deprecated: use find_spec."""
        _deprecated_method('FrozenImporter', 'find_module')
        return cls if _imp.is_frozen(fullname) else None

    @classmethod
    def load_module(cls, fullname):
        """Deprecated: use exec_module."""
        _deprecated_method('FrozenImporter', 'load_module', 'exec_module')
        return _load(cls._loader(fullname), fullname)

    @staticmethod
    def create_module(spec):
        """None: an ordinary module will do."""

    @staticmethod
    def exec_module(module):
        module.__spec__.loader.exec_module(module)

    @classmethod
    def _loader(cls, fullname):
        if not _imp.is_frozen(fullname):
            raise ImportError(f'{fullname!r} is not a frozen module', name=fullname)
        return _imp.find_spec(fullname).loader

    @classmethod
    def get_code(cls, fullname):
        return cls._loader(fullname).get_code(fullname)

    @classmethod
    def get_source(cls, fullname):
        return cls._loader(fullname).get_source(fullname)

    @classmethod
    def is_package(cls, fullname):
        return cls._loader(fullname).is_package(fullname)


class PathFinder:
    """Finds modules in the entries of a path."""

    @staticmethod
    def invalidate_caches():
        """Tell the finders of entries that files have changed."""
        _NamespacePath._epoch += 1
        for name, finder in list(sys.path_importer_cache.items()):
            if finder is None or not os.path.isabs(name):
                del sys.path_importer_cache[name]
            elif hasattr(finder, 'invalidate_caches'):
                finder.invalidate_caches()

    @classmethod
    def _path_hooks(cls, path):
        """What the first hook that takes the entry makes of it, or None."""
        for hook in sys.path_hooks:
            try:
                return hook(path)
            except ImportError:
                continue
        return None

    @classmethod
    def _path_importer_cache(cls, path):
        """The finder of an entry, or None: remembered, as long as the working directory is there."""
        if path == '':
            try:
                path = os.getcwd()
            except FileNotFoundError:
                return None
        if path not in sys.path_importer_cache:
            sys.path_importer_cache[path] = cls._path_hooks(path)
        return sys.path_importer_cache[path]

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """The spec of a module in sys.path or the given path, or None."""
        portions = []
        for entry in sys.path if path is None else path:
            if not isinstance(entry, str):
                continue
            finder = cls._path_importer_cache(entry)
            if finder is None:
                spec = _imp.find_in_folders(fullname, [entry])
                if spec is not None and hasattr(spec.loader, 'path'):
                    spec.loader = SourceFileLoader(fullname, spec.loader.path)
            elif hasattr(finder, 'find_spec'):
                spec = finder.find_spec(fullname, target)
            else:
                from importlib import _legacy
                spec = _legacy.find_in_entry(finder, fullname)
            if spec is None:
                continue
            if spec.loader is not None and not isinstance(spec.loader, NamespaceLoader):
                return spec
            if spec.submodule_search_locations is None:
                raise ImportError('spec missing loader')
            portions.extend(spec.submodule_search_locations)
        if not portions:
            return None
        spec = ModuleSpec(fullname, None)
        spec.submodule_search_locations = _NamespacePath(fullname, portions)
        return spec

    @classmethod
    def find_module(cls, fullname, path=None):
        """Deprecated: use find_spec."""
        _deprecated_method('PathFinder', 'find_module')
        spec = cls.find_spec(fullname, path)
        return None if spec is None else spec.loader

    @staticmethod
    def find_distributions(*args, **kwargs):
        from importlib.metadata import MetadataPathFinder
        return MetadataPathFinder.find_distributions(*args, **kwargs)


class FileFinder:
    """Finds modules in one folder, by pairs of a loader and the endings of its files."""

    def __init__(self, path, *loader_details):
        self._loaders = [(suffix, loader) for loader, suffixes in loader_details for suffix in suffixes]
        self.path = '.' if not path or path == '.' else path
        if not os.path.isabs(self.path):
            self.path = os.path.join(os.getcwd(), self.path)

        self._path_mtime = -1

    def invalidate_caches(self):
        """Look at the folder anew; it always is."""
        self._path_mtime = -1

    def find_loader(self, fullname):
        """Deprecated: a pair of a loader or None, and the folders of a namespace package."""
        _deprecated_method('FileFinder', 'find_loader')
        spec = self.find_spec(fullname)
        return (None, []) if spec is None else (spec.loader, spec.submodule_search_locations or [])

    def find_module(self, fullname):
        """Deprecated: use find_spec."""
        spec = self.find_spec(fullname)
        loader, portions = (None, []) if spec is None else (spec.loader, spec.submodule_search_locations)
        if loader is None and portions:
            import warnings
            warnings.warn(f'Not importing directory {portions[0]}: missing __init__', ImportWarning)
        return loader

    def _spec(self, loader_class, fullname, path, locations):
        from importlib.util import spec_from_file_location
        return spec_from_file_location(fullname, path, loader=loader_class(fullname, path),
                                       submodule_search_locations=locations)

    def find_spec(self, fullname, target=None):
        """The spec of a module in the folder, or None."""
        base = os.path.join(self.path, fullname.rpartition('.')[2])
        if os.path.isdir(base):
            for suffix, loader_class in self._loaders:
                path = os.path.join(base, '__init__' + suffix)
                if os.path.isfile(path):
                    return self._spec(loader_class, fullname, path, [base])
        for suffix, loader_class in self._loaders:
            if os.path.isfile(base + suffix):
                return self._spec(loader_class, fullname, base + suffix, None)
        if os.path.isdir(base):
            spec = ModuleSpec(fullname, None)
            spec.submodule_search_locations = [base]
            return spec
        return None

    @classmethod
    def path_hook(cls, *loader_details):
        """A function for sys.path_hooks."""
        def path_hook_for_FileFinder(path):
            if not os.path.isdir(path or '.'):
                raise ImportError('only directories are supported', path=path)
            return cls(path, *loader_details)
        return path_hook_for_FileFinder

    def __repr__(self):
        return f'FileFinder({self.path!r})'


class WindowsRegistryFinder:
    """Finds modules that are named in the registry of Windows: none, here."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return None


for _class in (FileFinder, PathFinder, SourceFileLoader, SourcelessFileLoader, ExtensionFileLoader, NamespaceLoader,
               _NamespacePath):
    _class.__module__ = '_frozen_importlib_external'
for _class in BuiltinImporter, FrozenImporter:
    _class.__module__ = '_frozen_importlib'
del _class
