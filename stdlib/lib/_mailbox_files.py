"""Files for mailbox: views on parts of a file, files that are made with care, and the two kinds of locks."""
import errno
import os
import socket
import time
from types import GenericAlias

try:
    import fcntl
except ImportError:
    fcntl = None


class Error(Exception):
    """The base of mailbox's errors."""


class NoSuchMailboxError(Error):
    """There is no such box, and none is to be made."""


class NotEmptyError(Error):
    """A folder is to be removed that holds something."""


class ExternalClashError(Error):
    """Another program is at the box as well."""


class FormatError(Error):
    """A file of the box cannot be read."""


class _ProxyFile:
    """A file with a position of its own on another file."""

    def __init__(self, f, pos=None):
        self._file = f
        self._pos = f.tell() if pos is None else pos

    def read(self, size=None):
        return self._read(size, self._file.read)

    def read1(self, size=None):
        return self._read(size, self._file.read1)

    def readline(self, size=None):
        return self._read(size, self._file.readline)

    def readlines(self, sizehint=None):
        lines = []
        for line in self:
            lines.append(line)
            if sizehint is not None:
                sizehint -= len(line)
                if sizehint <= 0:
                    break
        return lines

    def __iter__(self):
        while line := self.readline():
            yield line

    def tell(self):
        return self._pos

    def seek(self, offset, whence=0):
        if whence == 1:
            self._file.seek(self._pos)
        self._file.seek(offset, whence)
        self._pos = self._file.tell()

    def close(self):
        if hasattr(self, '_file'):
            try:
                if hasattr(self._file, 'close'):
                    self._file.close()
            finally:
                del self._file

    def _read(self, size, read_method):
        self._file.seek(self._pos)
        result = read_method(-1 if size is None else size)
        self._pos = self._file.tell()
        return result

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def readable(self):
        return self._file.readable()

    def writable(self):
        return self._file.writable()

    def seekable(self):
        return self._file.seekable()

    def flush(self):
        return self._file.flush()

    @property
    def closed(self):
        return not hasattr(self, '_file') or getattr(self._file, 'closed', False)

    __class_getitem__ = classmethod(GenericAlias)


class _PartialFile(_ProxyFile):
    """A view on the part of a file from one position to another."""

    def __init__(self, f, start=None, stop=None):
        super().__init__(f, start)
        self._start, self._stop = start, stop

    def tell(self):
        return super().tell() - self._start

    def seek(self, offset, whence=0):
        if whence != 1:
            self._pos = self._stop if whence == 2 else self._start
        super().seek(offset, 1)

    def _read(self, size, read_method):
        left = self._stop - self._pos
        if left <= 0:
            return b''
        return super()._read(left if size is None or size < 0 else min(size, left), read_method)

    def close(self):
        if hasattr(self, '_file'):  # the other file is the box's
            del self._file


def _create_carefully(path):
    """A new file, which must not have been there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    return open(path, 'rb+')


def _create_temporary(path):
    """A new file beside one, which nobody else makes."""
    return _create_carefully(f'{path}.{int(time.time())}.{socket.gethostname()}.{os.getpid()}')


def _sync_flush(f):
    f.flush()
    os.fsync(f.fileno())


def _sync_close(f):
    _sync_flush(f)
    f.close()


def _lock_file(f, dotlock=True):
    """Lock a file both ways that mail programs know: by the system, and by a file beside it with '.lock'."""
    if fcntl:
        try:
            fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            if problem.errno in (errno.EAGAIN, errno.EACCES, errno.EROFS):
                raise ExternalClashError(f'lockf: lock unavailable: {f.name}')
            raise
    try:
        if dotlock:
            _dot_lock(f.name)
    except:
        if fcntl:
            fcntl.lockf(f, fcntl.LOCK_UN)
        raise


def _dot_lock(name):
    try:
        made = _create_temporary(name + '.lock')
        made.close()
    except OSError as problem:
        if problem.errno in (errno.EACCES, errno.EROFS):  # where one may not write, others may not either
            return
        raise
    try:
        os.link(made.name, name + '.lock')  # a link either is made or not, also over NFS
    except FileExistsError:
        raise ExternalClashError(f'dot lock unavailable: {name}')
    finally:
        os.unlink(made.name)


def _unlock_file(f):
    if fcntl:
        fcntl.lockf(f, fcntl.LOCK_UN)
    if os.path.exists(f.name + '.lock'):
        os.remove(f.name + '.lock')


for _kind in Error, NoSuchMailboxError, NotEmptyError, ExternalClashError, FormatError, _ProxyFile, _PartialFile:
    _kind.__module__ = 'mailbox'
