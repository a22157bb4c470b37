"""A dict on disk: keys are str, values whatever can be pickled. shelve.open(name) stands on dbm.

A value that is changed after it was read is not written back, unless the shelf was opened with writeback=True: it keeps what was
read and writes all of it at sync() and close().
"""
import collections.abc
from io import BytesIO
from pickle import DEFAULT_PROTOCOL, Pickler, Unpickler

__all__ = ['Shelf', 'BsdDbShelf', 'DbfilenameShelf', 'open']


class _ClosedDict(collections.abc.MutableMapping):
    """In the place of the database of a closed shelf."""

    def closed(self, *args):
        raise ValueError('invalid operation on closed shelf')

    __iter__ = __len__ = __getitem__ = __setitem__ = __delitem__ = keys = closed

    def __repr__(self):
        return '<Closed Dictionary>'


class Shelf(collections.abc.MutableMapping):
    """A mapping over another one, from bytes to bytes, that has a sync() and close() if it likes."""

    def __init__(self, dict, protocol=None, writeback=False, keyencoding='utf-8'):
        self.dict = dict
        self._protocol = DEFAULT_PROTOCOL if protocol is None else protocol
        self.writeback = writeback
        self.keyencoding = keyencoding
        self.cache = {}

    def _unpickle(self, data):
        return Unpickler(BytesIO(data)).load()

    def __iter__(self):
        for key in self.dict.keys():
            yield key.decode(self.keyencoding)

    def __len__(self):
        return len(self.dict)

    def __contains__(self, key):
        return key.encode(self.keyencoding) in self.dict

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __getitem__(self, key):
        if key in self.cache:
            return self.cache[key]
        value = self._unpickle(self.dict[key.encode(self.keyencoding)])
        if self.writeback:
            self.cache[key] = value
        return value

    def __setitem__(self, key, value):
        if self.writeback:
            self.cache[key] = value
        file = BytesIO()
        Pickler(file, self._protocol).dump(value)
        self.dict[key.encode(self.keyencoding)] = file.getvalue()

    def __delitem__(self, key):
        del self.dict[key.encode(self.keyencoding)]
        self.cache.pop(key, None)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        if self.dict is None:
            return
        try:
            self.sync()
            close = getattr(self.dict, 'close', None)
            if close is not None:
                close()
        finally:
            # At the end of the program the class may be gone already.
            self.dict = _ClosedDict() if _ClosedDict is not None else None

    def __del__(self):
        if hasattr(self, 'writeback'):
            self.close()

    def sync(self):
        """Writes back what was read, and has the database write what it holds."""
        if self.writeback and self.cache:
            self.writeback = False
            for key, value in self.cache.items():
                self[key] = value
            self.writeback = True
            self.cache = {}
        sync = getattr(self.dict, 'sync', None)
        if sync is not None:
            sync()


class BsdDbShelf(Shelf):
    """A shelf over a database that can be walked: it has first, next, previous, last and set_location."""

    def _decoded(self, pair):
        key, value = pair
        return key.decode(self.keyencoding), self._unpickle(value)

    def set_location(self, key):
        return self._decoded(self.dict.set_location(key))

    def next(self):
        return self._decoded(next(self.dict))

    def previous(self):
        return self._decoded(self.dict.previous())

    def first(self):
        return self._decoded(self.dict.first())

    def last(self):
        return self._decoded(self.dict.last())


class DbfilenameShelf(Shelf):
    """A shelf over the dbm database of that name."""

    def __init__(self, filename, flag='c', protocol=None, writeback=False):
        import dbm
        super().__init__(dbm.open(filename, flag), protocol, writeback)


def open(filename, flag='c', protocol=None, writeback=False):
    """The shelf in that file; flag as in dbm.open."""
    return DbfilenameShelf(filename, flag, protocol, writeback)
