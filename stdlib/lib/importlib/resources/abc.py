"""What readers of resources must have."""
import abc
import os
from typing import Protocol, runtime_checkable

__all__ = ['ResourceReader', 'Traversable', 'TraversableResources']


class ResourceReader(metaclass=abc.ABCMeta):
    """Reads the files of one package."""

    @abc.abstractmethod
    def open_resource(self, resource):
        """A file, open for reading bytes; FileNotFoundError if there is none."""
        raise FileNotFoundError

    @abc.abstractmethod
    def resource_path(self, resource):
        """The path of a file; FileNotFoundError if it has none."""
        raise FileNotFoundError

    @abc.abstractmethod
    def is_resource(self, path):
        """Whether it is a file."""
        raise FileNotFoundError

    @abc.abstractmethod
    def contents(self):
        """The names of all files."""
        raise FileNotFoundError


@runtime_checkable
class Traversable(Protocol):
    """As much of pathlib.Path as resources need."""

    @abc.abstractmethod
    def iterdir(self):
        pass

    def read_bytes(self):
        with self.open('rb') as file:
            return file.read()

    def read_text(self, encoding=None):
        with self.open(encoding=encoding) as file:
            return file.read()

    @abc.abstractmethod
    def is_dir(self):
        pass

    @abc.abstractmethod
    def is_file(self):
        pass

    @abc.abstractmethod
    def joinpath(self, *descendants):
        pass

    def __truediv__(self, child):
        return self.joinpath(child)

    @abc.abstractmethod
    def open(self, mode='r', *args, **kwargs):
        pass

    @property
    @abc.abstractmethod
    def name(self):
        pass


class TraversableResources(ResourceReader):
    """A reader that only needs files()."""

    @abc.abstractmethod
    def files(self):
        """The folder of the package."""

    def open_resource(self, resource):
        return self.files().joinpath(resource).open('rb')

    def resource_path(self, resource):
        raise FileNotFoundError(resource)

    def is_resource(self, path):
        return self.files().joinpath(path).is_file()

    def contents(self):
        return (item.name for item in self.files().iterdir())
