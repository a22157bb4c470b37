"""A database in two files that any program can read: the values in NAME.dat, and in NAME.dir a line for each key that says where.

A value takes whole blocks of the .dat file. One that grows beyond its blocks is written at the end, its old place is lost. The .dir
file is written when a value moves, and as a whole by sync() and close(); the one before stays as NAME.bak meanwhile.
"""
import ast
import collections.abc
import io
import os

__all__ = ['error', 'open']

error = OSError

_BLOCK = 512


class _Database(collections.abc.MutableMapping):
    _os, _io = os, io  # close() may be called while the modules are being torn down

    def __init__(self, basename, mode, flag='c'):
        self._mode = mode
        self._read_only = flag == 'r'
        basename = os.fsdecode(basename)
        self._dir, self._dat, self._bak = (basename + suffix for suffix in ('.dir', '.dat', '.bak'))
        self._places = None  # key -> (start, size); None: closed
        self._changed = False
        self._make_files(flag)
        self._read_places(flag)

    def _make_files(self, flag):
        if flag == 'n':
            for name in self._dat, self._bak, self._dir:
                try:
                    os.remove(name)
                except OSError:
                    pass
        try:
            io.open(self._dat, 'rb').close()
        except OSError:
            if flag not in ('c', 'n'):
                raise
            with io.open(self._dat, 'wb'):
                self._set_mode(self._dat)

    def _read_places(self, flag):
        self._places = {}
        try:
            file = io.open(self._dir, 'r', encoding='Latin-1')
        except OSError:
            if flag not in ('c', 'n'):
                raise
            with io.open(self._dir, 'w', encoding='Latin-1'):
                self._set_mode(self._dir)
            return
        with file:
            for line in file:
                key, place = ast.literal_eval(line.rstrip())
                self._places[key.encode('Latin-1')] = place

    def _set_mode(self, name):
        self._os.chmod(name, self._mode)

    def _checked(self, writing=False):
        if writing and self._read_only:
            raise error('The database is opened for reading only')
        if self._places is None:
            raise error('DBM object has already been closed')
        return self._places

    def _write_line(self, file, key, place):
        file.write(f'{key.decode("Latin-1")!r}, {place!r}\n')

    def sync(self):
        """Writes the places of all values, if any has changed."""
        if self._places is None or not self._changed:
            return
        for action, names in ((self._os.unlink, (self._bak,)), (self._os.rename, (self._dir, self._bak))):
            try:
                action(*names)
            except OSError:
                pass
        with self._io.open(self._dir, 'w', encoding='Latin-1') as file:
            self._set_mode(self._dir)
            for key, place in self._places.items():
                self._write_line(file, key, place)
        self._changed = False

    _commit = sync

    def close(self):
        try:
            self.sync()
        finally:
            self._places = None

    __del__ = close

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    # --- the mapping ---

    def __getitem__(self, key):
        start, size = self._checked()[_as_bytes(key)]
        with io.open(self._dat, 'rb') as file:
            file.seek(start)
            return file.read(size)

    def __setitem__(self, key, value):
        places = self._checked(writing=True)
        if not isinstance(key, (str, bytes, bytearray)):
            raise TypeError('keys must be bytes or strings')
        if not isinstance(value, (str, bytes, bytearray)):
            raise TypeError('values must be bytes or strings')
        key, value = _as_bytes(key), _as_bytes(value)
        self._changed = True
        start, size = places.get(key, (None, 0))
        blocks = (size + _BLOCK - 1) // _BLOCK
        if start is not None and (len(value) + _BLOCK - 1) // _BLOCK <= blocks:
            places[key] = self._write_at(start, value)
            return
        places[key] = self._write_at(None, value)
        if start is None:
            with io.open(self._dir, 'a', encoding='Latin-1') as file:
                self._set_mode(self._dir)
                self._write_line(file, key, places[key])

    def _write_at(self, start, value):
        """Writes the value, at the next block behind the end when start is None; (start, size)."""
        with io.open(self._dat, 'rb+') as file:
            if start is None:
                end = file.seek(0, 2)
                start = (end + _BLOCK - 1) // _BLOCK * _BLOCK
                file.write(bytes(start - end))
            else:
                file.seek(start)
            file.write(value)
        return start, len(value)

    def __delitem__(self, key):
        places = self._checked(writing=True)
        self._changed = True
        del places[_as_bytes(key)]
        self.sync()

    def __contains__(self, key):
        return _as_bytes(key) in self._checked()

    def __iter__(self):
        return iter(self._checked())

    iterkeys = __iter__

    def __len__(self):
        return len(self._checked())

    def keys(self):
        """The keys, in a list."""
        return list(self._checked())

    def items(self):
        """Keys and values, in a list."""
        return [(key, self[key]) for key in self._checked()]


def _as_bytes(text):
    return text.encode('utf-8') if isinstance(text, str) else bytes(text)


def open(file, flag='c', mode=0o666):
    """The database whose files begin with that name. mode is that of new files, less the umask."""
    umask = os.umask(0)
    os.umask(umask)
    if flag not in ('r', 'w', 'c', 'n'):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    return _Database(file, mode & ~umask, flag=flag)
