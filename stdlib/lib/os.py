"""What the operating system offers: files, directories, the environment, processes. The system calls are in the native
module posix; here are their Python faces."""
import abc
import sys
import posix
from posix import *
from posix import _exit
from _collections_abc import MutableMapping, _check_methods

GenericAlias = type(list[int])

name = 'posix'
linesep = '\n'
sep = '/'
altsep = None
curdir = '.'
pardir = '..'
extsep = '.'
pathsep = ':'
defpath = '/bin:/usr/bin'
devnull = '/dev/null'
error = OSError
P_WAIT, P_NOWAIT, P_NOWAITO = 0, 1, 1
supports_bytes_environ = True
supports_dir_fd = set()
supports_effective_ids = set()
supports_fd = set()
supports_follow_symlinks = set()

_DT_DIR, _DT_REG, _DT_LNK = 4, 8, 10


class _StructSequence(tuple):
    """A tuple whose places have names."""

    __slots__ = ()
    n_sequence_fields = 0

    def __repr__(self):
        fields = ', '.join(f'{name}={value!r}' for name, value in zip(self._names, self))
        return f'os.{type(self).__name__}({fields})'


class stat_result(tuple):
    """The answer of stat(): the ten classic numbers as a tuple, more as attributes."""

    def __new__(cls, sequence):
        items = tuple(sequence)
        if len(items) < 10:
            raise TypeError(f'os.stat_result() takes an at least 10-sequence ({len(items)}-sequence given)')
        return super().__new__(cls, items[:10])

    st_mode = property(lambda self: self[0])
    st_ino = property(lambda self: self[1])
    st_dev = property(lambda self: self[2])
    st_nlink = property(lambda self: self[3])
    st_uid = property(lambda self: self[4])
    st_gid = property(lambda self: self[5])
    st_size = property(lambda self: self[6])

    def __repr__(self):
        names = ('st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', 'st_atime', 'st_mtime', 'st_ctime')
        return 'os.stat_result(' + ', '.join(f'{n}={v!r}' for n, v in zip(names, self)) + ')'


def _make_stat_result(numbers):
    atime, mtime, ctime = numbers[7:10]
    result = stat_result(numbers[:7] + (atime // 10**9, mtime // 10**9, ctime // 10**9))
    result.st_atime_ns, result.st_mtime_ns, result.st_ctime_ns = atime, mtime, ctime
    result.st_atime, result.st_mtime, result.st_ctime = atime * 1e-9, mtime * 1e-9, ctime * 1e-9
    result.st_blksize, result.st_blocks, result.st_rdev = numbers[10:13]
    return result


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """The numbers that the system keeps about a file."""
    return _make_stat_result(posix._stat(path, dir_fd, follow_symlinks))


def lstat(path, *, dir_fd=None):
    """As stat(), of a symbolic link itself."""
    return _make_stat_result(posix._stat(path, dir_fd, False))


def fstat(fd):
    """As stat(), of an open file."""
    if not isinstance(fd, int):
        raise TypeError(f"'{type(fd).__name__}' object cannot be interpreted as an integer")
    return _make_stat_result(posix._stat(fd))


class terminal_size(_StructSequence):
    _names = ('columns', 'lines')
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])


def get_terminal_size(fd=1, /):
    """Columns and lines of the terminal."""
    return terminal_size(posix._terminal_size(fd))


class uname_result(_StructSequence):
    _names = ('sysname', 'nodename', 'release', 'version', 'machine')
    sysname = property(lambda self: self[0])
    nodename = property(lambda self: self[1])
    release = property(lambda self: self[2])
    version = property(lambda self: self[3])
    machine = property(lambda self: self[4])


def uname():
    return uname_result(posix._uname())


class times_result(_StructSequence):
    _names = ('user', 'system', 'children_user', 'children_system', 'elapsed')
    user = property(lambda self: self[0])
    system = property(lambda self: self[1])
    children_user = property(lambda self: self[2])
    children_system = property(lambda self: self[3])
    elapsed = property(lambda self: self[4])


def times():
    return times_result(posix._times())


def fspath(path):
    """The path as str or bytes; objects give it through __fspath__."""
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    try:
        result = kind.__fspath__(path)
    except AttributeError:
        if hasattr(kind, '__fspath__'):
            raise
        raise TypeError('expected str, bytes or os.PathLike object, not ' + kind.__name__) from None
    if isinstance(result, (str, bytes)):
        return result
    raise TypeError(f'expected {kind.__name__}.__fspath__() to return str or bytes, not {type(result).__name__}')


class PathLike(abc.ABC):
    """Objects that stand for a path in the file system."""

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return _check_methods(subclass, '__fspath__')
        return NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


import posixpath as path
sys.modules['os.path'] = path


def getcwdb():
    """The current working directory as bytes."""
    return fsencode(getcwd())


def listdir(path='.'):
    """The names of what is in a directory."""
    if path is None:
        path = '.'
    elif not isinstance(path, (str, bytes, int)) and not hasattr(type(path), '__fspath__'):
        raise TypeError(f'listdir: path should be string, bytes, os.PathLike, integer or None, not {type(path).__name__}')
    return [entry[0] for entry in posix._entries(path if isinstance(path, int) else fspath(path))]


class DirEntry:
    """What scandir() gives: a name, its path and, without another system call mostly, its kind."""

    __slots__ = ('name', 'path', '_type', '_inode', '_stat', '_lstat')

    def __init__(self, name, path, kind, inode):
        self.name = name
        self.path = path
        self._type = kind
        self._inode = inode
        self._stat = self._lstat = None

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

    def __fspath__(self):
        return self.path

    def inode(self):
        return self._inode

    def stat(self, *, follow_symlinks=True):
        if follow_symlinks and self.is_symlink():
            if self._stat is None:
                self._stat = stat(self.path)
            return self._stat
        if self._lstat is None:
            self._lstat = lstat(self.path)
        return self._lstat

    def is_symlink(self):
        if self._type == 0:
            return self.stat(follow_symlinks=False).st_mode & 0o170000 == 0o120000 if self._lstat else path.islink(self.path)
        return self._type == _DT_LNK

    def _is_kind(self, d_type, mode, follow_symlinks):
        if self._type not in (0, _DT_LNK) or (self._type == _DT_LNK and not follow_symlinks):
            return self._type == d_type
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode & 0o170000 == mode
        except FileNotFoundError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        return self._is_kind(_DT_DIR, 0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is_kind(_DT_REG, 0o100000, follow_symlinks)

    __class_getitem__ = classmethod(GenericAlias)


class _ScandirIterator:
    """Iterates over the DirEntry objects of a directory; also a context manager."""

    def __init__(self, directory):
        if isinstance(directory, int):
            where = None
        else:
            directory = fspath(directory)
            where = directory
        entries = posix._entries(directory)
        self._entries = iter([DirEntry(n, n if where is None else path.join(where, n), kind, inode)
                              for n, kind, inode in entries])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        self._entries = iter(())


def scandir(path='.'):
    """An iterator of DirEntry objects for a directory."""
    return _ScandirIterator(path)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those it lies in."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == (b'.' if isinstance(tail, bytes) else '.'):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a directory and then the empty ones it lay in."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename, making directories on the way there and removing empty ones where it was."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


def walk(top, topdown=True, onerror=None, followlinks=False):
    """(directory, its subdirectories, its files) for a directory tree."""
    top = fspath(top)
    stack = [top]
    while stack:
        here = stack.pop()
        if isinstance(here, tuple):
            yield here
            continue
        try:
            entries = list(scandir(here))
        except OSError as problem:
            if onerror is not None:
                onerror(problem)
            continue
        directories, files, follow = [], [], []
        for entry in entries:
            try:
                is_directory = entry.is_dir()
            except OSError:
                is_directory = False
            (directories if is_directory else files).append(entry.name)
            if is_directory and not topdown and (followlinks or not entry.is_symlink()):
                follow.append(entry.path)
        if topdown:
            yield here, directories, files
            # The caller may have changed the list: only what is left is walked.
            for sub in reversed(directories):
                below = path.join(here, sub)
                if followlinks or not path.islink(below):
                    stack.append(below)
        else:
            stack.append((here, directories, files))
            stack.extend(reversed(follow))


def utime(path, times=None, *, ns=None, follow_symlinks=True):
    """Set the access and modification times."""
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if ns is not None:
        posix._utime(path, ns[0], ns[1], follow_symlinks)
    elif times is not None:
        if not isinstance(times, tuple) or len(times) != 2:
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
        posix._utime(path, *(int(t) * 10**9 + int((t - int(t)) * 10**9) for t in times), follow_symlinks)
    else:
        posix._utime(path, None, None, follow_symlinks)


class _Environ(MutableMapping):
    """The environment: changes reach the processes that are started later."""

    def __init__(self, data):
        self._data = data

    @staticmethod
    def _check(value):
        if not isinstance(value, str):
            raise TypeError('str expected, not %s' % type(value).__name__)
        return value

    def __getitem__(self, key):
        try:
            return self._data[self._check(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        key, value = self._check(key), self._check(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        self._check(key)
        unsetenv(key)
        try:
            del self._data[key]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        yield from list(self._data)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return 'environ({' + ', '.join(f'{k!r}: {v!r}' for k, v in self._data.items()) + '})'

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __or__(self, other):
        if not isinstance(other, dict) and not isinstance(other, _Environ):
            return NotImplemented
        return {**dict(self), **dict(other)}

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        return {**other, **dict(self)}

    def __ior__(self, other):
        self.update(other)
        return self


environ = _Environ(posix._environment())


def getenv(key, default=None):
    """A variable of the environment."""
    return environ.get(key, default)


def get_exec_path(env=None):
    """The directories in which programs are looked for."""
    if env is None:
        env = environ
    return env.get('PATH', defpath).split(pathsep)


def execv(file, args):
    execve(file, args, dict(environ))


def execvpe(file, args, env):
    if path.dirname(file):
        execve(file, args, env)
    missing = None
    for directory in get_exec_path(env):
        try:
            execve(path.join(directory, file), args, env)
        except (FileNotFoundError, NotADirectoryError) as problem:
            missing = problem
    raise missing


def execvp(file, args):
    execvpe(file, args, dict(environ))


def execl(file, *args):
    execv(file, args)


def execlp(file, *args):
    execvp(file, args)


def wait():
    """Wait for any child."""
    return waitpid(-1, 0)


def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs):
    """A file object for a descriptor."""
    if not isinstance(fd, int):
        raise TypeError('invalid fd type (%s, expected integer)' % type(fd))
    import io
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def closerange(fd_low, fd_high):
    for fd in range(fd_low, fd_high):
        try:
            close(fd)
        except OSError:
            pass


def getlogin():
    return environ.get('LOGNAME') or environ.get('USER') or 'root'


def register_at_fork(*, before=None, after_in_parent=None, after_in_child=None):
    """Functions to call around fork()."""
    for hooks, function in ((_before_fork, before), (_after_in_parent, after_in_parent), (_after_in_child, after_in_child)):
        if function is not None:
            hooks.append(function)


_before_fork, _after_in_parent, _after_in_child = [], [], []


def fork():
    """Split the process: 0 in the child, the child's id in the parent. The child has one thread."""
    for function in reversed(_before_fork):
        function()
    pid = posix.fork()
    if pid == 0:
        threading = sys.modules.get('threading')
        if threading is not None:
            threading._after_fork()
    for function in (_after_in_parent if pid else _after_in_child):
        function()
    return pid


def popen(cmd, mode='r', buffering=-1):
    """The output of a shell command, or a file to write its input to."""
    if not isinstance(cmd, str):
        raise TypeError('invalid cmd type (%s, expected string)' % type(cmd))
    if mode not in ('r', 'w'):
        raise ValueError('invalid mode %r' % mode)
    ours, theirs = pipe()
    if mode == 'w':
        ours, theirs = theirs, ours
    pid = posix.fork()
    if pid == 0:
        try:
            dup2(theirs, 1 if mode == 'r' else 0)
            execve('/bin/sh', ['sh', '-c', cmd], dict(environ))
        finally:
            _exit(127)
    close(theirs)
    return _PopenFile(fdopen(ours, mode, buffering), pid)


class _PopenFile:
    def __init__(self, stream, pid):
        self._stream = stream
        self._pid = pid

    def close(self):
        self._stream.close()
        if self._pid is None:
            return None
        status = waitpid(self._pid, 0)[1]
        self._pid = None
        return status or None

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)
