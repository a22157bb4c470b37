"""Getting members of a tar archive onto the disk, and the filters that say which of them may.

A filter is called with a member and the folder; it gives back the member, maybe changed, or None to leave it out, or
raises a FilterError. 'data' is for archives of strangers: nothing outside the folder, no devices, no odd permissions.
"""
import copy
import os
import stat

from _tar_read import SUPPORTED_TYPES, ExtractError, ReadError, StreamError, TarError
from _tar_streams import _Stream


class FilterError(TarError):
    """A filter refuses a member."""


class AbsolutePathError(FilterError):
    """The name is an absolute path."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f'member {tarinfo.name!r} has an absolute path')


class OutsideDestinationError(FilterError):
    """The member would lie outside the folder."""

    def __init__(self, tarinfo, path):
        self.tarinfo, self._path = tarinfo, path
        super().__init__(f'{tarinfo.name!r} would be extracted to {path!r}, which is outside the destination')


class SpecialFileError(FilterError):
    """The member is a device or a pipe."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f'{tarinfo.name!r} is a special file')


class AbsoluteLinkError(FilterError):
    """The link leads to an absolute path."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f'{tarinfo.name!r} is a link to an absolute path')


class LinkOutsideDestinationError(FilterError):
    """The link leads outside the folder."""

    def __init__(self, tarinfo, path):
        self.tarinfo, self._path = tarinfo, path
        super().__init__(f'{tarinfo.name!r} would link to {path!r}, which is outside the destination')


for _class in (FilterError, AbsolutePathError, OutsideDestinationError, SpecialFileError, AbsoluteLinkError,
               LinkOutsideDestinationError):
    _class.__module__ = 'tarfile'


def _inside(path, folder):
    return os.path.commonpath([path, folder]) == folder


def _tame(member, folder, for_data):
    """The attributes that must change before the member may be extracted below `folder`."""
    changes = {}
    folder = os.path.realpath(folder)
    name = member.name
    if name.startswith(('/', os.sep)):
        name = changes['name'] = name.lstrip('/' + os.sep)
    if os.path.isabs(name):
        raise AbsolutePathError(member)
    target = os.path.realpath(os.path.join(folder, name))
    if not _inside(target, folder):
        raise OutsideDestinationError(member, target)
    mode = member.mode
    if mode is not None:
        mode &= 0o755       # nobody else may write, nothing runs as another user
        if for_data:
            if member.isreg() or member.islnk():
                mode |= 0o600
                if not mode & 0o100:
                    mode &= ~0o111
            elif member.isdir() or member.issym():
                mode = None
            else:
                raise SpecialFileError(member)
        if mode != member.mode:
            changes['mode'] = mode
    if for_data:
        changes.update((key, None) for key in ('uid', 'gid', 'uname', 'gname') if getattr(member, key) is not None)
        if member.islnk() or member.issym():
            _check_link(member, name, folder)
    return changes


def _check_link(member, name, folder):
    if os.path.isabs(member.linkname):
        raise AbsoluteLinkError(member)
    start = os.path.join(folder, os.path.dirname(name)) if member.issym() else folder
    target = os.path.realpath(os.path.join(start, member.linkname))
    if not _inside(target, folder):
        raise LinkOutsideDestinationError(member, target)


def fully_trusted_filter(member, dest_path):
    """Every member as it is."""
    return member


def tar_filter(member, dest_path):
    """What GNU tar allows: nothing outside the folder, no writing by others."""
    changes = _tame(member, dest_path, False)
    return member.replace(**changes, deep=False) if changes else member


def data_filter(member, dest_path):
    """Only what plain data needs."""
    changes = _tame(member, dest_path, True)
    return member.replace(**changes, deep=False) if changes else member


for _class in (fully_trusted_filter, tar_filter, data_filter):
    _class.__module__ = 'tarfile'

_FILTERS = {'fully_trusted': fully_trusted_filter, 'tar': tar_filter, 'data': data_filter}


def copy_bytes(source, target, length=None, exception=OSError, bufsize=None):
    """So many bytes from file to file (None: all); `exception` when there are not so many."""
    bufsize = bufsize or 1 << 14
    while length is None or length > 0:
        data = source.read(bufsize if length is None else min(bufsize, length))
        if length is None:
            if not data:
                return
        elif len(data) < min(bufsize, length):
            raise exception('unexpected end of data')
        else:
            length -= len(data)
        target.write(data)


class Extractor:
    """The half of TarFile that writes members to the disk."""

    extraction_filter = None

    def _chosen_filter(self, filter):
        if filter is None:
            filter = self.extraction_filter
        if filter is None:
            return fully_trusted_filter
        if isinstance(filter, str):
            try:
                return _FILTERS[filter]
            except KeyError:
                raise ValueError(f'filter {filter!r} not found') from None
        return filter

    def _filtered(self, member, choose, path):
        """The member after the filter; None when it is left out."""
        if isinstance(member, str):
            member = self.getmember(member)
        original = member
        try:
            member = choose(member, path)
        except (OSError, FilterError) as error:
            self._complain(error, fatal=True)
            return None
        except ExtractError as error:
            self._complain(error)
            return None
        if member is None:
            self._dbg(2, 'tarfile: Excluded %r' % original.name)
            return None
        if member.islnk():
            member = copy.copy(member)
            member._link_target = os.path.join(path, member.linkname)
        return member

    def _complain(self, error, fatal=False):
        """Raises, or tells in the log, as errorlevel wants it."""
        if self.errorlevel > (0 if fatal else 1):
            raise
        if isinstance(error, OSError) and error.filename is not None:
            self._dbg(1, 'tarfile: %s %r' % (error.strerror, error.filename))
        else:
            self._dbg(1, 'tarfile: %s' % (error.strerror if isinstance(error, OSError) else error))

    def extractall(self, path='.', members=None, *, numeric_owner=False, filter=None):
        """Writes all members, or those given, below a folder; what belongs to folders (times, modes) is set last."""
        choose = self._chosen_filter(filter)
        folders = []
        for member in self if members is None else members:
            member = self._filtered(member, choose, path)
            if member is None:
                continue
            if member.isdir():
                folders.append(member)
                # Ours to write into until all is there.
                member = copy.copy(member)
                member.mode = 0o700
            self._extract(member, path, not member.isdir(), numeric_owner)
        for folder in sorted(folders, key=lambda member: member.name, reverse=True):
            try:
                self._set_attributes(folder, os.path.join(path, folder.name), numeric_owner)
            except ExtractError as error:
                self._complain(error)

    def extract(self, member, path='', set_attrs=True, *, numeric_owner=False, filter=None):
        """Writes one member, given itself or by name, below a folder."""
        self._check('r')
        member = self._filtered(member, self._chosen_filter(filter), path)
        if member is not None:
            self._extract(member, path, set_attrs, numeric_owner)

    def _extract(self, member, path, set_attrs, numeric_owner):
        self._check('r')
        try:
            self._extract_member(member, os.path.join(path, member.name), set_attrs, numeric_owner)
        except OSError as error:
            self._complain(error, fatal=True)
        except ExtractError as error:
            self._complain(error)

    def extractfile(self, member):
        """The member, or where the link leads, open for reading; None for what has no data."""
        self._check('r')
        if isinstance(member, str):
            member = self.getmember(member)
        if member.isreg() or member.type not in SUPPORTED_TYPES:
            return self.fileobject(self, member)
        if not (member.islnk() or member.issym()):
            return None
        if isinstance(self.fileobj, _Stream):
            raise StreamError('cannot extract (sym)link as file object')
        return self.extractfile(self._find_link_target(member))

    def _extract_member(self, tarinfo, targetpath, set_attrs=True, numeric_owner=False):
        targetpath = targetpath.rstrip('/')
        above = os.path.dirname(targetpath)
        if above and not os.path.exists(above):
            os.makedirs(above)
        link = tarinfo.islnk() or tarinfo.issym()
        self._dbg(1, f'{tarinfo.name} -> {tarinfo.linkname}' if link else tarinfo.name)
        self._maker(tarinfo)(tarinfo, targetpath)
        if set_attrs:
            self._set_attributes(tarinfo, targetpath, numeric_owner)

    def _maker(self, member):
        if member.isdir():
            return self.makedir
        if member.isfifo():
            return self.makefifo
        if member.isdev():
            return self.makedev
        if member.islnk() or member.issym():
            return self.makelink
        return self.makefile if member.type in SUPPORTED_TYPES else self.makeunknown

    def _set_attributes(self, member, path, numeric_owner):
        self.chown(member, path, numeric_owner)
        if not member.issym():
            if member.isdir():
                self.utime(member, path)
                self.chmod(member, path)
            else:
                self.chmod(member, path)
                self.utime(member, path)

    # --- one method for each kind; a subclass may have its own ---

    def makedir(self, tarinfo, targetpath):
        """Makes a folder that only we may enter for now."""
        try:
            if tarinfo.mode is None:
                os.mkdir(targetpath)
            else:
                os.mkdir(targetpath, 0o700)
        except FileExistsError:
            if not os.path.isdir(targetpath):
                raise

    def makefile(self, tarinfo, targetpath):
        """Writes a file, with its holes."""
        source = self.fileobj
        source.seek(tarinfo.offset_data)
        with open(targetpath, 'wb') as target:
            if tarinfo.sparse is None:
                copy_bytes(source, target, tarinfo.size, ReadError, self.copybufsize)
                return
            for offset, size in tarinfo.sparse:
                target.seek(offset)
                copy_bytes(source, target, size, ReadError, self.copybufsize)
            target.seek(tarinfo.size)
            target.truncate()

    def makeunknown(self, tarinfo, targetpath):
        """Writes what nobody knows as a file."""
        self.makefile(tarinfo, targetpath)
        self._dbg(1, 'tarfile: Unknown file type %r, extracted as regular file.' % tarinfo.type)

    def makefifo(self, tarinfo, targetpath):
        """Makes a named pipe."""
        os.mkfifo(targetpath)

    def makedev(self, tarinfo, targetpath):
        """Makes a device."""
        mode = 0o600 if tarinfo.mode is None else tarinfo.mode
        kind = stat.S_IFBLK if tarinfo.isblk() else stat.S_IFCHR
        os.mknod(targetpath, mode | kind, os.makedev(tarinfo.devmajor, tarinfo.devminor))

    def makelink(self, tarinfo, targetpath):
        """Makes a link; a hard link to what is not on the disk becomes a copy from the archive."""
        if tarinfo.issym():
            if os.path.lexists(targetpath):
                os.unlink(targetpath)
            os.symlink(tarinfo.linkname, targetpath)
        elif os.path.exists(tarinfo._link_target):
            os.link(tarinfo._link_target, targetpath)
        else:
            try:
                source = self._find_link_target(tarinfo)
            except KeyError:
                raise ExtractError('unable to resolve link inside archive') from None
            self._extract_member(source, targetpath)

    def chown(self, tarinfo, targetpath, numeric_owner):
        """Sets the owner, by name when it is known here; only root can."""
        if os.geteuid() != 0:
            return
        user, group = tarinfo.uid, tarinfo.gid
        if not numeric_owner:
            import grp
            import pwd
            try:
                group = grp.getgrnam(tarinfo.gname).gr_gid
            except (KeyError, TypeError):
                pass
            try:
                user = pwd.getpwnam(tarinfo.uname).pw_uid
            except (KeyError, TypeError):
                pass
        change = os.lchown if tarinfo.issym() else os.chown
        try:
            change(targetpath, -1 if user is None else user, -1 if group is None else group)
        except OSError as error:
            raise ExtractError('could not change owner') from error

    def chmod(self, tarinfo, targetpath):
        """Sets the permissions."""
        if tarinfo.mode is None:
            return
        try:
            os.chmod(targetpath, tarinfo.mode)
        except OSError as error:
            raise ExtractError('could not change mode') from error

    def utime(self, tarinfo, targetpath):
        """Sets the time of modification."""
        if tarinfo.mtime is None:
            return
        try:
            os.utime(targetpath, (tarinfo.mtime, tarinfo.mtime))
        except (OSError, OverflowError) as error:
            raise ExtractError('could not change modification time') from error
