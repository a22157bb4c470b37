"""The system calls under their own names. They are native (_posix); those that answer with an object of several fields, or take
a path in several forms, have their faces here. os adds what is made from them."""
import sys
import _posix
from _posix import *
from _posix import _exit, _path_normpath

error = OSError
environ = {fsencode(name): fsencode(value) for name, value in _posix._environment().items()}

_DT_DIR, _DT_REG, _DT_LNK = 4, 8, 10


class _StructSequence(tuple):
    """A tuple whose places have names; none can be set."""

    n_unnamed_fields = 0

    def __init_subclass__(cls, shown_in=None):
        if shown_in is not None:
            cls.__module__ = shown_in
        if '_names' in cls.__dict__:
            cls.n_sequence_fields = len(cls._names)
            cls.__match_args__ = cls._names
            cls.n_fields = cls.__dict__.get('n_fields', cls.n_sequence_fields)

    def __new__(cls, sequence):
        items = tuple(sequence)
        least, most = cls.n_sequence_fields, cls.n_fields
        if not least <= len(items) <= most:
            wanted = f'a {least}' if least == most else f'an at least {least}' if len(items) < least else f'an at most {most}'
            name = f'{cls.__module__}.{cls.__name__}'
            raise TypeError(f'{name}() takes {wanted}-sequence ({len(items)}-sequence given)')
        return super().__new__(cls, items[:least])

    def __setattr__(self, name, value):
        if hasattr(self, name):
            raise AttributeError('readonly attribute')
        raise AttributeError(f"'{type(self).__module__}.{type(self).__name__}' object has no attribute {name!r}")

    def __repr__(self):
        fields = ', '.join(f'{name}={value!r}' for name, value in zip(self._names, self))
        return f'{type(self).__module__}.{type(self).__name__}({fields})'


def _path_of(function, forms, path, others=()):
    """The path, or what the function takes in its place (`others`); bytes of other kinds still do as well."""
    if isinstance(path, (str, bytes, *others)) or hasattr(type(path), '__fspath__'):
        return path
    refused = f'{function}: path should be {forms}, not {type(path).__name__}'
    try:
        plain = bytes(memoryview(path))
    except TypeError:
        raise TypeError(refused) from None
    import warnings
    warnings.warn(refused, DeprecationWarning, stacklevel=3)
    return plain


class terminal_size(_StructSequence, shown_in='os'):
    _names = ('columns', 'lines')
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])


def get_terminal_size(fd=1, /):
    """Columns and lines of the terminal."""
    return terminal_size(_posix._terminal_size(fd))


class uname_result(_StructSequence):
    _names = ('sysname', 'nodename', 'release', 'version', 'machine')
    sysname = property(lambda self: self[0])
    nodename = property(lambda self: self[1])
    release = property(lambda self: self[2])
    version = property(lambda self: self[3])
    machine = property(lambda self: self[4])


def uname():
    return uname_result(_posix._uname())


class times_result(_StructSequence):
    _names = ('user', 'system', 'children_user', 'children_system', 'elapsed')
    user = property(lambda self: self[0])
    system = property(lambda self: self[1])
    children_user = property(lambda self: self[2])
    children_system = property(lambda self: self[3])
    elapsed = property(lambda self: self[4])


def times():
    return times_result(_posix._times())


def getcwdb():
    """The current working directory as bytes."""
    return fsencode(getcwd())


def listdir(path='.'):
    """The names of what is in a directory."""
    if path is None:
        path = '.'
    path = _path_of('listdir', 'string, bytes, os.PathLike, integer or None', path, (int,))
    return [entry[0] for entry in _posix._entries(path if isinstance(path, int) else fspath(path))]


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

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'posix.DirEntry' object")

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

    # The directory itself nearly always tells the kind.
    def is_dir(self, *, follow_symlinks=True):
        kind = self._type
        return kind == _DT_DIR or kind != _DT_REG and self._is_kind(_DT_DIR, 0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        kind = self._type
        return kind == _DT_REG or kind != _DT_DIR and self._is_kind(_DT_REG, 0o100000, follow_symlinks)

    __class_getitem__ = classmethod(type(list[int]))


def _start_of_paths(folder):
    """What stands before a name in the path of an entry of the folder."""
    separator = b'/' if isinstance(folder, bytes) else '/'
    return folder if not folder or folder.endswith(separator) else folder + separator


class _ScandirIterator:
    """Iterates over the DirEntry objects of a directory; also a context manager."""

    _open = False  # there may be no directory to open

    def __init__(self, directory):
        is_descriptor = isinstance(directory, int)
        if not is_descriptor:
            directory = fspath(directory)
        entries = _posix._entries(directory)
        self._open = True
        if is_descriptor:
            found = [DirEntry(name, name, kind, inode, directory) for name, kind, inode in entries]
        else:
            start = _start_of_paths(directory)
            found = [DirEntry(name, start + name, kind, inode) for name, kind, inode in entries]
        self._entries = iter(found)

    def __iter__(self):
        return self

    def __next__(self):
        for entry in self._entries:
            return entry
        self._open = False
        raise StopIteration

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        self._entries, self._open = iter(()), False

    def __del__(self):
        # One that was given up half-way would keep the folder open elsewhere.
        if self._open:
            import warnings
            warnings.warn(f'unclosed scandir iterator {self!r}', ResourceWarning, source=self)


def scandir(path='.'):
    """An iterator of DirEntry objects for a directory."""
    if path is None:
        path = '.'
    path = _path_of('scandir', 'string, bytes, os.PathLike, integer or None', path, (int,))
    return _ScandirIterator(path)


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
        if not isinstance(times, tuple) or len(times) != 2:
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
        atime, mtime = (_split_seconds(t) for t in times)
    else:
        atime = mtime = None
    _posix._utime(path, atime, mtime, dir_fd, follow_symlinks)


def wait():
    """Wait for any child."""
    return waitpid(-1, 0)


def wait4(pid, options):
    """Wait for a child: its id, its status and the resources that it used."""
    pid, status, usage = _posix._wait4(pid, options)
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
    numbers = _posix._waitid(idtype, id, options)
    return None if numbers is None else waitid_result(numbers)


class statvfs_result(_StructSequence, shown_in='os'):
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
    numbers = _posix._statvfs(path)
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
    priority = param.sched_priority
    if isinstance(priority, int) and not -2**31 <= priority < 2**31:
        raise OverflowError('sched_priority out of range')
    return priority


def sched_getparam(pid, /):
    """The scheduling parameters of a process."""
    return sched_param(_posix._sched_getparam(pid))


def sched_setparam(pid, param, /):
    """Set the scheduling parameters of a process."""
    _posix._sched_setparam(pid, _priority_of(param))


def sched_setscheduler(pid, policy, param, /):
    """Set the scheduling policy and parameters of a process."""
    _posix._sched_setscheduler(pid, policy, _priority_of(param))


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
    return _posix._sysconf(_number_of(name, sysconf_names))


def confstr(name, /):
    """A text of the system's configuration."""
    return _posix._confstr(_number_of(name, confstr_names))


def pathconf(path, name):
    """A limit of a file."""
    return _posix._pathconf(path, _number_of(name, pathconf_names))


def fpathconf(fd, name, /):
    """As pathconf(), of an open file."""
    return pathconf(fd, name)


def device_encoding(fd):
    """The encoding of a terminal; None for what is none."""
    return 'UTF-8' if isatty(fd) else None


_before_fork, _after_in_parent, _after_in_child = [], [], []


_not_given = object()


def register_at_fork(*, before=_not_given, after_in_parent=_not_given, after_in_child=_not_given):
    """Functions to call around fork(): those before it in reverse order, those after it in order."""
    given = [(what, function, hooks) for what, function, hooks in (
        ('before', before, _before_fork), ('after_in_child', after_in_child, _after_in_child),
        ('after_in_parent', after_in_parent, _after_in_parent)) if function is not _not_given]
    if not given:
        raise TypeError('At least one argument is required.')
    for what, function, _ in given:
        if not callable(function):
            raise TypeError(f"'{what}' must be callable, not {type(function).__name__}")
    for _, function, hooks in given:
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
    return _fork_with_hooks(_posix.fork)


def forkpty():
    """fork(), the child on a new pseudo terminal: the child's id and the descriptor of the terminal."""
    return _fork_with_hooks(_posix._forkpty)
