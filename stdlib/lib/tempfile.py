"""Files and folders that are there for a while only."""
import errno as _errno
import io as _io
import os as _os
import sys as _sys
import threading as _threading
import weakref as _weakref
from random import Random as _Random
from types import GenericAlias as _GenericAlias

__all__ = ['NamedTemporaryFile', 'TemporaryFile', 'SpooledTemporaryFile', 'TemporaryDirectory',
           'mkstemp', 'mkdtemp', 'mktemp', 'TMP_MAX', 'gettempprefix', 'tempdir', 'gettempdir',
           'gettempprefixb', 'gettempdirb']

TMP_MAX = 10000
template = 'tmp'
tempdir = None

_lock = _threading.Lock()
_text_openflags = _os.O_RDWR | _os.O_CREAT | _os.O_EXCL | getattr(_os, 'O_NOFOLLOW', 0)
_bin_openflags = _text_openflags


# --- names ---

class _RandomNameSequence:
    """Endless random names of eight characters; a child process gets a sequence of its own."""

    characters = 'abcdefghijklmnopqrstuvwxyz0123456789_'

    @property
    def rng(self):
        pid = _os.getpid()
        if pid != getattr(self, '_pid', None):
            self._rng = _Random()
            self._pid = pid
        return self._rng

    def __iter__(self):
        return self

    def __next__(self):
        return ''.join(self.rng.choices(self.characters, k=8))


_name_sequence = None


def _get_candidate_names():
    global _name_sequence
    with _lock:
        if _name_sequence is None:
            _name_sequence = _RandomNameSequence()
        return _name_sequence


def _infer_return_type(*parts):
    """str or bytes: what the given parts of a name are; str when none is given."""
    kind = None
    for part in parts:
        if part is None:
            continue
        if isinstance(part, _os.PathLike):
            part = _os.fspath(part)
        this = bytes if isinstance(part, bytes) else str
        if kind is not None and kind is not this:
            raise TypeError("Can't mix bytes and non-bytes in path components.")
        kind = this
    if kind is None:
        return str if tempdir is None or isinstance(tempdir, str) else bytes
    return kind


def _sanitize_params(prefix, suffix, dir):
    kind = _infer_return_type(prefix, suffix, dir)
    if suffix is None:
        suffix = kind()
    if prefix is None:
        prefix = template if kind is str else _os.fsencode(template)
    if dir is None:
        dir = gettempdir() if kind is str else gettempdirb()
    return prefix, suffix, dir, kind


def _candidate_tempdir_list():
    listed = [value for name in ('TMPDIR', 'TEMP', 'TMP') if (value := _os.getenv(name))]
    listed += ['/tmp', '/var/tmp', '/usr/tmp']
    try:
        listed.append(_os.getcwd())
    except OSError:
        listed.append(_os.curdir)
    return listed


def _get_default_tempdir():
    """The first folder of the list in which a file can be made and written."""
    names = _RandomNameSequence()
    listed = _candidate_tempdir_list()
    for folder in listed:
        if folder != _os.curdir:
            folder = _os.path.abspath(folder)
        for _ in range(100):
            path = _os.path.join(folder, next(names))
            try:
                descriptor = _os.open(path, _bin_openflags, 0o600)
                try:
                    try:
                        _os.write(descriptor, b'blat')
                    finally:
                        _os.close(descriptor)
                finally:
                    _os.unlink(path)
                return folder
            except FileExistsError:
                continue
            except OSError:
                break
    raise FileNotFoundError(_errno.ENOENT, f'No usable temporary directory found in {listed}')


def _gettempdir():
    global tempdir
    if tempdir is None:
        with _lock:
            if tempdir is None:
                tempdir = _get_default_tempdir()
    return tempdir


def gettempprefix():
    """What the names begin with."""
    return _os.fsdecode(template)


def gettempprefixb():
    return _os.fsencode(template)


def gettempdir():
    """Where temporary files go: $TMPDIR, $TEMP, $TMP, /tmp, ..."""
    return _os.fsdecode(_gettempdir())


def gettempdirb():
    return _os.fsencode(_gettempdir())


# --- making ---

def _try_names(dir, prefix, suffix, make, what):
    names = _get_candidate_names()
    if isinstance(prefix, bytes):
        names = map(_os.fsencode, names)
    for _ in range(TMP_MAX):
        path = _os.path.join(dir, prefix + next(names) + suffix)
        _sys.audit(f'tempfile.mk{what}', path)
        try:
            return make(path), path
        except FileExistsError:
            continue
    raise FileExistsError(_errno.EEXIST, 'No usable temporary '
                          + ('file' if what == 'stemp' else 'directory') + ' name found')


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    return _try_names(_os.path.abspath(dir), pre, suf, lambda path: _os.open(path, flags, 0o600), 'stemp')


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Makes a file that only this user can read; (descriptor, absolute name). The caller removes it."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(dir, prefix, suffix, _text_openflags if text else _bin_openflags, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Makes a folder that only this user can enter; its name. The caller removes it."""
    prefix, suffix, dir, _ = _sanitize_params(prefix, suffix, dir)
    return _try_names(dir, prefix, suffix, lambda path: _os.mkdir(path, 0o700), 'dtemp')[1]


def mktemp(suffix='', prefix=template, dir=None):
    """A name that nobody has yet. Somebody may take it first: prefer mkstemp."""
    if dir is None:
        dir = gettempdir()
    names = _get_candidate_names()
    for _ in range(TMP_MAX):
        path = _os.path.join(dir, prefix + next(names) + suffix)
        if not _os.path.lexists(path):
            return path
    raise FileExistsError(_errno.EEXIST, 'No usable temporary filename found')


class _TemporaryFileCloser:
    """Closes the file and removes it, once."""

    def __init__(self, file, name, delete=True):
        self.file = file
        self.name = name
        self.delete = delete
        self.close_called = False

    def close(self, unlink=_os.unlink):
        if self.close_called or self.file is None:
            return
        self.close_called = True
        try:
            self.file.close()
        finally:
            if self.delete:
                unlink(self.name)

    def __del__(self):
        self.close()


class _TemporaryFileWrapper:
    """The file, and its name; closing it removes it."""

    def __init__(self, file, name, delete=True):
        self.file = file
        self.name = name
        self.delete = delete
        self._closer = _TemporaryFileCloser(file, name, delete)

    def __getattr__(self, name):
        file = self.__dict__['file']
        value = getattr(file, name)
        if hasattr(value, '__call__'):
            method = value

            # Holds on to the wrapper: the file must not go while its method is used.
            def value(*args, _keep=self._closer, **kwargs):
                return method(*args, **kwargs)
            value.__name__ = name
            value.__wrapped__ = method
        if not isinstance(value, int):
            setattr(self, name, value)
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        result = self.file.__exit__(exc, value, tb)
        self.close()
        return result

    def close(self):
        self._closer.close()

    def __iter__(self):
        for line in self.file:
            yield line


def _check_text(encoding, mode):
    return _io.text_encoding(encoding) if 'b' not in mode else encoding


def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                       dir=None, delete=True, *, errors=None):
    """An open temporary file with a name; it is removed when it is closed, unless `delete` is false."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    name = None

    def opener(*args):
        nonlocal name
        descriptor, name = mkstemp(suffix, prefix, dir)
        return descriptor

    try:
        file = _io.open(dir, mode, buffering=buffering, newline=newline,
                        encoding=_check_text(encoding, mode), errors=errors, opener=opener)
    except BaseException:
        if name is not None:
            _os.unlink(name)
        raise
    try:
        raw = getattr(file, 'buffer', file)
        raw = getattr(raw, 'raw', raw)
        try:
            raw.name = name
        except AttributeError:
            pass
        return _TemporaryFileWrapper(file, name, delete)
    except BaseException:
        file.close()
        _os.unlink(name)
        raise


def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                  dir=None, *, errors=None):
    """An open temporary file without a name: nothing is left of it when it is closed."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    descriptor = None

    def opener(*args):
        nonlocal descriptor
        descriptor, name = mkstemp(suffix, prefix, dir)
        try:
            _os.unlink(name)
        except BaseException:
            _os.close(descriptor)
            raise
        return descriptor

    file = _io.open(dir, mode, buffering=buffering, newline=newline,
                    encoding=_check_text(encoding, mode), errors=errors, opener=opener)
    raw = getattr(file, 'buffer', file)
    raw = getattr(raw, 'raw', raw)
    try:
        raw.name = descriptor
    except AttributeError:
        pass
    return file


class SpooledTemporaryFile(_io.IOBase):
    """In memory up to max_size bytes, then a temporary file."""

    _rolled = False

    def __init__(self, max_size=0, mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None,
                 prefix=None, dir=None, *, errors=None):
        if 'b' in mode:
            self._file = _io.BytesIO()
        else:
            self._file = _io.TextIOWrapper(_io.BytesIO(), encoding=_io.text_encoding(encoding),
                                           errors=errors, newline=newline)
        self._max_size = max_size
        self._rolled = False
        self._TemporaryFileArgs = {
            'mode': mode, 'buffering': buffering, 'suffix': suffix, 'prefix': prefix,
            'encoding': encoding, 'newline': newline, 'dir': dir, 'errors': errors}

    __class_getitem__ = classmethod(_GenericAlias)

    def _check(self, file):
        if not self._rolled and self._max_size and file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        """Moves to a file on disk now."""
        if self._rolled:
            return
        old = self._file
        new = self._file = TemporaryFile(**self._TemporaryFileArgs)
        del self._TemporaryFileArgs
        place = old.tell()
        if hasattr(new, 'buffer'):
            new.buffer.write(old.detach().getvalue())
        else:
            new.write(old.getvalue())
        new.seek(place, 0)
        self._rolled = True

    def __enter__(self):
        if self._file.closed:
            raise ValueError('Cannot enter context with closed file')
        return self

    def __exit__(self, exc, value, tb):
        self._file.close()

    def __iter__(self):
        return self._file.__iter__()

    def __del__(self):
        if not self.closed:
            import warnings
            warnings.warn(f'Unclosed file {self!r}', ResourceWarning, stacklevel=2, source=self)
            self.close()

    def close(self):
        self._file.close()

    @property
    def closed(self):
        return self._file.closed

    @property
    def encoding(self):
        return self._file.encoding

    @property
    def errors(self):
        return self._file.errors

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    def flush(self):
        self._file.flush()

    def isatty(self):
        return self._file.isatty()

    @property
    def mode(self):
        try:
            return self._file.mode
        except AttributeError:
            return self._TemporaryFileArgs['mode']

    @property
    def name(self):
        try:
            return self._file.name
        except AttributeError:
            return None

    @property
    def newlines(self):
        return self._file.newlines

    def readable(self):
        return self._file.readable()

    def read(self, *args):
        return self._file.read(*args)

    def read1(self, *args):
        return self._file.read1(*args)

    def readinto(self, b):
        return self._file.readinto(b)

    def readinto1(self, b):
        return self._file.readinto1(b)

    def readline(self, *args):
        return self._file.readline(*args)

    def readlines(self, *args):
        return self._file.readlines(*args)

    def seekable(self):
        return self._file.seekable()

    def seek(self, *args):
        return self._file.seek(*args)

    def tell(self):
        return self._file.tell()

    def truncate(self, size=None):
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def writable(self):
        return self._file.writable()

    def write(self, s):
        file = self._file
        result = file.write(s)
        self._check(file)
        return result

    def writelines(self, iterable):
        file = self._file
        result = file.writelines(iterable)
        self._check(file)
        return result

    def detach(self):
        return self._file.detach()


class TemporaryDirectory:
    """A temporary folder that goes, with all it holds, at the end of the with block (or by cleanup())."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._finalizer = _weakref.finalize(self, self._cleanup, self.name,
                                            warn_message=f'Implicitly cleaning up {self!r}',
                                            ignore_errors=ignore_cleanup_errors)

    @classmethod
    def _rmtree(cls, name, ignore_errors=False):
        def allow(path):
            try:
                _os.chmod(path, 0o700)
            except FileNotFoundError:
                pass

        def onerror(function, path, exc_info):
            error = exc_info[1]
            if isinstance(error, PermissionError):
                if path != name:
                    allow(_os.path.dirname(path))
                allow(path)
                try:
                    try:
                        _os.unlink(path)
                    except (IsADirectoryError, PermissionError):
                        cls._rmtree(path, ignore_errors=ignore_errors)
                except FileNotFoundError:
                    pass
            elif isinstance(error, FileNotFoundError) or ignore_errors:
                pass
            else:
                raise error

        import shutil
        shutil.rmtree(name, onerror=onerror)

    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors=False):
        cls._rmtree(name, ignore_errors=ignore_errors)
        import warnings
        warnings.warn(warn_message, ResourceWarning)

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.name!r}>'

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        self.cleanup()

    def cleanup(self):
        """Removes the folder now."""
        if self._finalizer.detach() or _os.path.exists(self.name):
            self._rmtree(self.name, ignore_errors=self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(_GenericAlias)
