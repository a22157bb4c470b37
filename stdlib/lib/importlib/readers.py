"""Readers of resources: of files beside a module, in an archive, and of namespace packages, which are in many folders."""
import pathlib

from importlib.resources import abc

__all__ = ['FileReader', 'MultiplexedPath', 'NamespaceReader', 'ZipReader']


class FileReader(abc.TraversableResources):
    """The files in the folder of a loader's file."""

    def __init__(self, loader):
        self.path = pathlib.Path(loader.path).parent

    def resource_path(self, resource):
        """The path as a string, so that resources.path() need not make a copy."""
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path


class ZipReader(abc.TraversableResources):
    """The files of a package in an archive."""

    def __init__(self, loader, module):
        tail = module.rpartition('.')[2]
        self.prefix = f"{loader.prefix.replace(chr(92), '/')}{tail}/"
        self.archive = loader.archive

    def open_resource(self, resource):
        try:
            return super().open_resource(resource)
        except KeyError as error:
            raise FileNotFoundError(error.args[0]) from error

    def is_resource(self, path):
        """Whether it is a file; of a path that is not there nothing is known but that it is none."""
        found = self.files().joinpath(path)
        return found.is_file() and found.exists()

    def files(self):
        import zipfile
        return zipfile.Path(self.archive, self.prefix)


class MultiplexedPath(abc.Traversable):
    """Several folders as one: of two files with the same name the first counts."""

    def __init__(self, *paths):
        self._paths = [pathlib.Path(path) for path in dict.fromkeys(paths)]
        if not self._paths:
            raise FileNotFoundError('MultiplexedPath must contain at least one path')
        if not all(path.is_dir() for path in self._paths):
            raise NotADirectoryError('MultiplexedPath only supports directories')

    def iterdir(self):
        entries = {}
        for path in self._paths:
            for entry in path.iterdir():
                entries.setdefault(entry.name, entry)
        return iter(entries.values())

    def read_bytes(self):
        raise FileNotFoundError(f'{self} is not a file')

    def read_text(self, *args, **kwargs):
        raise FileNotFoundError(f'{self} is not a file')

    def open(self, *args, **kwargs):
        raise FileNotFoundError(f'{self} is not a file')

    def is_dir(self):
        return True

    def is_file(self):
        return False

    def joinpath(self, *names):
        """The first that there is; where there is none, the place in the first folder."""
        if not names:
            return self
        places = [path.joinpath(*names) for path in self._paths]
        return next((place for place in places if place.exists()), places[0])

    __truediv__ = joinpath

    @property
    def name(self):
        return self._paths[0].name

    def __repr__(self):
        return f"MultiplexedPath({', '.join([repr(str(path)) for path in self._paths])})"


class NamespaceReader(abc.TraversableResources):
    """The files of a namespace package."""

    def __init__(self, namespace_path):
        if 'NamespacePath' not in str(namespace_path):
            raise ValueError('Invalid path')
        self.path = MultiplexedPath(*list(namespace_path))

    def resource_path(self, resource):
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path
