"""Copying, moving and removing files and whole folders; archives; the size of the terminal and the disk."""
import collections
import os
import stat
import sys

from _shutil_archives import (ReadError, RegistryError, get_archive_formats, get_unpack_formats,
                              make_archive, register_archive_format, register_unpack_format,
                              unpack_archive, unregister_archive_format, unregister_unpack_format)

__all__ = ['copyfileobj', 'copyfile', 'copymode', 'copystat', 'copy', 'copy2', 'copytree', 'move',
           'rmtree', 'Error', 'SpecialFileError', 'ExecError', 'make_archive', 'get_archive_formats',
           'register_archive_format', 'unregister_archive_format', 'get_unpack_formats',
           'register_unpack_format', 'unregister_unpack_format', 'unpack_archive',
           'ignore_patterns', 'chown', 'which', 'get_terminal_size', 'SameFileError', 'disk_usage']

COPY_BUFSIZE = 64 * 1024
_WINDOWS = False
_USE_CP_SENDFILE = hasattr(os, 'sendfile') and sys.platform.startswith('linux')


class Error(OSError):
    pass


class SameFileError(Error):
    """Source and destination are one file."""


class SpecialFileError(OSError):
    """The operation makes no sense for such a file (a named pipe, say)."""


class ExecError(OSError):
    """A command could not be run."""


class _GiveupOnFastCopy(Exception):
    """The kernel cannot copy this pair of files; reading and writing may still do."""


# --- files ---

def copyfileobj(fsrc, fdst, length=0):
    """Copies from one open file to another."""
    read, write = fsrc.read, fdst.write
    while piece := read(length or COPY_BUFSIZE):
        write(piece)


def _fastcopy_sendfile(fsrc, fdst):
    """Copies a whole file inside the kernel, from one descriptor to another."""
    global _USE_CP_SENDFILE
    import errno
    try:
        source, target = fsrc.fileno(), fdst.fileno()
        block = os.fstat(source).st_size
    except Exception as error:
        raise _GiveupOnFastCopy(error)
    # The size may change meanwhile: what counts is that nothing more is sent.
    block = min(max(block, 1 << 23), 1 << 30)
    done = 0
    while True:
        try:
            sent = os.sendfile(target, source, done, block)
        except OSError as error:
            error.filename, error.filename2 = fsrc.name, fdst.name
            if error.errno == errno.ENOTSOCK:
                # An old kernel that sends to sockets only: no use in trying again.
                _USE_CP_SENDFILE = False
                raise _GiveupOnFastCopy(error)
            if error.errno == errno.ENOSPC:
                raise error from None
            if done == 0 and os.lseek(target, 0, os.SEEK_CUR) == 0:
                raise _GiveupOnFastCopy(error)
            raise error
        if sent == 0:
            return
        done += sent


def _samefile(src, dst):
    if isinstance(src, os.DirEntry) and hasattr(os.path, 'samestat'):
        try:
            return os.path.samestat(src.stat(), os.stat(dst))
        except OSError:
            return False
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return os.path.normcase(os.path.abspath(src)) == os.path.normcase(os.path.abspath(dst))


def copyfile(src, dst, *, follow_symlinks=True):
    """Copies the contents; the destination. With follow_symlinks=False a link is copied as a link."""
    sys.audit('shutil.copyfile', src, dst)
    if _samefile(src, dst):
        raise SameFileError(f'{src!r} and {dst!r} are the same file')
    for path in (src, dst):
        try:
            status = path.stat() if isinstance(path, os.DirEntry) else os.stat(path)
        except OSError:
            continue
        if stat.S_ISFIFO(status.st_mode):
            name = path.path if isinstance(path, os.DirEntry) else path
            raise SpecialFileError(f'`{name}` is a named pipe')
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, 'rb') as source:
        try:
            with open(dst, 'wb') as target:
                if _USE_CP_SENDFILE:
                    try:
                        _fastcopy_sendfile(source, target)
                        return dst
                    except _GiveupOnFastCopy:
                        pass
                copyfileobj(source, target)
        except IsADirectoryError as error:
            if not os.path.exists(dst):
                raise FileNotFoundError(f'Directory does not exist: {dst}') from error
            raise
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    """Copies the permission bits."""
    sys.audit('shutil.copymode', src, dst)
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        return
    os.chmod(dst, stat.S_IMODE(os.stat(src).st_mode))


def _copyxattr(src, dst, *, follow_symlinks=True):
    """Copies the extended attributes, as far as the file systems have them."""
    import errno
    refused = {errno.ENOTSUP, errno.ENODATA, errno.EINVAL}
    try:
        names = os.listxattr(src, follow_symlinks=follow_symlinks)
    except OSError as error:
        if error.errno not in refused:
            raise
        return
    for name in names:
        try:
            value = os.getxattr(src, name, follow_symlinks=follow_symlinks)
            os.setxattr(dst, name, value, follow_symlinks=follow_symlinks)
        except OSError as error:
            if error.errno not in refused | {errno.EPERM, errno.EACCES}:
                raise


def copystat(src, dst, *, follow_symlinks=True):
    """Copies the permission bits, the times and what else the system keeps about a file."""
    sys.audit('shutil.copystat', src, dst)
    follow = follow_symlinks or not (os.path.islink(src) and os.path.islink(dst))
    status = (src.stat(follow_symlinks=follow) if isinstance(src, os.DirEntry)
              else os.stat(src, follow_symlinks=follow))
    try:
        os.utime(dst, ns=(status.st_atime_ns, status.st_mtime_ns), follow_symlinks=follow)
    except NotImplementedError:
        pass
    # Before the mode, which may forbid writing.
    _copyxattr(src, dst, follow_symlinks=follow)
    if follow:
        os.chmod(dst, stat.S_IMODE(status.st_mode))


def copy(src, dst, *, follow_symlinks=True):
    """Copies the contents and the permission bits, into `dst` when that is a folder; the destination."""
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """As copy, with the times and the like."""
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


# --- folders ---

def ignore_patterns(*patterns):
    """For copytree: leaves out what matches one of the patterns."""
    def ignore(path, names):
        import fnmatch
        return {name for pattern in patterns for name in fnmatch.filter(names, pattern)}
    return ignore


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2,
             ignore_dangling_symlinks=False, dirs_exist_ok=False):
    """Copies a folder with all it holds; the destination. What fails is collected in one Error."""
    sys.audit('shutil.copytree', src, dst)
    with os.scandir(src) as found:
        entries = list(found)
    ignored = set()
    if ignore is not None:
        ignored = ignore(os.fspath(src), [entry.name for entry in entries])
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    plain = copy_function is copy2 or copy_function is copy
    errors = []

    def one(entry, source, target):
        given = entry if plain else source
        if entry.is_symlink():
            link = os.readlink(source)
            if symlinks:
                os.symlink(link, target)
                copystat(given, target, follow_symlinks=False)
                return
            if not os.path.exists(source) and ignore_dangling_symlinks:
                return
        if entry.is_dir():
            copytree(source, target, symlinks, ignore, copy_function, ignore_dangling_symlinks,
                     dirs_exist_ok)
        else:
            copy_function(given, target)

    for entry in entries:
        if entry.name in ignored:
            continue
        source, target = os.path.join(src, entry.name), os.path.join(dst, entry.name)
        try:
            one(entry, source, target)
        except Error as error:
            errors.extend(error.args[0])
        except OSError as error:
            errors.append((source, target, str(error)))
    try:
        copystat(src, dst)
    except OSError as error:
        errors.append((src, dst, str(error)))
    if errors:
        raise Error(errors)
    return dst


def _refuse_link(path, onerror):
    """Tells onerror that a link is not followed."""
    try:
        raise OSError('Cannot call rmtree on a symbolic link')
    except OSError:
        onerror(os.path.islink, path, sys.exc_info())


def _rmtree_unsafe(path, onerror):
    """Removes a folder by names alone: somebody who swaps a folder for a link meanwhile can mislead it."""
    try:
        with os.scandir(path) as found:
            entries = list(found)
    except OSError:
        onerror(os.scandir, path, sys.exc_info())
        entries = []
    for entry in entries:
        full = entry.path
        if _is_folder(entry):
            if entry.is_symlink():
                _refuse_link(full, onerror)
            else:
                _rmtree_unsafe(full, onerror)
            continue
        try:
            os.unlink(full)
        except OSError:
            onerror(os.unlink, full, sys.exc_info())
    try:
        os.rmdir(path)
    except OSError:
        onerror(os.rmdir, path, sys.exc_info())


def _is_folder(entry):
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _rmtree_safe_fd(folder, path, onerror):
    """Removes what an open folder holds. Every name is taken relative to a descriptor, so links mislead nobody."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError as error:
        error.filename = path
        onerror(os.scandir, path, sys.exc_info())
        return
    for entry in entries:
        full = os.path.join(path, entry.name)
        if _is_folder(entry):
            _remove_subfolder(folder, entry, full, onerror)
            continue
        try:
            os.unlink(entry.name, dir_fd=folder)
        except OSError:
            onerror(os.unlink, full, sys.exc_info())


def _remove_subfolder(folder, entry, full, onerror):
    try:
        expected = entry.stat(follow_symlinks=False)
    except OSError:
        onerror(os.lstat, full, sys.exc_info())
        return
    try:
        inner = os.open(entry.name, os.O_RDONLY, dir_fd=folder)
    except OSError:
        onerror(os.open, full, sys.exc_info())
        return
    try:
        if not os.path.samestat(expected, os.fstat(inner)):
            # It was a folder a moment ago: somebody plays tricks.
            _refuse_link(full, onerror)
            return
        _rmtree_safe_fd(inner, full, onerror)
        try:
            os.rmdir(entry.name, dir_fd=folder)
        except OSError:
            onerror(os.rmdir, full, sys.exc_info())
    finally:
        os.close(inner)


_use_fd_functions = ({os.open, os.stat, os.unlink, os.rmdir} <= os.supports_dir_fd
                     and os.scandir in os.supports_fd and os.stat in os.supports_follow_symlinks)


def rmtree(path, ignore_errors=False, onerror=None, *, dir_fd=None):
    """Removes a folder with all it holds. `onerror(function, path, exc_info)` is told what fails."""
    sys.audit('shutil.rmtree', path, dir_fd)
    if ignore_errors:
        def onerror(*args):
            pass
    elif onerror is None:
        def onerror(*args):
            raise
    if not _use_fd_functions:
        if dir_fd is not None:
            raise NotImplementedError('dir_fd unavailable on this platform')
        try:
            is_link = os.path.islink(path)
        except OSError:
            is_link = False
        if is_link:
            _refuse_link(path, onerror)
        else:
            _rmtree_unsafe(path, onerror)
        return
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    try:
        expected = os.lstat(path, dir_fd=dir_fd)
    except Exception:
        onerror(os.lstat, path, sys.exc_info())
        return
    try:
        folder = os.open(path, os.O_RDONLY, dir_fd=dir_fd)
    except Exception:
        onerror(os.open, path, sys.exc_info())
        return
    try:
        if not os.path.samestat(expected, os.fstat(folder)):
            _refuse_link(path, onerror)
            return
        _rmtree_safe_fd(folder, path, onerror)
        try:
            os.rmdir(path, dir_fd=dir_fd)
        except OSError:
            onerror(os.rmdir, path, sys.exc_info())
    finally:
        os.close(folder)


rmtree.avoids_symlink_attacks = _use_fd_functions


# --- moving ---

def _basename(path):
    path = os.fspath(path)
    return os.path.basename(path.rstrip(os.sep.encode() if isinstance(path, bytes) else os.sep))


def _inside(src, dst):
    src, dst = os.path.abspath(src), os.path.abspath(dst)
    end = os.sep.encode() if isinstance(src, bytes) else os.sep
    return (dst if dst.endswith(end) else dst + end).startswith(src if src.endswith(end) else src + end)


_destinsrc = _inside


def move(src, dst, copy_function=copy2):
    """Moves a file or folder, also to another file system; into `dst` when that is a folder. The new place."""
    sys.audit('shutil.move', src, dst)
    target = dst
    if os.path.isdir(dst):
        if _samefile(src, dst) and not os.path.islink(src):
            os.rename(src, dst)
            return None
        target = os.path.join(dst, _basename(src))
        if os.path.exists(target):
            raise Error(f"Destination path '{target}' already exists")
    try:
        os.rename(src, target)
        return target
    except OSError:
        pass
    if os.path.islink(src):
        os.symlink(os.readlink(src), target)
        os.unlink(src)
    elif os.path.isdir(src):
        if _inside(src, dst):
            raise Error(f"Cannot move a directory '{src}' into itself '{dst}'.")
        copytree(src, target, copy_function=copy_function, symlinks=True)
        rmtree(src)
    else:
        copy_function(src, target)
        os.unlink(src)
    return target


# --- owners, disks, programs, terminals ---

def _id_of(name, lookup, field):
    try:
        return getattr(lookup(name), field)
    except KeyError:
        return None


def chown(path, user=None, group=None):
    """Gives the file to a user, a group or both, each by name or number."""
    sys.audit('shutil.chown', path, user, group)
    if user is None and group is None:
        raise ValueError('user and/or group must be set')
    uid, gid = user, group
    if user is None:
        uid = -1
    elif isinstance(user, str):
        import pwd
        uid = _id_of(user, pwd.getpwnam, 'pw_uid')
        if uid is None:
            raise LookupError(f'no such user: {user!r}')
    if group is None:
        gid = -1
    elif not isinstance(group, int):
        import grp
        gid = _id_of(group, grp.getgrnam, 'gr_gid')
        if gid is None:
            raise LookupError(f'no such group: {group!r}')
    os.chown(path, uid, gid)


_ntuple_diskusage = collections.namedtuple('usage', 'total used free')
_ntuple_diskusage.total.__doc__ = 'Total space in bytes'
_ntuple_diskusage.used.__doc__ = 'Used space in bytes'
_ntuple_diskusage.free.__doc__ = 'Free space in bytes'


def disk_usage(path):
    """(total, used, free) in bytes, of the file system that holds the path."""
    status = os.statvfs(path)
    return _ntuple_diskusage(status.f_blocks * status.f_frsize,
                             (status.f_blocks - status.f_bfree) * status.f_frsize,
                             status.f_bavail * status.f_frsize)


def get_terminal_size(fallback=(80, 24)):
    """(columns, lines): from COLUMNS and LINES, else of the terminal, else `fallback`."""
    def number(name):
        try:
            return int(os.environ[name])
        except (KeyError, ValueError):
            return 0
    columns, lines = number('COLUMNS'), number('LINES')
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            size = os.terminal_size(fallback)
        if columns <= 0:
            columns = size.columns or fallback[0]
        if lines <= 0:
            lines = size.lines or fallback[1]
    return os.terminal_size((columns, lines))


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """The path of the program that the shell would run, or None."""
    def usable(candidate):
        return os.path.exists(candidate) and os.access(candidate, mode) and not os.path.isdir(candidate)

    if os.path.dirname(cmd):
        return cmd if usable(cmd) else None
    is_bytes = isinstance(cmd, bytes)
    if path is None:
        path = os.environ.get('PATH', None)
        if path is None:
            try:
                path = os.confstr('CS_PATH')
            except (AttributeError, ValueError):
                path = os.defpath
    if not path:
        return None
    path = os.fsencode(path) if is_bytes else os.fsdecode(path)
    seen = set()
    for folder in path.split(os.fsencode(os.pathsep) if is_bytes else os.pathsep):
        if folder in seen:
            continue
        seen.add(folder)
        candidate = os.path.join(folder, cmd)
        if usable(candidate):
            return candidate
    return None
