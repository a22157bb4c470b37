"""Paths as objects. PurePath and its two flavours only calculate; Path also asks the system."""
import fnmatch
import io
import operator
import os
import sys
from _collections_abc import Sequence
from errno import EBADF, ELOOP, ENOENT, ENOTDIR

from _pathlib_glob import make_selector

__all__ = ['PurePath', 'PurePosixPath', 'PureWindowsPath', 'Path', 'PosixPath', 'WindowsPath']

_IGNORED_ERRORS = (ENOENT, ENOTDIR, EBADF, ELOOP)


def _ignore_error(error):
    return getattr(error, 'errno', None) in _IGNORED_ERRORS


# --- flavours ---

class _PosixFlavour:
    sep = '/'
    altsep = ''

    def split_root(self, part):
        """(drive, root, rest)."""
        if not part.startswith('/'):
            return '', '', part
        rest = part.lstrip('/')
        # Two slashes, and no more, may mean something else (POSIX).
        return '', '//' if len(part) - len(rest) == 2 else '/', rest

    def casefold(self, text):
        return text

    def casefold_parts(self, parts):
        return parts

    def is_reserved(self, parts):
        return False


_RESERVED = frozenset(('CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$')) | frozenset(
    f'{kind}{number}' for kind in ('COM', 'LPT') for number in '123456789\xb9\xb2\xb3')


class _WindowsFlavour:
    sep = '\\'
    altsep = '/'

    def split_root(self, part):
        extended = ''
        if part.startswith('\\\\?\\'):
            extended, part = '\\\\?\\', part[4:]
            if part.startswith('UNC\\'):
                extended, part = '\\\\?\\UNC', part[3:]
                return self._split_unc(extended, '\\' + part)
        if part[1:2] == ':' and part[:1].isalpha() and part[:1].isascii():
            rest = part[2:]
            stripped = rest.lstrip('\\')
            return extended + part[:2], '\\' if rest.startswith('\\') else '', stripped
        if part.startswith('\\\\') and part[2:3] not in ('', '\\'):
            return self._split_unc(extended, part)
        stripped = part.lstrip('\\')
        return extended, '\\' if stripped != part else '', stripped

    def _split_unc(self, prefix, part):
        host_end = part.find('\\', 2)
        if host_end < 0:
            stripped = part.lstrip('\\')
            return prefix, '\\', stripped
        share_end = part.find('\\', host_end + 1)
        if share_end == host_end + 1:
            return prefix, '\\', part.lstrip('\\')
        if share_end < 0:
            share_end = len(part)
        drive = part[:share_end]
        if prefix:
            drive = prefix + drive[1:]
        return drive, '\\', part[share_end + 1:].lstrip('\\')

    def casefold(self, text):
        return text.lower()

    def casefold_parts(self, parts):
        return [part.lower() for part in parts]

    def is_reserved(self, parts):
        if not parts or parts[0].startswith('\\\\'):
            return False
        name = parts[-1].partition('.')[0].partition(':')[0].rstrip(' ')
        return name.upper() in _RESERVED


_posix_flavour = _PosixFlavour()
_windows_flavour = _WindowsFlavour()


def _parse(flavour, pieces):
    """(drive, root, parts) of the pieces joined; the parts begin with drive and root."""
    parsed = []
    drive = root = ''
    alternative, separator = flavour.altsep, flavour.sep
    for i in range(len(pieces) - 1, -1, -1):
        piece = pieces[i]
        if not piece:
            continue
        if alternative:
            piece = piece.replace(alternative, separator)
        drive, root, rest = flavour.split_root(piece)
        for name in reversed(rest.split(separator)):
            if name and name != '.':
                parsed.append(sys.intern(name))
        if not (drive or root):
            continue
        # A root without a drive takes the drive of what stands before it.
        while root and not drive and i > 0:
            i -= 1
            earlier = pieces[i].replace(alternative, separator) if alternative else pieces[i]
            drive = flavour.split_root(earlier)[0]
        parsed.append(drive + root)
        break
    parsed.reverse()
    return drive, root, parsed


def _join(flavour, drive, root, parts, drive2, root2, parts2):
    """Two parsed paths as one."""
    if root2:
        if not drive2 and drive:
            return drive, root2, [drive + root2] + parts2[1:]
    elif drive2:
        if drive2 == drive or flavour.casefold(drive2) == flavour.casefold(drive):
            return drive, root, parts + parts2[1:]
    else:
        return drive, root, parts + parts2
    return drive2, root2, parts2


class _PathParents(Sequence):
    """The ancestors of a path, nearest first."""

    __slots__ = ('_pathcls', '_drv', '_root', '_parts')

    def __init__(self, path):
        self._pathcls = type(path)
        self._drv = path._drv
        self._root = path._root
        self._parts = path._parts

    def __len__(self):
        return len(self._parts) - (1 if self._drv or self._root else 0)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if index >= len(self) or index < -len(self):
            raise IndexError(index)
        if index < 0:
            index += len(self)
        return self._pathcls._from_parsed(self._drv, self._root, self._parts[:-index - 1])

    def __repr__(self):
        return f'<{self._pathcls.__name__}.parents>'


def _ordering(compare):
    """A method that compares paths of the same flavour."""
    def method(self, other):
        if isinstance(other, PurePath) and self._flavour is other._flavour:
            return compare(self._cparts, other._cparts)
        return NotImplemented

    method.__name__ = f'__{compare.__name__}__'
    method.__qualname__ = f'PurePath.{method.__name__}'
    return method


class PurePath:
    """A path that is only calculated with; PurePath() makes one of this system's flavour."""

    __slots__ = ('_drv', '_root', '_parts', '_str', '_hash', '_pparts', '_cached_cparts')

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PureWindowsPath if os.name == 'nt' else PurePosixPath
        return cls._from_args(args)

    def __reduce__(self):
        return self.__class__, tuple(self._parts)

    @classmethod
    def _parse_args(cls, args):
        pieces = []
        for arg in args:
            if isinstance(arg, PurePath):
                pieces += arg._parts
                continue
            path = os.fspath(arg)
            if not isinstance(path, str):
                raise TypeError('argument should be a str object or an os.PathLike object returning '
                                f'str, not {type(path)!r}')
            pieces.append(str(path))
        return _parse(cls._flavour, pieces)

    @classmethod
    def _from_args(cls, args):
        drive, root, parts = cls._parse_args(args)
        return cls._from_parsed(drive, root, parts)

    @classmethod
    def _from_parsed(cls, drive, root, parts):
        self = object.__new__(cls)
        self._drv = drive
        self._root = root
        self._parts = parts
        return self

    @classmethod
    def _format(cls, drive, root, parts):
        if drive or root:
            return drive + root + cls._flavour.sep.join(parts[1:])
        return cls._flavour.sep.join(parts)

    def _make_child(self, args):
        drive, root, parts = self._parse_args(args)
        return self._from_parsed(*_join(self._flavour, self._drv, self._root, self._parts, drive,
                                        root, parts))

    def _make_child_relpath(self, name):
        return self._from_parsed(self._drv, self._root, self._parts + [name])

    def __str__(self):
        try:
            return self._str
        except AttributeError:
            self._str = self._format(self._drv, self._root, self._parts) or '.'
            return self._str

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """The path with forward slashes."""
        return str(self).replace(self._flavour.sep, '/')

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return f'{self.__class__.__name__}({self.as_posix()!r})'

    def as_uri(self):
        """The path as a file: URI."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote_from_bytes
        drive = self._drv
        if len(drive) == 2 and drive[1] == ':':
            path = self.as_posix()[2:]
            return 'file:///' + drive + quote_from_bytes(path.encode('utf-8'))
        if drive:
            return 'file:' + quote_from_bytes(self.as_posix().encode('utf-8'))
        return 'file://' + quote_from_bytes(bytes(self))

    # --- comparing ---

    @property
    def _cparts(self):
        """The parts by which it is compared; kept, as is the hash."""
        if not hasattr(self, '_cached_cparts'):
            self._cached_cparts = self._flavour.casefold_parts(self._parts)
        return self._cached_cparts

    def __hash__(self):
        if not hasattr(self, '_hash'):
            self._hash = hash((*self._cparts,))
        return self._hash

    def __eq__(self, other):
        if isinstance(other, PurePath):
            return self._flavour is other._flavour and self._cparts == other._cparts
        return NotImplemented

    __lt__, __le__, __gt__, __ge__ = map(_ordering, (operator.lt, operator.le, operator.gt, operator.ge))

    # --- parts ---

    drive = property(lambda self: self._drv, doc='The drive (Windows): a letter or a share.')
    root = property(lambda self: self._root, doc='The root, if any.')

    @property
    def anchor(self):
        """Drive and root together."""
        return self._drv + self._root

    @property
    def name(self):
        """The last part, if it is no anchor."""
        parts = self._parts
        return '' if len(parts) == (1 if self._drv or self._root else 0) else parts[-1]

    @property
    def suffix(self):
        """What follows the last dot of the name, with the dot."""
        name = self.name
        i = name.rfind('.')
        return name[i:] if 0 < i < len(name) - 1 else ''

    @property
    def suffixes(self):
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + suffix for suffix in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        """The name without its last suffix."""
        name = self.name
        i = name.rfind('.')
        return name[:i] if 0 < i < len(name) - 1 else name

    def with_name(self, name):
        """The path with another name."""
        if not self.name:
            raise ValueError(f'{self!r} has an empty name')
        drive, root, parts = _parse(self._flavour, [name])
        if (not name or name[-1] in (self._flavour.sep, self._flavour.altsep) or drive or root
                or len(parts) != 1):
            raise ValueError(f'Invalid name {name!r}')
        return self._from_parsed(self._drv, self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        """The path with another stem."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """The path with another suffix; with '' it has none."""
        flavour = self._flavour
        if flavour.sep in suffix or flavour.altsep and flavour.altsep in suffix:
            raise ValueError(f'Invalid suffix {suffix!r}')
        if suffix and not suffix.startswith('.') or suffix == '.':
            raise ValueError(f'Invalid suffix {suffix!r}')
        name = self.name
        if not name:
            raise ValueError(f'{self!r} has an empty name')
        old = self.suffix
        name = name[:-len(old)] + suffix if old else name + suffix
        return self._from_parsed(self._drv, self._root, self._parts[:-1] + [name])

    def relative_to(self, *other):
        """The way from `other` to here. ValueError when this path does not begin with the other."""
        if not other:
            raise TypeError('need at least one argument')
        drive, root, parts = self._drv, self._root, self._parts
        mine = [drive, root] + parts[1:] if root else [drive] + parts[1:] if drive else parts
        drive2, root2, parts2 = self._parse_args(other)
        theirs = [drive2, root2] + parts2[1:] if root2 else [drive2] + parts2[1:] if drive2 else parts2
        count = len(theirs)
        fold = self._flavour.casefold_parts
        if (root or drive) if count == 0 else fold(mine[:count]) != fold(theirs):
            shown = self._format(drive2, root2, parts2)
            raise ValueError(f'{str(self)!r} is not in the subpath of {str(shown)!r} OR one path is '
                             'relative and the other is absolute.')
        return self._from_parsed('', root if count == 1 else '', mine[count:])

    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
            return True
        except ValueError:
            return False

    @property
    def parts(self):
        """The parts as a tuple."""
        if not hasattr(self, '_pparts'):
            self._pparts = (*self._parts,)
        return self._pparts

    def joinpath(self, *args):
        """The path and the others behind it; an absolute one begins anew."""
        return self._make_child(args)

    def __truediv__(self, key):
        try:
            return self._make_child((key,))
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._from_args([key] + self._parts)
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        """The path without its last part."""
        drive, root, parts = self._drv, self._root, self._parts
        if len(parts) == 1 and (drive or root):
            return self
        return self._from_parsed(drive, root, parts[:-1])

    @property
    def parents(self):
        return _PathParents(self)

    def is_absolute(self):
        if not self._root:
            return False
        return self._flavour is _posix_flavour or bool(self._drv)

    def is_reserved(self):
        """Does the name mean a device (Windows)?"""
        return self._flavour.is_reserved(self._parts)

    def match(self, path_pattern):
        """Does the path end in this pattern (or equal it, when the pattern is absolute)?"""
        fold = self._flavour.casefold
        drive, root, patterns = _parse(self._flavour, [fold(path_pattern)])
        if not patterns:
            raise ValueError('empty pattern')
        if drive and drive != fold(self._drv) or root and root != fold(self._root):
            return False
        parts = self._cparts
        if drive or root:
            if len(patterns) != len(parts):
                return False
            patterns = patterns[1:]
        elif len(patterns) > len(parts):
            return False
        return all(fnmatch.fnmatchcase(part, pattern)
                   for part, pattern in zip(reversed(parts), reversed(patterns)))


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A path with slashes, on any system."""

    _flavour = _posix_flavour
    __slots__ = ()


class PureWindowsPath(PurePath):
    """A path with backslashes and drives, on any system."""

    _flavour = _windows_flavour
    __slots__ = ()


# --- paths of this system ---

class Path(PurePath):
    """A path of this system: what PurePath can do, and the questions and changes of files."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = WindowsPath if os.name == 'nt' else PosixPath
        self = cls._from_args(args)
        if self._flavour is not _posix_flavour:
            raise NotImplementedError(f'cannot instantiate {cls.__name__!r} on your system')
        return self

    def __enter__(self):
        import warnings
        warnings.warn('pathlib.Path.__enter__() is deprecated and scheduled for removal in Python '
                      '3.13; Path objects as a context manager is a no-op', DeprecationWarning,
                      stacklevel=2)
        return self

    def __exit__(self, kind, value, traceback):
        pass

    @classmethod
    def cwd(cls):
        """The current folder."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The user's home folder."""
        return cls('~').expanduser()

    def samefile(self, other_path):
        """Is the other the same file?"""
        try:
            other = other_path.stat()
        except AttributeError:
            other = self.__class__(other_path).stat()
        return os.path.samestat(self.stat(), other)

    def iterdir(self):
        """The children of a folder, in no order."""
        for name in os.listdir(self):
            yield self._make_child_relpath(name)

    def _scandir(self):
        return os.scandir(self)

    def glob(self, pattern):
        """What exists below here and matches the pattern; '**' is any number of folders."""
        if not pattern:
            raise ValueError(f'Unacceptable pattern: {pattern!r}')
        drive, root, parts = _parse(self._flavour, [pattern])
        if drive or root:
            raise NotImplementedError('Non-relative patterns are unsupported')
        if pattern[-1] in (self._flavour.sep, self._flavour.altsep):
            parts.append('')
        yield from make_selector(tuple(parts)).select_from(self)

    def rglob(self, pattern):
        """glob('**/' + pattern)."""
        drive, root, parts = _parse(self._flavour, [pattern])
        if drive or root:
            raise NotImplementedError('Non-relative patterns are unsupported')
        if pattern and pattern[-1] in (self._flavour.sep, self._flavour.altsep):
            parts.append('')
        yield from make_selector(('**', *parts)).select_from(self)

    def absolute(self):
        """From the root on, links and '..' left as they are."""
        if self.is_absolute():
            return self
        return self._from_args([os.getcwd()] + self._parts)

    def resolve(self, strict=False):
        """From the root on, without links and '..'. With `strict` it must exist."""
        try:
            path = os.path.realpath(self, strict=strict)
        except OSError as error:
            if error.errno == ELOOP:
                raise RuntimeError('Symlink loop from %r' % error.filename)
            raise
        resolved = self._from_args((path,))
        if not strict:
            # realpath stops at a loop and says nothing.
            try:
                resolved.stat()
            except OSError as error:
                if error.errno == ELOOP:
                    raise RuntimeError('Symlink loop from %r' % error.filename)
        return resolved

    def stat(self, *, follow_symlinks=True):
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        return self.stat(follow_symlinks=False)

    def owner(self):
        """The name of the owner."""
        import pwd
        return pwd.getpwuid(self.stat().st_uid).pw_name

    def group(self):
        import grp
        return grp.getgrgid(self.stat().st_gid).gr_name

    # --- contents ---

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """As the built-in open()."""
        if 'b' not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        with self.open(mode='rb') as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        encoding = io.text_encoding(encoding)
        with self.open(mode='r', encoding=encoding, errors=errors) as file:
            return file.read()

    def write_bytes(self, data):
        view = memoryview(data)
        with self.open(mode='wb') as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError('data must be str, not %s' % data.__class__.__name__)
        encoding = io.text_encoding(encoding)
        with self.open(mode='w', encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    # --- changes ---

    def readlink(self):
        """Where the link points to."""
        return self._from_args((os.readlink(self),))

    def touch(self, mode=0o666, exist_ok=True):
        """Makes the file if there is none, else gives it the present time."""
        if exist_ok:
            try:
                os.utime(self, None)
                return
            except OSError:
                pass
        flags = os.O_CREAT | os.O_WRONLY | (0 if exist_ok else os.O_EXCL)
        os.close(os.open(self, flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Makes a folder; with `parents` those above it as well."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Removes the file or link."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Removes the folder, which must be empty."""
        os.rmdir(self)

    def rename(self, target):
        """Gives it another name; the new path."""
        os.rename(self, target)
        return self.__class__(target)

    def replace(self, target):
        """As rename, over what may be there."""
        os.replace(self, target)
        return self.__class__(target)

    def symlink_to(self, target, target_is_directory=False):
        """Makes this path a link to `target`."""
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Makes this path another name of the file `target`."""
        os.link(target, self)

    def link_to(self, target):
        """Makes `target` another name of this file. Use hardlink_to."""
        import warnings
        warnings.warn('pathlib.Path.link_to() is deprecated and is scheduled for removal in Python '
                      '3.12. Use pathlib.Path.hardlink_to() instead.', DeprecationWarning, stacklevel=2)
        self.__class__(target).hardlink_to(self)

    # --- questions ---

    def exists(self):
        try:
            self.stat()
        except OSError as error:
            if not _ignore_error(error):
                raise
            return False
        except ValueError:
            return False
        return True

    def _has_kind(self, test, follow_symlinks=True):
        import stat
        try:
            status = self.stat() if follow_symlinks else self.lstat()
        except OSError as error:
            if not _ignore_error(error):
                raise
            return False
        except ValueError:
            return False
        return getattr(stat, test)(status.st_mode)

    def is_dir(self):
        return self._has_kind('S_ISDIR')

    def is_file(self):
        """A regular file (or a link to one)?"""
        return self._has_kind('S_ISREG')

    def is_mount(self):
        """A mount point?"""
        if not self.exists() or not self.is_dir():
            return False
        try:
            device = self.parent.stat().st_dev
        except OSError:
            return False
        if self.stat().st_dev != device:
            return True
        return self.stat().st_ino == self.parent.stat().st_ino

    def is_symlink(self):
        return self._has_kind('S_ISLNK', follow_symlinks=False)

    def is_block_device(self):
        return self._has_kind('S_ISBLK')

    def is_char_device(self):
        return self._has_kind('S_ISCHR')

    def is_fifo(self):
        return self._has_kind('S_ISFIFO')

    def is_socket(self):
        return self._has_kind('S_ISSOCK')

    def expanduser(self):
        """With ~ and ~user replaced."""
        if not (self._drv or self._root) and self._parts and self._parts[0][:1] == '~':
            home = os.path.expanduser(self._parts[0])
            if home[:1] == '~':
                raise RuntimeError('Could not determine home directory.')
            drive, root, parts = self._parse_args((home,))
            return self._from_parsed(drive, root, parts + self._parts[1:])
        return self


class PosixPath(Path, PurePosixPath):
    """A path of a system that is not Windows."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """A path of Windows."""

    __slots__ = ()

    def is_mount(self):
        raise NotImplementedError('Path.is_mount() is unsupported on this system')
