"""What finders and loaders must have, as classes to derive from."""
import abc

from importlib import machinery

__all__ = ['Loader', 'MetaPathFinder', 'PathEntryFinder', 'ResourceLoader', 'InspectLoader', 'ExecutionLoader',
           'FileLoader', 'SourceLoader', 'Traversable', 'TraversableResources', 'ResourceReader', 'Finder']


class Finder(metaclass=abc.ABCMeta):
    """Deprecated."""

    def __init__(self):
        import warnings
        warnings.warn('the Finder ABC is deprecated and slated for removal in Python 3.12; use MetaPathFinder or '
                      'PathEntryFinder instead', DeprecationWarning)

    @abc.abstractmethod
    def find_module(self, fullname, path=None):
        """Deprecated: a loader or None."""


def _spec_by(finder, method, fullname, *more):
    """What a deprecated method finds: the spec that find_spec() gives, if the finder has that."""
    import warnings
    owner = 'MetaPathFinder' if more else 'PathEntryFinder'
    warnings.warn(f'{owner}.{method}() is deprecated since Python 3.4 in favor of {owner}.find_spec() and is slated for '
                  'removal in Python 3.12', DeprecationWarning, stacklevel=3)
    return finder.find_spec(fullname, *more) if hasattr(finder, 'find_spec') else None


class MetaPathFinder(metaclass=abc.ABCMeta):
    """For sys.meta_path: has find_spec(fullname, path, target=None)."""

    def find_module(self, fullname, path):
        """Deprecated: the loader of the spec, or None."""
        spec = _spec_by(self, 'find_module', fullname, path)
        return None if spec is None else spec.loader

    def invalidate_caches(self):
        """Files have changed."""


class PathEntryFinder(metaclass=abc.ABCMeta):
    """For one entry of sys.path: has find_spec(fullname, target=None)."""

    def find_loader(self, fullname):
        """Deprecated: a pair of the loader or None, and the folders of a namespace package."""
        spec = _spec_by(self, 'find_loader', fullname)
        if spec is None:
            return None, []
        portions = None if spec.loader is not None else spec.submodule_search_locations
        return spec.loader, portions or []

    def find_module(self, fullname):
        """Deprecated: the loader that find_loader() finds."""
        return self.find_loader(fullname)[0]

    def invalidate_caches(self):
        """Files have changed."""


class Loader(metaclass=abc.ABCMeta):
    """Has exec_module(module), and create_module(spec) if it makes modules of its own."""

    def create_module(self, spec):
        """None: an ordinary module will do."""
        return None

    def module_repr(self, module):
        """Deprecated: how a module of this loader is shown."""
        import warnings
        warnings.warn('importlib.abc.Loader.module_repr() is deprecated and slated for removal in Python 3.12',
                      DeprecationWarning)
        raise NotImplementedError

    def load_module(self, fullname):
        """Deprecated: use exec_module."""
        if not hasattr(self, 'exec_module'):
            raise ImportError
        return machinery._load(self, fullname)


class ResourceLoader(Loader):
    """Can give the bytes of files."""

    @abc.abstractmethod
    def get_data(self, path):
        raise OSError


class InspectLoader(Loader):
    """Can give the source and code of modules."""

    def is_package(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        source = self.get_source(fullname)
        return None if source is None else self.source_to_code(source)

    @abc.abstractmethod
    def get_source(self, fullname):
        raise ImportError

    @staticmethod
    def source_to_code(data, path='<string>'):
        return compile(data, path, 'exec', dont_inherit=True)

    exec_module = machinery._LoaderBasics.exec_module
    load_module = machinery._LoaderBasics.load_module


class ExecutionLoader(InspectLoader):
    """Knows the file of a module as well."""

    @abc.abstractmethod
    def get_filename(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        source = self.get_source(fullname)
        if source is None:
            return None
        try:
            path = self.get_filename(fullname)
        except ImportError:
            return self.source_to_code(source)
        return self.source_to_code(source, path)


class FileLoader(machinery._FileBasics, ResourceLoader, ExecutionLoader):
    """Loads one file."""


class SourceLoader(machinery.SourceLoader, ResourceLoader, ExecutionLoader):
    """Loads source."""


MetaPathFinder.register(machinery.BuiltinImporter)
MetaPathFinder.register(machinery.FrozenImporter)
MetaPathFinder.register(machinery.PathFinder)
MetaPathFinder.register(machinery.WindowsRegistryFinder)
PathEntryFinder.register(machinery.FileFinder)
InspectLoader.register(machinery.BuiltinImporter)
InspectLoader.register(machinery.FrozenImporter)
InspectLoader.register(machinery.NamespaceLoader)
SourceLoader.register(machinery.SourceFileLoader)
FileLoader.register(machinery.SourceFileLoader)
FileLoader.register(machinery.SourcelessFileLoader)
ExecutionLoader.register(machinery.ExtensionFileLoader)


def __getattr__(name):
    if name in ('Traversable', 'TraversableResources', 'ResourceReader'):
        from importlib.resources import abc as resources_abc
        return getattr(resources_abc, name)
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
