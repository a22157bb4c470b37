"""Paths of POSIX systems: os.path."""
import os
import stat
import sys
from posix import _path_normpath

__all__ = ['normcase', 'isabs', 'join', 'splitdrive', 'split', 'splitext', 'basename', 'dirname', 'commonprefix', 'getsize',
           'getmtime', 'getatime', 'getctime', 'islink', 'exists', 'lexists', 'isdir', 'isfile', 'ismount', 'expanduser',
           'expandvars', 'normpath', 'abspath', 'samefile', 'sameopenfile', 'samestat', 'curdir', 'pardir', 'sep', 'pathsep',
           'defpath', 'altsep', 'extsep', 'devnull', 'realpath', 'supports_unicode_filenames', 'relpath', 'commonpath']

curdir = '.'
pardir = '..'
extsep = '.'
sep = '/'
pathsep = ':'
defpath = '/bin:/usr/bin'
altsep = None
devnull = '/dev/null'
supports_unicode_filenames = False


def _like(path, text):
    """`text` in the type of `path`."""
    return text.encode() if isinstance(path, bytes) else text


def _check_types(function, *paths):
    kinds = {bytes if isinstance(p, bytes) else str if isinstance(p, str) else type(p) for p in paths}
    for p in paths:
        if not isinstance(p, (str, bytes)):
            raise TypeError(f'{function}() argument must be str, bytes, or os.PathLike object, not '
                            f'{type(p).__name__!r}') from None
    if len(kinds) > 1:
        raise TypeError("Can't mix strings and bytes in path components") from None


def normcase(s):
    return os.fspath(s)


def isabs(s):
    s = os.fspath(s)
    return s.startswith(b'/' if isinstance(s, bytes) else '/')


def join(a, *p):
    """Put path components together; an absolute one begins anew."""
    path = os.fspath(a)
    slash = b'/' if isinstance(path, bytes) else '/'
    try:
        if not p:
            path[:0] + slash
        for part in p:
            part = os.fspath(part)
            if part.startswith(slash):
                path = part
            elif not path or path.endswith(slash):
                path += part
            else:
                path += slash + part
    except (TypeError, AttributeError):
        _check_types('join', path, *map(os.fspath, p))
        raise
    return path


def split(p):
    """(head, tail): tail is everything after the last slash."""
    p = os.fspath(p)
    cut = p.rfind(b'/' if isinstance(p, bytes) else '/') + 1
    return _without_slashes(p[:cut]), p[cut:]


def _without_slashes(head):
    """Without those at the end, unless there is nothing else."""
    return head.rstrip(b'/' if isinstance(head, bytes) else '/') or head


def splitext(p):
    """(root, extension): the extension begins at the last dot of the last component, unless that is a leading one."""
    p = os.fspath(p)
    slash, dot = (b'/', b'.') if isinstance(p, bytes) else ('/', '.')
    start = p.rfind(slash) + 1
    at = p.rfind(dot)
    if at > start and p[start:at].strip(dot):
        return p[:at], p[at:]
    return p, p[:0]


def splitdrive(p):
    p = os.fspath(p)
    return p[:0], p


def basename(p):
    p = os.fspath(p)
    return p[p.rfind(b'/' if isinstance(p, bytes) else '/') + 1:]


def dirname(p):
    p = os.fspath(p)
    return _without_slashes(p[:p.rfind(b'/' if isinstance(p, bytes) else '/') + 1])


def commonprefix(m):
    """The longest text that every one begins with."""
    if not m:
        return ''
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    """The longest path that every one lies in."""
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    paths = tuple(map(os.fspath, paths))
    _check_types('commonpath', *paths)
    slash, dot = _like(paths[0], '/'), _like(paths[0], '.')
    absolute = {p.startswith(slash) for p in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths") from None
    split_paths = [[c for c in p.split(slash) if c and c != dot] for p in paths]
    low, high = min(split_paths), max(split_paths)
    common = low
    for i, c in enumerate(low):
        if c != high[i]:
            common = low[:i]
            break
    prefix = slash if absolute.pop() else slash[:0]
    return prefix + slash.join(common)


def exists(path):
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def lexists(path):
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def isfile(path):
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def isdir(s):
    try:
        return stat.S_ISDIR(os.stat(s).st_mode)
    except (OSError, ValueError):
        return False


def islink(path):
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except (OSError, ValueError, AttributeError):
        return False


def ismount(path):
    try:
        here = os.lstat(path)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(here.st_mode):
        return False
    path = os.fspath(path)
    parent = os.lstat(realpath(join(path, _like(path, '..'))))
    return here.st_dev != parent.st_dev or here.st_ino == parent.st_ino


def getsize(filename):
    return os.stat(filename).st_size


def getmtime(filename):
    return os.stat(filename).st_mtime


def getatime(filename):
    return os.stat(filename).st_atime


def getctime(filename):
    return os.stat(filename).st_ctime


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    return samestat(os.fstat(fp1), os.fstat(fp2))


def normpath(path):
    """Without doubled slashes, '.' and, where they cancel a name, '..'."""
    return _path_normpath(os.fspath(path))


def abspath(path):
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The absolute path with every symbolic link followed."""
    path = os.fspath(filename)
    slash, dot, dotdot = _like(path, '/'), _like(path, '.'), _like(path, '..')
    rest = path.split(slash)
    rest.reverse()
    done = slash if path.startswith(slash) else (os.getcwdb() if isinstance(path, bytes) else os.getcwd())
    followed = {}
    while rest:
        part = rest.pop()
        if part is None:
            # The end of a link's target: what is reached by now is what the link means.
            followed[rest.pop()] = done
            continue
        if not part or part == dot:
            continue
        if part == dotdot:
            done = dirname(done)
            continue
        here = join(done, part)
        try:
            is_link = stat.S_ISLNK(os.lstat(here).st_mode)
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            done = here
            continue
        if here in followed:
            known = followed[here]
            if known is not None:
                done = known
                continue
            if strict:
                os.stat(here)
            done = here
            continue
        followed[here] = None
        target = os.readlink(here)
        if target.startswith(slash):
            done = slash
        rest.append(here)
        rest.append(None)
        rest.extend(reversed(target.split(slash)))
    return normpath(done)


def relpath(path, start=None):
    """The path as seen from `start` (the current directory)."""
    if not path:
        raise ValueError('no path specified')
    path = os.fspath(path)
    slash, dotdot = _like(path, '/'), _like(path, '..')
    start = _like(path, '.') if start is None else os.fspath(start)
    _check_types('relpath', path, start)
    from_parts = [c for c in abspath(start).split(slash) if c]
    to_parts = [c for c in abspath(path).split(slash) if c]
    same = len(commonprefix([from_parts, to_parts]))
    parts = [dotdot] * (len(from_parts) - same) + to_parts[same:]
    return slash.join(parts) if parts else _like(path, '.')


def expanduser(path):
    """'~' and '~name' at the beginning become home directories."""
    path = os.fspath(path)
    text = os.fsdecode(path)
    if not text.startswith('~'):
        return path
    end = text.find('/')
    if end < 0:
        end = len(text)
    home = None
    if end == 1:
        home = os.environ.get('HOME')
    if home is None:
        name = text[1:end]
        try:
            with open('/etc/passwd') as accounts:
                for line in accounts:
                    fields = line.rstrip('\n').split(':')
                    if len(fields) >= 6 and (fields[0] == name if name else fields[2] == str(os.getuid())):
                        home = fields[5]
                        break
        except OSError:
            pass
    if home is None:
        return path
    result = (home.rstrip('/') + text[end:]) or '/'
    return os.fsencode(result) if isinstance(path, bytes) else result


def expandvars(path):
    """$NAME and ${NAME} become what the environment has for them; unknown ones stay."""
    path = os.fspath(path)
    text = os.fsdecode(path)
    result = []
    i = 0
    while i < len(text):
        c = text[i]
        if c != '$':
            result.append(c)
            i += 1
            continue
        if text.startswith('{', i + 1):
            end = text.find('}', i + 2)
            name, after = (text[i + 2:end], end + 1) if end >= 0 else (None, i + 1)
        else:
            after = i + 1
            while after < len(text) and (text[after].isalnum() and text[after].isascii() or text[after] == '_'):
                after += 1
            name = text[i + 1:after]
        if name and name in os.environ:
            result.append(os.environ[name])
        else:
            result.append(text[i:after])
        i = after
    result = ''.join(result)
    return os.fsencode(result) if isinstance(path, bytes) else result
