"""tar archives: reading, writing, extracting; as files or as streams, plain or compressed by gzip, bzip2 or xz.

Headers are in _tar_header (writing) and _tar_read, files around an archive in _tar_streams, extraction in _tar_extract.
"""
import copy
import grp
import io
import os
import pwd
import stat
import struct
import sys
import time
from builtins import open as bltn_open

from _tar_extract import (
    AbsoluteLinkError, AbsolutePathError, Extractor, FilterError, LinkOutsideDestinationError,
    OutsideDestinationError, SpecialFileError, copy_bytes as copyfileobj, data_filter, fully_trusted_filter, tar_filter,
)
from _tar_header import (
    DEFAULT_FORMAT, ENCODING, GNU_FORMAT, GNU_MAGIC, LENGTH_LINK, LENGTH_NAME, LENGTH_PREFIX, PAX_FORMAT, POSIX_MAGIC,
    USTAR_FORMAT, TarInfo, itn, stn,
)
from _tar_read import (
    AREGTYPE, BLKTYPE, BLOCKSIZE, CHRTYPE, CONTTYPE, DIRTYPE, FIFOTYPE, GNU_TYPES, GNUTYPE_LONGLINK, GNUTYPE_LONGNAME,
    GNUTYPE_SPARSE, LNKTYPE, NUL, PAX_FIELDS, PAX_NAME_FIELDS, PAX_NUMBER_FIELDS, REGTYPE, REGULAR_TYPES,
    SOLARIS_XHDTYPE, SUPPORTED_TYPES, SYMTYPE, XGLTYPE, XHDTYPE, CompressionError, EmptyHeaderError, EOFHeaderError,
    ExtractError, HeaderError, InvalidHeaderError, ReadError, StreamError, SubsequentHeaderError, TarError,
    TruncatedHeaderError, calc_chksums, nti, nts,
)
from _tar_streams import ExFileObject, _FileInFile, _Stream

__all__ = ['TarFile', 'TarInfo', 'is_tarfile', 'TarError', 'ReadError', 'CompressionError', 'StreamError',
           'ExtractError', 'HeaderError', 'ENCODING', 'USTAR_FORMAT', 'GNU_FORMAT', 'PAX_FORMAT', 'DEFAULT_FORMAT',
           'open', 'fully_trusted_filter', 'data_filter', 'tar_filter', 'FilterError', 'AbsoluteLinkError',
           'OutsideDestinationError', 'SpecialFileError', 'AbsolutePathError', 'LinkOutsideDestinationError']

version = '0.9.0'
RECORDSIZE = BLOCKSIZE * 20     # an archive is filled up to a multiple of this


def _say(text):
    """Prints a piece of a line, whatever the terminal can show."""
    encoding = getattr(sys.stdout, 'encoding', None)
    if encoding is not None:
        text = text.encode(encoding, 'backslashreplace').decode(encoding)
    print(text, end=' ')


class TarFile(Extractor):
    """A tar archive, open for reading ('r'), writing ('w', 'x') or appending ('a'). open() knows compressed ones."""

    debug = 0               # 0 to 3: how much is told on stderr
    dereference = False     # links are added as what they lead to
    ignore_zeros = False    # empty and bad blocks are skipped
    errorlevel = 1          # 0: errors of extract are only told; 1: OSErrors are raised; 2: all
    format = DEFAULT_FORMAT
    encoding = ENCODING
    errors = None
    tarinfo = TarInfo
    fileobject = ExFileObject

    def __init__(self, name=None, mode='r', fileobj=None, format=None, tarinfo=None, dereference=None,
                 ignore_zeros=None, encoding=None, errors='surrogateescape', pax_headers=None, debug=None,
                 errorlevel=None, copybufsize=None):
        if mode not in ('r', 'a', 'w', 'x'):
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        self._extfileobj = bool(fileobj)
        if not fileobj:
            if mode == 'a' and not os.path.exists(name):
                mode = 'w'
            self._mode = {'a': 'r+b'}.get(mode, mode + 'b')
            fileobj = bltn_open(name, self._mode)
        else:
            if name is None and isinstance(getattr(fileobj, 'name', None), (str, bytes)):
                name = fileobj.name
            self._mode = getattr(fileobj, 'mode', {'a': 'r+b'}.get(mode, mode + 'b'))
        self.mode = mode
        self.name = os.path.abspath(name) if name else None
        self.fileobj = fileobj
        given = {'format': format, 'tarinfo': tarinfo, 'dereference': dereference, 'ignore_zeros': ignore_zeros,
                 'encoding': encoding, 'debug': debug, 'errorlevel': errorlevel}
        for attribute, value in given.items():
            if value is not None:
                setattr(self, attribute, value)
        self.errors = errors
        self.pax_headers = pax_headers if pax_headers is not None and self.format == PAX_FORMAT else {}
        self.copybufsize = copybufsize
        self.closed = False
        self.members = []
        self.inodes = {}        # of files that were added: where their data is
        self._loaded = False
        self.firstmember = None
        try:
            self.offset = fileobj.tell()
            self._start()
        except BaseException:
            if not self._extfileobj:
                fileobj.close()
            self.closed = True
            raise

    def _start(self):
        if self.mode == 'r':
            self.firstmember = self.next()
            return
        if self.mode == 'a':
            self._find_end()
        self._loaded = True
        if self.pax_headers:
            self._put(self.tarinfo.create_pax_global_header(self.pax_headers.copy()))

    def _find_end(self):
        """Goes to the zeros at the end, over all the members."""
        while True:
            self.fileobj.seek(self.offset)
            try:
                self.members.append(self.tarinfo.fromtarfile(self))
            except EOFHeaderError:
                self.fileobj.seek(self.offset)
                return
            except HeaderError as error:
                raise ReadError(str(error)) from None

    def _put(self, data):
        self.fileobj.write(data)
        self.offset += len(data)

    # --- opening ---

    OPEN_METH = {'tar': 'taropen', 'gz': 'gzopen', 'bz2': 'bz2open', 'xz': 'xzopen'}

    @classmethod
    def open(cls, name=None, mode='r', fileobj=None, bufsize=RECORDSIZE, **kwargs):
        """Opens an archive. The mode is 'r', 'w', 'x' or 'a', alone or with ':' and a compression ('gz', 'bz2', 'xz';
        'r:*', as 'r', finds out which), or 'r' or 'w' with '|' and a compression for a stream without seek().
        """
        if not name and not fileobj:
            raise ValueError('nothing to open')
        if mode in ('r', 'r:*'):
            return cls._open_any(name, fileobj, kwargs)
        if ':' in mode:
            kind, _, packing = mode.partition(':')
            if (packing or 'tar') not in cls.OPEN_METH:
                raise CompressionError('unknown compression type %r' % packing)
            return getattr(cls, cls.OPEN_METH[packing or 'tar'])(name, kind or 'r', fileobj, **kwargs)
        if '|' in mode:
            kind, _, packing = mode.partition('|')
            return cls._open_stream(name, kind or 'r', packing or 'tar', fileobj, bufsize, kwargs)
        if mode in ('a', 'w', 'x'):
            return cls.taropen(name, mode, fileobj, **kwargs)
        raise ValueError('undiscernible mode')

    @classmethod
    def _open_any(cls, name, fileobj, options):
        start = None if fileobj is None else fileobj.tell()
        reasons = []
        # The plain format last: it says most about what is wrong.
        for packing in sorted(cls.OPEN_METH, key=lambda packing: cls.OPEN_METH[packing] == 'taropen'):
            try:
                return getattr(cls, cls.OPEN_METH[packing])(name, 'r', fileobj, **options)
            except (ReadError, CompressionError) as error:
                reasons.append(f'\n- method {packing}: {error!r}')
            if fileobj is not None:
                fileobj.seek(start)
        raise ReadError('file could not be opened successfully:' + ''.join(reasons))

    @classmethod
    def _open_stream(cls, name, kind, packing, fileobj, bufsize, options):
        if kind not in ('r', 'w'):
            raise ValueError("mode must be 'r' or 'w'")
        stream = _Stream(name, kind, packing, fileobj, bufsize)
        try:
            archive = cls(name, kind, stream, **options)
        except BaseException:
            stream.close()
            raise
        archive._extfileobj = False
        return archive

    @classmethod
    def taropen(cls, name, mode='r', fileobj=None, **kwargs):
        """Opens an archive that is not compressed."""
        if mode not in ('r', 'a', 'w', 'x'):
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        return cls(name, mode, fileobj, **kwargs)

    @classmethod
    def _over(cls, file, name, mode, what, errors, options):
        """An archive over a compressed file of ours; `errors` mean that it is no such file."""
        try:
            archive = cls.taropen(name, mode, file, **options)
        except errors as error:
            file.close()
            if mode == 'r':
                raise ReadError(f'not {what} file') from error
            raise
        except BaseException:
            file.close()
            raise
        archive._extfileobj = False
        return archive

    @staticmethod
    def _check_packed_mode(mode):
        if mode not in ('r', 'w', 'x'):
            raise ValueError("mode must be 'r', 'w' or 'x'")

    @classmethod
    def gzopen(cls, name, mode='r', fileobj=None, compresslevel=9, **kwargs):
        """Opens an archive compressed by gzip."""
        cls._check_packed_mode(mode)
        from gzip import GzipFile
        try:
            file = GzipFile(name, mode + 'b', compresslevel, fileobj)
        except OSError as error:
            if fileobj is not None and mode == 'r':
                raise ReadError('not a gzip file') from error
            raise
        return cls._over(file, name, mode, 'a gzip', OSError, kwargs)

    @classmethod
    def bz2open(cls, name, mode='r', fileobj=None, compresslevel=9, **kwargs):
        """Opens an archive compressed by bzip2."""
        cls._check_packed_mode(mode)
        from bz2 import BZ2File
        file = BZ2File(fileobj or name, mode, compresslevel=compresslevel)
        return cls._over(file, name, mode, 'a bzip2', (OSError, EOFError), kwargs)

    @classmethod
    def xzopen(cls, name, mode='r', fileobj=None, preset=None, **kwargs):
        """Opens an archive compressed by xz."""
        cls._check_packed_mode(mode)
        from lzma import LZMAError, LZMAFile
        file = LZMAFile(fileobj or name, mode, preset=preset)
        return cls._over(file, name, mode, 'an lzma', (LZMAError, EOFError), kwargs)

    def close(self):
        """Closes; an archive that is written gets its end."""
        if self.closed:
            return
        self.closed = True
        try:
            if self.mode != 'r':
                self._put(NUL * (BLOCKSIZE * 2))
                self.fileobj.write(NUL * (-self.offset % RECORDSIZE))
        finally:
            if not self._extfileobj:
                self.fileobj.close()

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            self.close()
            return
        # After an error, no end is written.
        if not self._extfileobj:
            self.fileobj.close()
        self.closed = True

    def _check(self, mode=None):
        if self.closed:
            raise OSError('%s is closed' % type(self).__name__)
        if mode is not None and self.mode not in mode:
            raise OSError('bad operation for mode %r' % self.mode)

    def _dbg(self, level, message):
        if self.debug >= level:
            print(message, file=sys.stderr)

    # --- the members ---

    def getmember(self, name):
        """The last member of this name; KeyError when there is none."""
        member = self._getmember(name.rstrip('/'))
        if member is None:
            raise KeyError('filename %r not found' % name)
        return member

    def getmembers(self):
        """All members, in the order of the archive."""
        self._check()
        while not self._loaded:
            self.next()
        return self.members

    def getnames(self):
        """The names of all members."""
        return [member.name for member in self.getmembers()]

    def _getmember(self, name, before=None, normalize=False):
        members = self.getmembers()
        shown = os.path.normpath if normalize else str
        if before is not None:
            try:
                members = members[:members.index(before)]
            except ValueError:
                # A filter's copy: the one it was made from.
                members = [member for member in members if member.offset < before.offset]
        wanted = shown(name)
        return next((member for member in reversed(members) if shown(member.name) == wanted), None)

    def _find_link_target(self, tarinfo):
        if tarinfo.issym():
            name, before = os.path.join(os.path.dirname(tarinfo.name), tarinfo.linkname), None
        else:
            name, before = tarinfo.linkname, tarinfo
        member = self._getmember(name, before, normalize=True)
        if member is None:
            raise KeyError('linkname %r not found' % name)
        return member

    def __iter__(self):
        if self._loaded:
            yield from self.members
            return
        if self.firstmember is not None:
            yield self.next()
            place = 1
        else:
            place = 0
        # Somebody may ask for all the members meanwhile.
        while place < len(self.members) or (not self._loaded and self.next() is not None):
            yield self.members[place]
            place += 1

    def next(self):
        """The next member when reading; None at the end."""
        self._check('ra')
        if self.firstmember is not None:
            member, self.firstmember = self.firstmember, None
            return member
        if self.offset != self.fileobj.tell():
            if self.offset == 0:
                return None
            self.fileobj.seek(self.offset - 1)
            if not self.fileobj.read(1):
                raise ReadError('unexpected end of data')
        member = self._next_member()
        if member is None:
            self._loaded = True
        else:
            self.members.append(member)
        return member

    def _next_member(self):
        import zlib
        while True:
            try:
                return self.tarinfo.fromtarfile(self)
            except (EOFHeaderError, InvalidHeaderError) as error:
                if self.ignore_zeros:
                    self._dbg(2, '0x%X: %s' % (self.offset, error))
                    self.offset += BLOCKSIZE
                    continue
                if self.offset == 0 and isinstance(error, InvalidHeaderError):
                    raise ReadError(str(error)) from None
            except (EmptyHeaderError, TruncatedHeaderError) as error:
                if self.offset == 0:
                    raise ReadError('empty file' if isinstance(error, EmptyHeaderError) else str(error)) from None
            except SubsequentHeaderError as error:
                raise ReadError(str(error)) from None
            except zlib.error as error:
                raise ReadError(f'zlib error: {error}') from None
            return None

    def list(self, verbose=True, *, members=None):
        """Prints the names, and (verbose) what `ls -l` would say."""
        self._check()
        for member in self if members is None else members:
            if verbose:
                _say('??????????' if member.mode is None else stat.filemode(member.mode))
                _say(f'{member.uname or member.uid}/{member.gname or member.gid}')
                device = member.ischr() or member.isblk()
                _say('%10s' % (f'{member.devmajor},{member.devminor}' if device else member.size))
                _say('                   ' if member.mtime is None else
                     '%d-%02d-%02d %02d:%02d:%02d' % time.localtime(member.mtime)[:6])
            _say(member.name + ('/' if member.isdir() else ''))
            if verbose and member.issym():
                _say('-> ' + member.linkname)
            if verbose and member.islnk():
                _say('link to ' + member.linkname)
            print()

    # --- adding ---

    def gettarinfo(self, name=None, arcname=None, fileobj=None):
        """What a file on the disk, by name or open, would be as a member; None for what an archive cannot hold."""
        self._check('awx')
        if fileobj is not None:
            name = fileobj.name
            status = os.fstat(fileobj.fileno())
        else:
            status = os.stat(name) if self.dereference else os.lstat(name)
        member = self.tarinfo()
        member.tarfile = self
        member.name = os.path.splitdrive(name if arcname is None else arcname)[1].lstrip('/')
        kind = self._kind_of(name, status, member)
        if kind is None:
            return None
        member.type = kind
        member.mode, member.mtime = status.st_mode, status.st_mtime
        member.uid, member.gid = status.st_uid, status.st_gid
        member.size = status.st_size if kind == REGTYPE else 0
        try:
            member.uname = pwd.getpwuid(member.uid).pw_name
        except KeyError:
            pass
        try:
            member.gname = grp.getgrgid(member.gid).gr_name
        except KeyError:
            pass
        if kind in (CHRTYPE, BLKTYPE):
            member.devmajor, member.devminor = os.major(status.st_rdev), os.minor(status.st_rdev)
        return member

    def _kind_of(self, name, status, member):
        mode = status.st_mode
        if stat.S_ISREG(mode):
            place = status.st_ino, status.st_dev
            first = self.inodes.get(place)
            if not self.dereference and status.st_nlink > 1 and first not in (None, member.name):
                member.linkname = first
                return LNKTYPE
            self.inodes[place] = member.name
            return REGTYPE
        if stat.S_ISLNK(mode):
            member.linkname = os.readlink(name)
            return SYMTYPE
        kinds = {stat.S_IFDIR: DIRTYPE, stat.S_IFIFO: FIFOTYPE, stat.S_IFCHR: CHRTYPE, stat.S_IFBLK: BLKTYPE}
        return kinds.get(stat.S_IFMT(mode))

    def add(self, name, arcname=None, recursive=True, *, filter=None):
        """Adds a file, a folder with what is in it, a link...; filter(member) may change a member or give None."""
        self._check('awx')
        if arcname is None:
            arcname = name
        if self.name is not None and os.path.abspath(name) == self.name:
            self._dbg(2, 'tarfile: Skipped %r' % name)
            return
        self._dbg(1, name)
        member = self.gettarinfo(name, arcname)
        if member is None:
            self._dbg(1, 'tarfile: Unsupported type %r' % name)
            return
        if filter is not None:
            member = filter(member)
            if member is None:
                self._dbg(2, 'tarfile: Excluded %r' % name)
                return
        if member.isreg():
            with bltn_open(name, 'rb') as file:
                self.addfile(member, file)
            return
        self.addfile(member)
        if member.isdir() and recursive:
            for child in sorted(os.listdir(name)):
                self.add(os.path.join(name, child), os.path.join(arcname, child), recursive, filter=filter)

    def addfile(self, tarinfo, fileobj=None):
        """Adds a member, with so many bytes of a file as its size says."""
        self._check('awx')
        tarinfo = copy.copy(tarinfo)
        self._put(tarinfo.tobuf(self.format, self.encoding, self.errors))
        if fileobj is not None:
            copyfileobj(fileobj, self.fileobj, tarinfo.size, bufsize=self.copybufsize)
            self.offset += tarinfo.size
            self._put(NUL * (-tarinfo.size % BLOCKSIZE))
        self.members.append(tarinfo)


open = TarFile.open


def is_tarfile(name):
    """Is this, by name or an open file, an archive that can be read?"""
    try:
        if hasattr(name, 'read'):
            start = name.tell()
            archive = open(fileobj=name)
            name.seek(start)
        else:
            archive = open(name)
        archive.close()
    except TarError:
        return False
    return True


def main():
    """python -m tarfile."""
    from _tar_command import run
    run()


if __name__ == '__main__':
    main()
