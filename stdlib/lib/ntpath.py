"""Paths as Windows has them: drives, two kinds of slashes, no regard to case. os.path is posixpath here; this module is for
programs that work with such paths elsewhere.
"""
import genericpath
import os
import sys
from genericpath import *
from posixpath import islink, lexists

__all__ = ['normcase', 'isabs', 'join', 'splitdrive', 'split', 'splitext', 'basename', 'dirname', 'commonprefix', 'getsize',
           'getmtime', 'getatime', 'getctime', 'islink', 'exists', 'lexists', 'isdir', 'isfile', 'ismount', 'expanduser',
           'expandvars', 'normpath', 'abspath', 'curdir', 'pardir', 'sep', 'pathsep', 'defpath', 'altsep', 'extsep',
           'devnull', 'realpath', 'supports_unicode_filenames', 'relpath', 'samefile', 'sameopenfile', 'samestat',
           'commonpath']

curdir = '.'
pardir = '..'
extsep = '.'
sep = '\\'
pathsep = ';'
altsep = '/'
defpath = '.;C:\\bin'
devnull = 'nul'
supports_unicode_filenames = True


def _marks(path):
    """(backslash, slash, colon) of the path's own type."""
    return (b'\\', b'/', b':') if isinstance(path, bytes) else ('\\', '/', ':')


def normcase(s):
    """Lower case, and backslashes only."""
    s = os.fspath(s)
    if isinstance(s, bytes):
        return os.fsencode(os.fsdecode(s).replace('/', '\\').lower())
    if not isinstance(s, str):
        raise TypeError(f'expected str, bytes or os.PathLike object, not {type(s).__name__}')
    return s.replace('/', '\\').lower()


def splitdrive(p):
    """(drive, rest): 'C:', or the share of a UNC path, and what follows."""
    p = os.fspath(p)
    back, slash, colon = _marks(p)
    plain = p.replace(slash, back)
    if plain[:2] == back * 2:
        # \\server\share\rest, \\?\UNC\server\share\rest
        prefix = plain[:8].upper()
        begin = 8 if prefix == (b'\\\\?\\UNC\\' if isinstance(p, bytes) else '\\\\?\\UNC\\') else 2
        end = plain.find(back, begin)
        if end == -1:
            return p, p[:0]
        second = plain.find(back, end + 1)
        if second == -1:
            return p, p[:0]
        return p[:second], p[second:]
    if plain[1:2] == colon:
        return p[:2], p[2:]
    return p[:0], p


def isabs(s):
    """Whether a path begins at a root."""
    s = os.fspath(s)
    back, slash, colon = _marks(s)
    s = s[:3].replace(slash, back)
    return s.startswith(back) or s.startswith(colon + back, 1)


def join(path, *paths):
    """One path of several. An absolute one, or one on another drive, begins anew."""
    path = os.fspath(path)
    back, slash, colon = _marks(path)
    both = back + slash
    try:
        if not paths:
            path[:0] + back
        drive, result = splitdrive(path)
        for piece in map(os.fspath, paths):
            piece_drive, piece_path = splitdrive(piece)
            if piece_path and piece_path[0:1] in (back, slash):
                if piece_drive or not drive:
                    drive = piece_drive
                result = piece_path
                continue
            if piece_drive and piece_drive != drive:
                if piece_drive.lower() != drive.lower():
                    drive, result = piece_drive, piece_path
                    continue
                # The same drive in other letters.
                drive = piece_drive
            if result and result[-1:] not in (back, slash):
                result += back
            result += piece_path
        if result and result[0:1] not in (back, slash) and drive and drive[-1:] not in (colon, back, slash):
            return drive + back + result
        return drive + result
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types('join', path, *paths)
        raise


def split(p):
    """(head, tail) around the last slash."""
    p = os.fspath(p)
    back, slash, _ = _marks(p)
    both = back + slash
    drive, rest = splitdrive(p)
    place = len(rest)
    while place and rest[place - 1:place] not in (back, slash):
        place -= 1
    head, tail = rest[:place], rest[place:]
    return drive + (head.rstrip(both) or head), tail


def splitext(p):
    """(root, ending with its dot)."""
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b'\\', b'/', b'.')
    return genericpath._splitext(p, '\\', '/', '.')


def basename(p):
    """What stands behind the last slash."""
    return split(p)[1]


def dirname(p):
    """What stands before the last slash."""
    return split(p)[0]


def ismount(path):
    """Whether a path is the root of a drive or share."""
    path = os.fspath(path)
    back, slash, _ = _marks(path)
    path = abspath(path)
    drive, rest = splitdrive(path)
    if drive and drive[0:1] in (back, slash):
        return not rest or rest in (back, slash)
    return bool(rest) and rest in (back, slash)


def expanduser(path):
    """'~' and '~name' at the beginning, from USERPROFILE, or HOMEDRIVE and HOMEPATH."""
    path = os.fspath(path)
    tilde = b'~' if isinstance(path, bytes) else '~'
    if not path.startswith(tilde):
        return path
    back, slash, _ = _marks(path)
    end = 1
    while end < len(path) and path[end:end + 1] not in (back, slash):
        end += 1
    if 'USERPROFILE' in os.environ:
        home = os.environ['USERPROFILE']
    elif 'HOMEPATH' in os.environ:
        home = join(os.environ.get('HOMEDRIVE', ''), os.environ['HOMEPATH'])
    else:
        return path
    if end != 1:
        target = os.fsdecode(path[1:end])
        current = os.environ.get('USERNAME')
        if target != current:
            # Another user's folder is a guess: it lies beside one's own.
            if current != basename(home):
                return path
            home = join(dirname(home), target)
    return (os.fsencode(home) if isinstance(path, bytes) else home) + path[end:]


def expandvars(path):
    """$name, ${name} and %name% from the environment; what is not there stays as it is, as does what is in quotes."""
    path = os.fspath(path)
    is_bytes = isinstance(path, bytes)
    text = os.fsdecode(path) if is_bytes else path
    if '$' not in text and '%' not in text:
        return path
    import re
    pattern = re.compile(r"'[^']*'?|\$\$|%%|\$\{([^}]*)\}|\$([\w-]+)|%([^%]*)%", re.ASCII)

    def value(match):
        whole = match[0]
        if whole in ('$$', '%%'):
            return whole[0]
        name = next((group for group in match.groups() if group is not None), None)
        return whole if name is None else os.environ.get(name, whole)

    text = pattern.sub(value, text)
    return os.fsencode(text) if is_bytes else text


def normpath(path):
    """A path without dots, double slashes and detours."""
    path = os.fspath(path)
    back, slash, _ = _marks(path)
    dot, dots = (b'.', b'..') if isinstance(path, bytes) else ('.', '..')
    if path.startswith((back * 2 + dot + back, back * 2 + (b'?' if isinstance(path, bytes) else '?') + back)):
        # Such names mean exactly what they say.
        return path
    path = path.replace(slash, back)
    drive, rest = splitdrive(path)
    root = back if rest.startswith(back) else rest[:0]
    kept = []
    for name in rest.lstrip(back).split(back) if root else rest.split(back):
        if not name or name == dot:
            continue
        if name == dots:
            if kept and kept[-1] != dots:
                kept.pop()
                continue
            if root:
                continue
        kept.append(name)
    result = drive + root + back.join(kept)
    return result if root or kept or drive else dot


def abspath(path):
    """A normal path that begins at a root."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(path, *, strict=False):
    """The same: links of Windows cannot be followed here."""
    return abspath(path)


def relpath(path, start=None):
    """The way from one path to another. ValueError if there is none."""
    path = os.fspath(path)
    back, _, _ = _marks(path)
    dot, dots = (b'.', b'..') if isinstance(path, bytes) else ('.', '..')
    if not path:
        raise ValueError('no path specified')
    start = dot if start is None else os.fspath(start)
    try:
        start_drive, start_rest = splitdrive(abspath(normpath(start)))
        path_drive, path_rest = splitdrive(abspath(normpath(path)))
        if normcase(start_drive) != normcase(path_drive):
            raise ValueError(f'path is on mount {path_drive!r}, start on mount {start_drive!r}')
        begin = [name for name in start_rest.split(back) if name]
        end = [name for name in path_rest.split(back) if name]
        same = 0
        while same < min(len(begin), len(end)) and normcase(begin[same]) == normcase(end[same]):
            same += 1
        names = [dots] * (len(begin) - same) + end[same:]
        return back.join(names) if names else dot
    except (TypeError, ValueError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types('relpath', path, start)
        raise


def commonpath(paths):
    """The longest path that all have in common. ValueError if they have none."""
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    paths = tuple(map(os.fspath, paths))
    back, slash, _ = _marks(paths[0])
    dot = b'.' if isinstance(paths[0], bytes) else '.'
    try:
        parts = [splitdrive(path.replace(slash, back).lower()) for path in paths]
        if len({rest[:1] == back for _, rest in parts}) != 1:
            raise ValueError("Can't mix absolute and relative paths")
        if len({drive for drive, _ in parts}) != 1:
            raise ValueError("Paths don't have the same drive")
        drive, rest = splitdrive(paths[0].replace(slash, back))
        names = [name for name in rest.split(back) if name and name != dot]
        lowered = [[name for name in rest.split(back) if name and name != dot] for _, rest in parts]
        low, high = min(lowered), max(lowered)
        same = 0
        while same < min(len(low), len(high)) and low[same] == high[same]:
            same += 1
        return drive + (back if parts[0][1][:1] == back else back[:0]) + back.join(names[:same])
    except (TypeError, AttributeError):
        genericpath._check_arg_types('commonpath', *paths)
        raise
