"""What the operating system offers: files, directories, the environment, processes. The system calls are in the native
module posix; here are their Python faces."""
import abc
import sys
import posix
from posix import *
from posix import _exit
from _collections_abc import Mapping, MutableMapping, _check_methods

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
    """A tuple whose places have names; none can be set."""

    n_unnamed_fields = 0

    def __init_subclass__(cls):
        if '_names' in cls.__dict__:
            cls.n_sequence_fields = len(cls._names)
            cls.n_fields = cls.__dict__.get('n_fields', cls.n_sequence_fields)

    def __setattr__(self, name, value):
        if hasattr(self, name):
            raise AttributeError('readonly attribute')
        raise AttributeError(f"'os.{type(self).__name__}' object has no attribute {name!r}")

    def __repr__(self):
        fields = ', '.join(f'{name}={value!r}' for name, value in zip(self._names, self))
        return f'os.{type(self).__name__}({fields})'


class stat_result(_StructSequence):
    """The answer of stat(): the ten classic numbers as a tuple, more as attributes."""

    # The times in seconds as integers have no names; three as fractions, three in nanoseconds, and three more follow.
    n_fields, n_sequence_fields, n_unnamed_fields = 19, 10, 3

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


def _seconds(nanoseconds):
    # Whole seconds stay exact.
    whole, rest = divmod(nanoseconds, 10**9)
    return whole + rest * 1e-9


def _make_stat_result(numbers):
    atime, mtime, ctime = numbers[7:10]
    result = stat_result(numbers[:7] + (atime // 10**9, mtime // 10**9, ctime // 10**9))
    result.__dict__.update(
        st_atime_ns=atime, st_mtime_ns=mtime, st_ctime_ns=ctime, st_atime=_seconds(atime), st_mtime=_seconds(mtime),
        st_ctime=_seconds(ctime), st_blksize=numbers[10], st_blocks=numbers[11], st_rdev=numbers[12])
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


_fspath = fspath  # the name of the function in the language, where fspath is native


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

    __slots__ = ('name', 'path', '_type', '_inode', '_stat', '_lstat', '_folder')

    # `folder` is the descriptor that was scanned: the path is relative to it. None for those found under a name.
    def __init__(self, name, path, kind, inode, folder=None):
        self.name = name
        self.path = path
        self._type = kind
        self._inode = inode
        self._stat = self._lstat = None
        self._folder = folder

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

    def __fspath__(self):
        return self.path

    def inode(self):
        return self._inode

    def stat(self, *, follow_symlinks=True):
        if follow_symlinks and self.is_symlink():
            if self._stat is None:
                self._stat = stat(self.path, dir_fd=self._folder)
            return self._stat
        if self._lstat is None:
            self._lstat = stat(self.path, dir_fd=self._folder, follow_symlinks=False)
        return self._lstat

    def is_symlink(self):
        if self._type == 0:
            try:
                return self.stat(follow_symlinks=False).st_mode & 0o170000 == 0o120000
            except FileNotFoundError:
                return False
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
        folder = where = None
        if isinstance(directory, int):
            folder = directory
        else:
            where = directory = fspath(directory)
        entries = posix._entries(directory)
        self._entries = iter([DirEntry(n, n if where is None else path.join(where, n), kind, inode, folder)
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


def _split_seconds(seconds):
    # A time in seconds as whole nanoseconds, rounded down.
    whole = seconds // 1
    return int(whole) * 10**9 + int((seconds - whole) * 10**9)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Set the access and modification times."""
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if ns is not None:
        if not isinstance(ns, tuple) or len(ns) != 2:
            raise TypeError("utime: 'ns' must be a tuple of two ints")
        atime, mtime = ns
    elif times is not None:
        if not isinstance(times, (tuple, list)) or len(times) != 2:
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
        atime, mtime = (_split_seconds(t) for t in times)
    else:
        atime = mtime = None
    posix._utime(path, atime, mtime, dir_fd, follow_symlinks)


class _Environ(MutableMapping):
    """The environment: changes reach the processes that are started later."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey, self.decodekey = encodekey, decodekey
        self.encodevalue, self.decodevalue = encodevalue, decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        name, text = self.encodekey(key), self.encodevalue(value)
        putenv(name, text)
        self._data[name] = text

    def __delitem__(self, key):
        name = self.encodekey(key)
        unsetenv(name)
        try:
            del self._data[name]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for name in list(self._data):
            yield self.decodekey(name)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ', '.join(f'{self.decodekey(name)!r}: {self.decodevalue(value)!r}' for name, value in self._data.items())
        return f'environ({{{items}}})'

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return {**self, **other}

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return {**other, **self}


def _encode_setting(value):
    if not isinstance(value, str):
        raise TypeError('str expected, not %s' % type(value).__name__)
    return fsencode(value)


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError('bytes expected, not %s' % type(value).__name__)
    return value


environ = _Environ({fsencode(name): fsencode(value) for name, value in posix._environment().items()},
                   _encode_setting, fsdecode, _encode_setting, fsdecode)
environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes)


def getenv(key, default=None):
    """A variable of the environment."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """A variable of the environment, as bytes."""
    return environb.get(key, default)


def get_exec_path(env=None):
    """The directories in which programs are looked for."""
    if env is None:
        env = environ
    try:
        path_list = env.get('PATH')
    except TypeError:
        path_list = None
    try:
        path_listb = env[b'PATH']
    except (KeyError, TypeError):
        pass
    else:
        if path_list is not None:
            raise ValueError("env cannot contain 'PATH' and b'PATH' keys")
        path_list = path_listb
    if isinstance(path_list, bytes):
        path_list = fsdecode(path_list)
    return (defpath if path_list is None else path_list).split(pathsep)


def _search_and_run(file, args, env=None):
    # The first program of that name in PATH that can be run.
    run = (lambda program: execve(program, args, env)) if env is not None else (lambda program: execv(program, args))
    if path.dirname(file):
        return run(file)
    refused = missing = None
    directories = get_exec_path(env)
    if isinstance(file, bytes):
        directories = map(fsencode, directories)
    for directory in directories:
        try:
            run(path.join(directory, file))
        except (FileNotFoundError, NotADirectoryError) as problem:
            missing = problem
        except OSError as problem:
            refused = refused or problem
    raise refused or missing


def execvp(file, args):
    """Run a program that is looked for in PATH in this process."""
    _search_and_run(file, args)


def execvpe(file, args, env):
    """Run a program that is looked for in PATH in this process, in that environment."""
    _search_and_run(file, args, env)


def execl(file, *args):
    """execv() with the arguments one by one."""
    execv(file, args)


def execle(file, *args):
    """execve() with the arguments one by one, the environment last."""
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    """execvp() with the arguments one by one."""
    execvp(file, args)


def execlpe(file, *args):
    """execvpe() with the arguments one by one, the environment last."""
    execvpe(file, args[:-1], args[-1])


def _spawn(mode, file, args, env, run):
    # In the child the program is run; here its end is awaited, or its process id given.
    if not isinstance(args, (tuple, list)):
        raise TypeError('argv must be a tuple or a list')
    if not args or not args[0]:
        raise ValueError('argv first element cannot be empty')
    pid = fork()
    if not pid:
        try:
            if env is None:
                run(file, args)
            else:
                run(file, args, env)
        except:
            _exit(127)
    if mode == P_NOWAIT:
        return pid
    while True:
        _, status = waitpid(pid, 0)
        if not WIFSTOPPED(status):
            return waitstatus_to_exitcode(status)


def spawnv(mode, file, args):
    """Run a program in a new process: its exit code, or with P_NOWAIT its process id."""
    return _spawn(mode, file, args, None, execv)


def spawnve(mode, file, args, env):
    """spawnv() in that environment."""
    return _spawn(mode, file, args, env, execve)


def spawnvp(mode, file, args):
    """spawnv() of a program that is looked for in PATH."""
    return _spawn(mode, file, args, None, execvp)


def spawnvpe(mode, file, args, env):
    """spawnvp() in that environment."""
    return _spawn(mode, file, args, env, execvpe)


def spawnl(mode, file, *args):
    """spawnv() with the arguments one by one."""
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """spawnve() with the arguments one by one, the environment last."""
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    """spawnvp() with the arguments one by one."""
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    """spawnvpe() with the arguments one by one, the environment last."""
    return spawnvpe(mode, file, args[:-1], args[-1])


def wait():
    """Wait for any child."""
    return waitpid(-1, 0)


def wait4(pid, options):
    """Wait for a child: its id, its status and the resources that it used."""
    pid, status, usage = posix._wait4(pid, options)
    import resource
    return pid, status, resource.struct_rusage(usage)


def wait3(options):
    """wait4() for any child."""
    return wait4(-1, options)


class waitid_result(_StructSequence):
    _names = ('si_pid', 'si_uid', 'si_signo', 'si_status', 'si_code')
    si_pid = property(lambda self: self[0])
    si_uid = property(lambda self: self[1])
    si_signo = property(lambda self: self[2])
    si_status = property(lambda self: self[3])
    si_code = property(lambda self: self[4])


def waitid(idtype, id, options, /):
    """Wait for a child: what became of it; None with WNOHANG when nothing did."""
    numbers = posix._waitid(idtype, id, options)
    return None if numbers is None else waitid_result(numbers)


class statvfs_result(_StructSequence):
    _names = ('f_bsize', 'f_frsize', 'f_blocks', 'f_bfree', 'f_bavail', 'f_files', 'f_ffree', 'f_favail', 'f_flag',
              'f_namemax')
    n_fields = 11  # f_fsid is an attribute alone
    f_bsize = property(lambda self: self[0])
    f_frsize = property(lambda self: self[1])
    f_blocks = property(lambda self: self[2])
    f_bfree = property(lambda self: self[3])
    f_bavail = property(lambda self: self[4])
    f_files = property(lambda self: self[5])
    f_ffree = property(lambda self: self[6])
    f_favail = property(lambda self: self[7])
    f_flag = property(lambda self: self[8])
    f_namemax = property(lambda self: self[9])
    f_fsid = 0  # no item of the tuple


def statvfs(path):
    """The numbers of the file system that a path lies in."""
    numbers = posix._statvfs(path)
    result = statvfs_result(numbers[:10])
    result.__dict__['f_fsid'] = numbers[10]
    return result


def fstatvfs(fd, /):
    """As statvfs(), of an open file."""
    return statvfs(fd)


class sched_param(_StructSequence):
    """The parameters of a scheduling policy."""

    def __new__(cls, sched_priority):
        return tuple.__new__(cls, (sched_priority,))

    _names = ('sched_priority',)
    sched_priority = property(lambda self: self[0])

    def __reduce__(self):
        return sched_param, tuple(self)


def _priority_of(param):
    if not isinstance(param, sched_param):
        raise TypeError('must have a sched_param object')
    return param.sched_priority


def sched_getparam(pid, /):
    """The scheduling parameters of a process."""
    return sched_param(posix._sched_getparam(pid))


def sched_setparam(pid, param, /):
    """Set the scheduling parameters of a process."""
    posix._sched_setparam(pid, _priority_of(param))


def sched_setscheduler(pid, policy, param, /):
    """Set the scheduling policy and parameters of a process."""
    posix._sched_setscheduler(pid, policy, _priority_of(param))


def _number_of(name, names):
    if isinstance(name, int):
        return name
    if not isinstance(name, str):
        raise TypeError('configuration names must be strings or integers')
    try:
        return names[name]
    except KeyError:
        raise ValueError('unrecognized configuration name') from None


def sysconf(name, /):
    """A limit of the system."""
    return posix._sysconf(_number_of(name, sysconf_names))


def confstr(name, /):
    """A text of the system's configuration."""
    return posix._confstr(_number_of(name, confstr_names))


def pathconf(path, name):
    """A limit of a file."""
    return posix._pathconf(path, _number_of(name, pathconf_names))


def fpathconf(fd, name, /):
    """As pathconf(), of an open file."""
    return pathconf(fd, name)


def device_encoding(fd):
    """The encoding of a terminal; None for what is none."""
    return 'UTF-8' if isatty(fd) else None


def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs):
    """A file object for a descriptor."""
    if not isinstance(fd, int):
        raise TypeError('invalid fd type (%s, expected integer)' % type(fd))
    import io
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


_before_fork, _after_in_parent, _after_in_child = [], [], []


def register_at_fork(*, before=None, after_in_parent=None, after_in_child=None):
    """Functions to call around fork(): those before it in reverse order, those after it in order."""
    if before is None and after_in_parent is None and after_in_child is None:
        raise TypeError('At least one argument is required.')
    for what, function in (('before', before), ('after_in_child', after_in_child), ('after_in_parent', after_in_parent)):
        if function is not None and not callable(function):
            raise TypeError(f"'{what}' must be callable, not {type(function).__name__}")
    for hooks, function in ((_before_fork, before), (_after_in_parent, after_in_parent), (_after_in_child, after_in_child)):
        if function is not None:
            hooks.append(function)


def _report_hook(function):
    sys.unraisablehook(_Unraisable(*sys.exc_info(), None, function))


class _Unraisable:
    def __init__(self, exc_type, exc_value, exc_traceback, err_msg, object):
        self.exc_type, self.exc_value, self.exc_traceback = exc_type, exc_value, exc_traceback
        self.err_msg, self.object = err_msg, object


def _run_hooks(hooks):
    for function in hooks:
        try:
            function()
        except BaseException:
            _report_hook(function)


def _fork_with_hooks(split):
    _run_hooks(_before_fork[::-1])
    try:
        answer = split()
    except BaseException:
        _run_hooks(_after_in_parent)
        raise
    in_child = (answer[0] if isinstance(answer, tuple) else answer) == 0
    if in_child:
        threading = sys.modules.get('threading')
        if threading is not None:
            threading._after_fork()
    _run_hooks(_after_in_child if in_child else _after_in_parent)
    return answer


def fork():
    """Split the process: 0 in the child, the child's id in the parent. The child has one thread."""
    return _fork_with_hooks(posix.fork)


def forkpty():
    """fork(), the child on a new pseudo terminal: the child's id and the descriptor of the terminal."""
    return _fork_with_hooks(posix._forkpty)


def popen(cmd, mode='r', buffering=-1):
    """The output of a shell command, or a file to write its input to."""
    if not isinstance(cmd, str):
        raise TypeError('invalid cmd type (%s, expected string)' % type(cmd))
    if mode not in ('r', 'w'):
        raise ValueError('invalid mode %r' % mode)
    if buffering == 0 or buffering is None:
        raise ValueError('popen() does not support unbuffered streams')
    import subprocess
    if mode == 'r':
        process = subprocess.Popen(cmd, shell=True, text=True, stdout=subprocess.PIPE, bufsize=buffering)
        return _wrap_close(process.stdout, process)
    process = subprocess.Popen(cmd, shell=True, text=True, stdin=subprocess.PIPE, bufsize=buffering)
    return _wrap_close(process.stdin, process)


class _wrap_close:
    """A file over one end of a process; close() gives the exit status, None when it is 0."""

    def __init__(self, stream, process):
        self._stream = stream
        self._process = process

    def close(self):
        self._stream.close()
        code = self._process.wait()
        if code == 0:
            return None
        return code << 8  # as wait() would say it

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


def fwalk(top='.', topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """As walk(), with an open descriptor of each directory as the fourth item."""
    sys.audit('os.fwalk', top, topdown, onerror, follow_symlinks, dir_fd)
    top = fspath(top)
    before = None if follow_symlinks else stat(top, follow_symlinks=False, dir_fd=dir_fd)
    top_fd = open(top, O_RDONLY | O_NONBLOCK, dir_fd=dir_fd)
    try:
        if follow_symlinks or (before.st_mode & 0o170000 == 0o040000 and path.samestat(before, stat(top_fd))):
            yield from _fwalk_open(top_fd, top, isinstance(top, bytes), topdown, onerror, follow_symlinks)
    finally:
        close(top_fd)


def _fwalk_open(fd, top, as_bytes, topdown, onerror, follow_symlinks):
    directories, others = [], []
    for name in listdir(fd):
        if as_bytes:
            name = fsencode(name)
        try:
            is_directory = stat(name, dir_fd=fd).st_mode & 0o170000 == 0o040000
        except OSError:
            # A link that leads nowhere is a file; what is gone meanwhile is nothing.
            try:
                if stat(name, dir_fd=fd, follow_symlinks=False).st_mode & 0o170000 == 0o120000:
                    others.append(name)
            except OSError:
                pass
            continue
        (directories if is_directory else others).append(name)
    if topdown:
        yield top, directories, others, fd
    for name in directories:
        try:
            before = None if follow_symlinks else stat(name, dir_fd=fd, follow_symlinks=False)
            below = open(name, O_RDONLY | O_NONBLOCK, dir_fd=fd)
        except OSError as problem:
            if onerror is not None:
                onerror(problem)
            continue
        try:
            if follow_symlinks or path.samestat(before, stat(below)):
                yield from _fwalk_open(below, path.join(top, name), as_bytes, topdown, onerror, follow_symlinks)
        finally:
            close(below)
    if not topdown:
        yield top, directories, others, fd


supports_dir_fd.update((access, chmod, chown, stat, utime, link, mkdir, mkfifo, mknod, open, readlink, rename, symlink,
                        unlink, rmdir))
supports_effective_ids.add(access)
supports_fd.update((chdir, chmod, chown, listdir, execve, stat, utime, truncate, pathconf, statvfs, scandir, getxattr,
                    setxattr, listxattr, removexattr))
supports_follow_symlinks.update((access, chown, stat, utime, link, getxattr, setxattr, listxattr, removexattr))

__all__ = [name for name in globals() if not name.startswith('_') and name not in ('abc', 'posix', 'sys')]
__all__.append('_exit')
