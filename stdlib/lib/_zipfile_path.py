"""zipfile.Path: the files of an archive as paths."""
import io
import posixpath


def _with_folders(names):
    """The names, and the folders that are there only because something is in them."""
    names = list(names)
    seen = dict.fromkeys(names)
    for name in names:
        folder = posixpath.dirname(name.rstrip('/'))
        while folder:
            seen.setdefault(folder + '/')
            folder = posixpath.dirname(folder)
    return list(seen)


class Path:
    """A place in an archive: root / 'folder' / 'name'."""

    def __init__(self, root, at=''):
        import zipfile
        self.root = root if isinstance(root, zipfile.ZipFile) else zipfile.ZipFile(root)
        self.at = at

    def _names(self):
        return _with_folders(self.root.namelist())

    def __eq__(self, other):
        if self.__class__ is not other.__class__:
            return NotImplemented
        return (self.root, self.at) == (other.root, other.at)

    def __hash__(self):
        return hash((self.root, self.at))

    def open(self, mode='r', *args, pwd=None, **kwargs):
        """The file, as text or ('rb') bytes."""
        if self.is_dir():
            raise IsADirectoryError(self)
        kind = mode[0]
        if not self.exists() and kind == 'r':
            raise FileNotFoundError(self)
        stream = self.root.open(self.at, kind, pwd=pwd)
        if 'b' in mode:
            if args or kwargs:
                raise ValueError('encoding args invalid for binary operation')
            return stream
        return io.TextIOWrapper(stream, *args, **kwargs)

    @property
    def name(self):
        return posixpath.basename(self.at.rstrip('/')) or self.filename.name

    @property
    def filename(self):
        import pathlib
        return pathlib.Path(self.root.filename).joinpath(self.at)

    @property
    def suffix(self):
        import pathlib
        return pathlib.PurePosixPath(self.at).suffix or self.filename.suffix

    @property
    def suffixes(self):
        import pathlib
        return pathlib.PurePosixPath(self.at).suffixes or self.filename.suffixes

    @property
    def stem(self):
        import pathlib
        return pathlib.PurePosixPath(self.at).stem or self.filename.stem

    def read_text(self, *args, **kwargs):
        with self.open('r', *args, **kwargs) as file:
            return file.read()

    def read_bytes(self):
        with self.open('rb') as file:
            return file.read()

    def _next(self, at):
        return self.__class__(self.root, at)

    def is_dir(self):
        return not self.at or self.at.endswith('/')

    def is_file(self):
        return self.exists() and not self.is_dir()

    def exists(self):
        return self.at in self._names()

    def iterdir(self):
        """What is in the folder."""
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        here = self.at.rstrip('/')
        for name in self._names():
            if posixpath.dirname(name.rstrip('/')) == here:
                yield self._next(name)

    def joinpath(self, *other):
        at = posixpath.join(self.at, *other)
        if at + '/' in self._names() and at not in self._names():
            at += '/'
        return self._next(at)

    __truediv__ = joinpath

    @property
    def parent(self):
        if not self.at:
            return self.filename.parent
        above = posixpath.dirname(self.at.rstrip('/'))
        return self._next(above + '/' if above else above)

    def __str__(self):
        return posixpath.join(self.root.filename, self.at)

    def __repr__(self):
        return f'{self.__class__.__name__}({self.root.filename!r}, {self.at!r})'


Path.__module__ = 'zipfile'
