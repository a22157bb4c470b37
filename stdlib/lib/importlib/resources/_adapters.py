"""A package whose loader has only the older methods of a ResourceReader, or none at all, seen as a tree of paths.

The tree has three kinds of nodes: the package itself, the resources that the reader names, and everything else, which is
not there.
"""
import contextlib
import io
import types

from importlib.resources import abc


def _as_stream(file, mode, *args, **kwargs):
    if mode == 'r':
        return io.TextIOWrapper(file, *args, **kwargs)
    if mode == 'rb':
        return file
    raise ValueError(f"Invalid mode value '{mode}', only 'r' and 'rb' are supported")


class _Node(abc.Traversable):
    """What the three have in common: nothing inside, and nothing to read."""

    def iterdir(self):
        return iter(())

    def is_file(self):
        return False

    def is_dir(self):
        return False

    def joinpath(self, other):
        return CompatibilityFiles.OrphanPath(self.name, other)

    def __truediv__(self, other):
        return self.joinpath(other)

    def open(self, mode='r', *args, **kwargs):
        raise FileNotFoundError("Can't open orphan path")


class CompatibilityFiles:
    """Stands in for a loader's reader; what it does not do itself it leaves to the reader that there is."""

    class SpecPath(_Node):
        """The package."""

        def __init__(self, spec, reader):
            self._spec, self._reader = spec, reader

        @property
        def name(self):
            return self._spec.name

        def iterdir(self):
            names = self._reader.contents() if self._reader else ()
            return iter([CompatibilityFiles.ChildPath(self._reader, name) for name in names])

        def joinpath(self, other):
            if self._reader is None:
                return CompatibilityFiles.OrphanPath(other)
            return CompatibilityFiles.ChildPath(self._reader, other)

        def open(self, mode='r', *args, **kwargs):
            return _as_stream(self._reader.open_resource(None), mode, *args, **kwargs)

    class ChildPath(_Node):
        """A resource of the package."""

        def __init__(self, reader, name):
            self._reader, self._name = reader, name

        @property
        def name(self):
            return self._name

        def is_file(self):
            return self._reader.is_resource(self._name)

        def is_dir(self):
            return not self.is_file()

        def open(self, mode='r', *args, **kwargs):
            return _as_stream(self._reader.open_resource(self._name), mode, *args, **kwargs)

    class OrphanPath(_Node):
        """A path that leads nowhere."""

        def __init__(self, *parts):
            if not parts:
                raise ValueError('Need at least one path part to construct a path')
            self._parts = parts

        @property
        def name(self):
            return self._parts[-1]

        def joinpath(self, other):
            return CompatibilityFiles.OrphanPath(*self._parts, other)

    def __init__(self, spec):
        self.spec = spec

    @property
    def _reader(self):
        with contextlib.suppress(AttributeError):
            return self.spec.loader.get_resource_reader(self.spec.name)
        return None

    def _native(self):
        """The reader itself if it has files(), else this."""
        reader = self._reader
        return reader if hasattr(reader, 'files') else self

    def files(self):
        return CompatibilityFiles.SpecPath(self.spec, self._reader)

    def __getattr__(self, name):
        return getattr(self._reader, name)


def wrap_spec(package):
    """The package's spec with a loader whose reader has files() in any case."""
    spec = package.__spec__
    loader = types.SimpleNamespace(get_resource_reader=lambda name: CompatibilityFiles(spec)._native())
    return types.SimpleNamespace(name=spec.name, loader=loader, origin=spec.origin,
                                 submodule_search_locations=spec.submodule_search_locations)
