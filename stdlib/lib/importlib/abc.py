"""What finders and loaders must have, as classes to derive from."""
import abc

from importlib import machinery

__all__ = ['Loader', 'MetaPathFinder', 'PathEntryFinder', 'ResourceLoader', 'InspectLoader', 'ExecutionLoader',
           'FileLoader', 'SourceLoader', 'Traversable', 'TraversableResources', 'ResourceReader', 'Finder']


class Finder(metaclass=abc.ABCMeta):
    """Deprecated."""


class MetaPathFinder(metaclass=abc.ABCMeta):
    """For sys.meta_path: has find_spec(fullname, path, target=None)."""

    def invalidate_caches(self):
        """Files have changed."""


class PathEntryFinder(metaclass=abc.ABCMeta):
    """For one entry of sys.path: has find_spec(fullname, target=None)."""

    def invalidate_caches(self):
        """Files have changed."""


class Loader(metaclass=abc.ABCMeta):
    """Has exec_module(module), and create_module(spec) if it makes modules of its own."""

    def create_module(self, spec):
        """None: an ordinary module will do."""
        return None

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
