"""Finding files by the patterns of shells."""

import contextlib
import fnmatch
import os
import re
import stat
import sys

__all__ = ["escape", "glob", "iglob"]

_magic = re.compile("([*?[])")
_magic_bytes = re.compile(b"([*?[])")


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False,
         include_hidden=False):
    """The list of paths that match. With recursive, "**" stands for any
    number of directories. Names that begin with a dot are matched by
    patterns that do, or by all with include_hidden."""
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd,
                      recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False,
          include_hidden=False):
    """An iterator over what glob() gives."""
    sys.audit("glob.glob", pathname, recursive)
    sys.audit("glob.glob/2", pathname, recursive, root_dir, dir_fd)
    root = pathname[:0] if root_dir is None else os.fspath(root_dir)
    walk = _Walk(dir_fd, recursive, include_hidden)
    found = walk.paths(pathname, root, False)
    if not pathname or recursive and _is_recursive(pathname[:2]):
        # "**" also matches nothing at all: not a path.
        for first in found:
            if first:
                return _chain(first, found)
            break
    return found


def _chain(first, rest):
    yield first
    yield from rest


class _Walk:
    """One search."""

    def __init__(self, dir_fd, recursive, include_hidden):
        self.dir_fd = dir_fd
        self.recursive = recursive
        self.include_hidden = include_hidden

    def paths(self, pathname, root, dironly):
        dirname, basename = os.path.split(pathname)
        if not has_magic(pathname):
            assert not dironly
            if basename:
                if self._exists(_join(root, pathname)):
                    yield pathname
            elif self._is_dir(_join(root, dirname)):
                # A pattern that ends in a slash means directories only.
                yield pathname
            return
        if not dirname:
            yield from self._names(basename)(root, basename, dironly)
            return
        if dirname != pathname and has_magic(dirname):
            dirs = self.paths(dirname, root, True)
        else:
            dirs = [dirname]
        if not has_magic(basename):
            names = self._plain
        else:
            names = self._names(basename)
        for directory in dirs:
            for name in names(_join(root, directory), basename, dironly):
                yield os.path.join(directory, name)

    def _names(self, basename):
        if self.recursive and _is_recursive(basename):
            return self._below
        return self._matching

    # The names in a directory that a last part of a pattern stands for.

    def _matching(self, directory, pattern, dironly):
        names = self._list(directory, dironly)
        if not (self.include_hidden or _is_hidden(pattern)):
            names = [name for name in names if not _is_hidden(name)]
        return fnmatch.filter(names, pattern)

    def _plain(self, directory, basename, dironly):
        if basename:
            if self._exists(_join(directory, basename)):
                return [basename]
        elif self._is_dir(directory):
            return [basename]
        return []

    def _below(self, directory, pattern, dironly):
        """Everything in and under a directory, and the directory itself."""
        if not directory or self._is_dir(directory):
            yield pattern[:0]
        yield from self._tree(directory, dironly)

    def _tree(self, directory, dironly):
        for name in self._list(directory, dironly):
            if self.include_hidden or not _is_hidden(name):
                yield name
                path = _join(directory, name) if directory else name
                for inner in self._tree(path, dironly):
                    yield _join(name, inner)

    # The file system.

    def _list(self, directory, dironly):
        names = []
        with contextlib.suppress(OSError):
            descriptor = None
            if self.dir_fd is not None:
                where = directory or (b"." if isinstance(directory, bytes)
                                      else ".")
                descriptor = os.open(where, os.O_RDONLY | os.O_DIRECTORY,
                                     dir_fd=self.dir_fd)
                place = descriptor
            elif directory:
                place = directory
            elif isinstance(directory, bytes):
                place = os.fsencode(os.curdir)
            else:
                place = os.curdir
            encode = (os.fsencode if descriptor is not None
                      and isinstance(directory, bytes) else None)
            try:
                with os.scandir(place) as entries:
                    for entry in entries:
                        with contextlib.suppress(OSError):
                            if not dironly or entry.is_dir():
                                names.append(entry.name if encode is None
                                             else encode(entry.name))
            finally:
                if descriptor is not None:
                    os.close(descriptor)
        return names

    def _exists(self, path):
        if self.dir_fd is None:
            return os.path.lexists(path)
        try:
            os.lstat(path, dir_fd=self.dir_fd)
        except (OSError, ValueError):
            return False
        return True

    def _is_dir(self, path):
        if self.dir_fd is None:
            return os.path.isdir(path)
        try:
            return stat.S_ISDIR(os.stat(path, dir_fd=self.dir_fd).st_mode)
        except (OSError, ValueError):
            return False


magic_check = re.compile('[*?[]')
magic_check_bytes = re.compile(b'[*?[]')


def glob0(dirname, pattern):
    """[pattern] if that is a file of a folder, a name without wildcards; else []."""
    return [pattern] if os.path.lexists(_join(dirname, pattern)) else []


def glob1(dirname, pattern):
    """The names in a folder that match a pattern; hidden ones only if the pattern begins with a dot."""
    try:
        names = os.listdir(dirname or (os.curdir if isinstance(pattern, str) else b'.'))
    except OSError:
        return []
    if not _is_hidden(pattern):
        names = [name for name in names if not _is_hidden(name)]
    return fnmatch.filter(names, pattern)


def _join(directory, name):
    if not directory or not name:
        return directory or name
    return os.path.join(directory, name)


def has_magic(s):
    expression = _magic_bytes if isinstance(s, bytes) else _magic
    return expression.search(s) is not None


def _is_hidden(name):
    return name[:1] in (".", b".")


def _is_recursive(pattern):
    return pattern == (b"**" if isinstance(pattern, bytes) else "**")


def escape(pathname):
    """The path as a pattern that matches just it."""
    drive, pathname = os.path.splitdrive(pathname)
    if isinstance(pathname, bytes):
        return drive + _magic_bytes.sub(br"[\1]", pathname)
    return drive + _magic.sub(r"[\1]", pathname)
