"""Files and folders that are there for a while only."""
import errno as _errno
import io as _io
import os as _os
import sys as _sys
import threading as _threading
import weakref as _weakref
from contextlib import ExitStack as _ExitStack
from itertools import islice as _islice
from random import Random as _Random
from types import GenericAlias as _GenericAlias

__all__ = ['NamedTemporaryFile', 'TemporaryFile', 'SpooledTemporaryFile', 'TemporaryDirectory',
           'mkstemp', 'mkdtemp', 'mktemp', 'TMP_MAX', 'gettempprefix', 'tempdir', 'gettempdir',
           'gettempprefixb', 'gettempdirb']

TMP_MAX = 10000
template = 'tmp'
tempdir = None

_lock = _threading.Lock()
# A link that somebody has laid out under the name is not followed.
_text_openflags = _bin_openflags = _os.O_CREAT | _os.O_EXCL | _os.O_RDWR | getattr(_os, 'O_NOFOLLOW', 0)


# --- names ---

class _RandomNameSequence:
    """Endless random names of eight characters; a child process gets a sequence of its own."""

    characters = 'abcdefghijklmnopqrstuvwxyz0123456789_'
    _owner = None

    @property
    def rng(self):
        if self._owner != _os.getpid():
            self._owner, self._rng = _os.getpid(), _Random()
        return self._rng

    def __iter__(self):
        return self

    def __next__(self):
        return ''.join(self.rng.choices(self.characters, k=8))


_name_sequence = None


def _get_candidate_names():
    global _name_sequence
    with _lock:
        _name_sequence = _name_sequence or _RandomNameSequence()
    return _name_sequence


def _infer_return_type(*parts):
    """str or bytes: what the given parts of a name are; str when none is given."""
    given = [_os.fspath(part) if isinstance(part, _os.PathLike) else part for part in parts if part is not None]
    kinds = {bytes if isinstance(part, bytes) else str for part in given}
    if len(kinds) > 1:
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    if not kinds:
        return bytes if isinstance(tempdir, bytes) else str
    return kinds.pop()


def _sanitize_params(prefix, suffix, dir):
    """(prefix, suffix, folder, kind), with what the program did not give."""
    kind = _infer_return_type(prefix, suffix, dir)
    usual = (gettempprefix, gettempdir) if kind is str else (gettempprefixb, gettempdirb)
    prefix = usual[0]() if prefix is None else prefix
    dir = usual[1]() if dir is None else dir
    return prefix, kind() if suffix is None else suffix, dir, kind


def _candidate_tempdir_list():
    wanted = [*filter(None, map(_os.getenv, ('TMPDIR', 'TEMP', 'TMP'))), '/tmp', '/var/tmp', '/usr/tmp']
    try:
        here = _os.getcwd()
    except OSError:
        # It was removed.
        here = _os.curdir
    return [*wanted, here]


def _can_make_files_in(folder):
    """Whether a file can be made, written and removed there."""
    for name in _islice(_RandomNameSequence(), 100):
        path = _os.path.join(folder, name)
        try:
            made = _os.open(path, _bin_openflags, 0o600)
        except FileExistsError:
            continue
        except OSError:
            return False
        try:
            _os.write(made, b'blat')
        except OSError:
            return False
        finally:
            _os.close(made)
            _os.unlink(path)
        return True
    return False


def _get_default_tempdir():
    """The first folder of the list in which a file can be made and written."""
    listed = _candidate_tempdir_list()
    for candidate in listed:
        folder = candidate if candidate == _os.curdir else _os.path.abspath(candidate)
        if _can_make_files_in(folder):
            return folder
    raise FileNotFoundError(_errno.ENOENT, f'No usable temporary directory found in {listed}')


def _gettempdir():
    global tempdir
    with _lock:
        if tempdir is None:
            tempdir = _get_default_tempdir()
        return tempdir


def gettempprefix():
    """What the names begin with."""
    return _os.fsdecode(template)


def gettempprefixb():
    """The same as bytes."""
    return _os.fsencode(template)


def gettempdir():
    """Where temporary files go: $TMPDIR, $TEMP, $TMP, /tmp, ..."""
    return _os.fsdecode(_gettempdir())


def gettempdirb():
    """The same as bytes."""
    return _os.fsencode(_gettempdir())


# --- making ---

def _free_path(dir, prefix, suffix, use, what):
    """What `use` makes of the first name that nobody has; it raises FileExistsError for others."""
    names = _islice(_get_candidate_names(), TMP_MAX)
    for name in map(_os.fsencode, names) if isinstance(prefix, bytes) else names:
        try:
            return use(_os.path.join(dir, prefix + name + suffix))
        except FileExistsError:
            pass
    raise FileExistsError(_errno.EEXIST, f'No usable temporary {what} found')


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    def use(path):
        _sys.audit('tempfile.mkstemp', path)
        return _os.open(path, flags, 0o600), path
    return _free_path(_os.path.abspath(dir), pre, suf, use, 'file name')


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Makes a file that only this user can read; (descriptor, absolute name). The caller removes it."""
    before, behind, folder, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(folder, before, behind, _text_openflags if text else _bin_openflags, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Makes a folder that only this user can enter; its name. The caller removes it."""
    def use(path):
        _sys.audit('tempfile.mkdtemp', path)
        _os.mkdir(path, 0o700)
        return path
    before, behind, folder, _ = _sanitize_params(prefix, suffix, dir)
    return _free_path(folder, before, behind, use, 'directory name')


def mktemp(suffix='', prefix=template, dir=None):
    """A name that nobody has yet. Somebody may take it first: prefer mkstemp."""
    def use(path):
        if _os.path.lexists(path):
            raise FileExistsError
        return path
    return _free_path(gettempdir() if dir is None else dir, prefix, suffix, use, 'filename')


# --- files ---

class _TemporaryFileCloser:
    """Closes the file and removes it, once."""

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete
        self.close_called = False

    def close(self, unlink=_os.unlink):
        if self.file is None or self.close_called:
            return
        self.close_called = True
        try:
            self.file.close()
        finally:
            if self.delete:
                unlink(self.name)

    # By then the module may be gone: that is what the default of close() is for.
    def __del__(self):
        self.close()


class _TemporaryFileWrapper:
    """The file, and its name; closing it removes it."""

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete
        self._closer = _TemporaryFileCloser(file, name, delete)

    def __getattr__(self, name):
        found = getattr(vars(self)['file'], name)
        if callable(found):
            found = _method(found, name, self._closer)
        if not isinstance(found, int):
            # The next time it is found at once.
            setattr(self, name, found)
        return found

    def __iter__(self):
        # A generator holds on to the wrapper; the iterator of the file would not.
        yield from self.file

    def close(self):
        self._closer.close()

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        handled = self.file.__exit__(exc, value, tb)
        self.close()
        return handled


def _method(method, name, _keep):
    """A method of a file that keeps what closes the file: it must not go while the method is used."""
    def call(*args, _keep=_keep, **kwargs):
        return method(*args, **kwargs)
    call.__name__, call.__wrapped__ = name, method
    return call


def _open(mode, dir, make, options):
    """Opens what `make` makes. The name that errors mention is that of the folder."""
    if 'b' not in mode:
        options['encoding'] = _io.text_encoding(options['encoding'], 3)
    return _io.open(dir, mode, opener=lambda *_: make(), **options)


def _call_it(file, name):
    """Sets the name of the lowest layer, where it can be set."""
    lowest = getattr(file, 'buffer', file)
    try:
        getattr(lowest, 'raw', lowest).name = name
    except AttributeError:
        pass


def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                       dir=None, delete=True, *, errors=None):
    """An open temporary file with a name; it is removed when it is closed, unless `delete` is false."""
    before, behind, folder, kind = _sanitize_params(prefix, suffix, dir)
    names = []

    def make():
        made, path = _mkstemp_inner(folder, before, behind, _bin_openflags, kind)
        names.append(path)
        return made

    with _ExitStack() as undo:
        undo.callback(lambda: [_os.unlink(path) for path in names])
        file = _open(mode, folder, make, {'buffering': buffering, 'encoding': encoding, 'newline': newline,
                                          'errors': errors})
        undo.callback(file.close)
        _call_it(file, names[0])
        wrapper = _TemporaryFileWrapper(file, names[0], delete)
        undo.pop_all()
        return wrapper


def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                  dir=None, *, errors=None):
    """An open temporary file without a name: nothing is left of it when it is closed."""
    before, behind, folder, kind = _sanitize_params(prefix, suffix, dir)

    def make():
        made, path = _mkstemp_inner(folder, before, behind, _bin_openflags, kind)
        try:
            _os.unlink(path)
        except BaseException:
            _os.close(made)
            raise
        return made

    file = _open(mode, folder, make, {'buffering': buffering, 'encoding': encoding, 'newline': newline, 'errors': errors})
    _call_it(file, file.fileno())
    return file


def _of_file(name):
    """A method that is the file's."""
    def call(self, *args):
        return getattr(self._file, name)(*args)
    call.__name__ = name
    call.__qualname__ = f'SpooledTemporaryFile.{name}'
    return call


def _attribute_of_file(name):
    return property(lambda self: getattr(self._file, name))


class SpooledTemporaryFile(_io.IOBase):
    """In memory up to max_size bytes, then a temporary file."""

    def __init__(self, max_size=0, mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None,
                 prefix=None, dir=None, *, errors=None):
        memory = _io.BytesIO()
        if 'b' not in mode:
            memory = _io.TextIOWrapper(memory, _io.text_encoding(encoding), errors, newline)
        self._file, self._max_size, self._rolled = memory, max_size, False
        self._TemporaryFileArgs = dict(mode=mode, buffering=buffering, encoding=encoding, newline=newline, suffix=suffix,
                                       prefix=prefix, dir=dir, errors=errors)

    __class_getitem__ = classmethod(_GenericAlias)

    # --- from memory to disk ---

    def rollover(self):
        """Moves to a file on disk now."""
        if self._rolled:
            return
        memory, place = self._file, self._file.tell()
        disk = self._file = TemporaryFile(**self._TemporaryFileArgs)
        del self._TemporaryFileArgs
        if hasattr(disk, 'buffer'):
            disk.buffer.write(memory.detach().getvalue())
        else:
            disk.write(memory.getvalue())
        disk.seek(place)
        self._rolled = True

    def _check(self, file):
        """Moves when there is too much."""
        if self._max_size and not self._rolled and file.tell() > self._max_size:
            self.rollover()

    def write(self, s):
        file = self._file
        written = file.write(s)
        self._check(file)
        return written

    def writelines(self, iterable):
        file = self._file
        file.writelines(iterable)
        self._check(file)

    def truncate(self, size=None):
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def fileno(self):
        # Memory has no descriptor.
        self.rollover()
        return self._file.fileno()

    # --- what both kinds can do ---

    close, flush, isatty, detach = map(_of_file, ('close', 'flush', 'isatty', 'detach'))
    readable, writable, seekable = map(_of_file, ('readable', 'writable', 'seekable'))
    seek, tell, __iter__ = map(_of_file, ('seek', 'tell', '__iter__'))
    read, read1, readinto, readinto1 = map(_of_file, ('read', 'read1', 'readinto', 'readinto1'))
    readline, readlines = map(_of_file, ('readline', 'readlines'))
    closed, encoding, errors, newlines = map(_attribute_of_file, ('closed', 'encoding', 'errors', 'newlines'))

    @property
    def name(self):
        return getattr(self._file, 'name', None)

    @property
    def mode(self):
        # Memory does not know it.
        return self._file.mode if hasattr(self._file, 'mode') else self._TemporaryFileArgs['mode']

    def __enter__(self):
        if self.closed:
            raise ValueError('Cannot enter context with closed file')
        return self

    def __exit__(self, exc, value, tb):
        self.close()

    def __del__(self):
        if self.closed:
            return
        from warnings import warn
        warn(f'Unclosed file {self!r}', ResourceWarning, stacklevel=2, source=self)
        self.close()


# --- folders ---

def _allow(path):
    """Lets the owner do everything with what is there."""
    try:
        _os.chmod(path, 0o700)
    except FileNotFoundError:
        pass


class TemporaryDirectory:
    """A temporary folder that goes, with all it holds, at the end of the with block (or by cleanup())."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._finalizer = _weakref.finalize(self, self._cleanup, self.name, ignore_errors=ignore_cleanup_errors,
                                            warn_message=f'Implicitly cleaning up {self!r}')

    def __repr__(self):
        return f'<{type(self).__name__} {self.name!r}>'

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        self.cleanup()

    def cleanup(self):
        """Removes the folder."""
        if self._finalizer.detach() or _os.path.exists(self.name):
            self._rmtree(self.name, self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(_GenericAlias)

    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors=False):
        # Nobody has called cleanup().
        cls._rmtree(name, ignore_errors)
        from warnings import warn
        warn(warn_message, ResourceWarning)

    @classmethod
    def _rmtree(cls, name, ignore_errors=False):
        def onerror(function, path, exc_info):
            problem = exc_info[1]
            if isinstance(problem, PermissionError):
                # A folder that may not be changed holds on to what is in it.
                if path != name:
                    _allow(_os.path.dirname(path))
                _allow(path)
                cls.__remove(path, ignore_errors)
            elif not ignore_errors and not isinstance(problem, FileNotFoundError):
                raise problem

        from shutil import rmtree
        rmtree(name, onerror=onerror)

    @classmethod
    def __remove(cls, path, ignore_errors):
        try:
            _os.unlink(path)
        except FileNotFoundError:
            pass
        except (IsADirectoryError, PermissionError):
            cls._rmtree(path, ignore_errors)
