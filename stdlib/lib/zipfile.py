"""ZIP archives: reading, writing and testing them."""
import io
import os
import shutil
import struct
import threading
import time

import _zipfile_members as _members
from _zipfile_members import (ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, LargeZipFile, ZipExtFile, ZipInfo,
                              compressor_names)
from _zipfile_path import Path

__all__ = ['BadZipFile', 'BadZipfile', 'error', 'ZIP_STORED', 'ZIP_DEFLATED', 'ZIP_BZIP2', 'ZIP_LZMA', 'is_zipfile', 'ZipInfo',
           'ZipFile', 'PyZipFile', 'LargeZipFile', 'Path']

error = BadZipfile = BadZipFile
ZIP64_LIMIT = (1 << 31) - 1
ZIP_FILECOUNT_LIMIT = (1 << 16) - 1
ZIP_MAX_COMMENT = (1 << 16) - 1
DEFAULT_VERSION, ZIP64_VERSION, BZIP2_VERSION, LZMA_VERSION, MAX_EXTRACT_VERSION = 20, 45, 46, 63, 63

_END = struct.Struct('<4s4H2LH')
_END64 = struct.Struct('<4sQ2H2L4Q')
_END64_LOCATOR = struct.Struct('<4sLQL')
_CENTRAL = struct.Struct('<4s4B4HL2L5H2L')
# The names that programs know the formats by, which look into archives themselves.
structEndArchive, structEndArchive64, structEndArchive64Locator, structCentralDir, structFileHeader = (
    one.format for one in (_END, _END64, _END64_LOCATOR, _CENTRAL, _members._LOCAL))
sizeEndCentDir, sizeEndCentDir64, sizeEndCentDir64Locator, sizeCentralDir, sizeFileHeader = (
    one.size for one in (_END, _END64, _END64_LOCATOR, _CENTRAL, _members._LOCAL))
_END_MAGIC, _END64_MAGIC, _LOCATOR_MAGIC, _CENTRAL_MAGIC = b'PK\005\006', b'PK\006\006', b'PK\006\007', b'PK\001\002'
stringEndArchive, stringEndArchive64, stringEndArchive64Locator = _END_MAGIC, _END64_MAGIC, _LOCATOR_MAGIC
stringCentralDir, stringFileHeader = _CENTRAL_MAGIC, _members._LOCAL_MAGIC


def _find_end(file):
    """(entries, size of the directory, its offset, comment, place of the end record), or None."""
    file.seek(0, 2)
    size = file.tell()
    start = max(size - (1 << 16) - _END.size, 0)
    file.seek(start)
    data = file.read()
    place = data.rfind(_END_MAGIC)
    if place < 0 or len(data) - place < _END.size:
        return None
    record = _END.unpack_from(data, place)
    count, directory, offset, comment_size = record[4], record[5], record[6], record[7]
    comment = data[place + _END.size:place + _END.size + comment_size]
    place += start
    end = place
    if place >= _END64_LOCATOR.size:
        file.seek(place - _END64_LOCATOR.size)
        locator = file.read(_END64_LOCATOR.size)
        if locator[:4] == _LOCATOR_MAGIC:
            _, disk, where, disks = _END64_LOCATOR.unpack(locator)
            if disk != 0 or disks > 1:
                raise BadZipFile('zipfiles that span multiple disks are not supported')
            file.seek(place - _END64_LOCATOR.size - _END64.size)
            data = file.read(_END64.size)
            if len(data) == _END64.size and data[:4] == _END64_MAGIC:
                record = _END64.unpack(data)
                count, directory, offset = record[7], record[8], record[9]
                end = place - _END64_LOCATOR.size - _END64.size
    return count, directory, offset, comment, end


def is_zipfile(filename):
    """Does the file, by name or open, look like a ZIP archive?"""
    try:
        if hasattr(filename, 'read'):
            return _find_end(filename) is not None
        with open(filename, 'rb') as file:
            return _find_end(file) is not None
    except (OSError, BadZipFile):
        return False


class _Shared:
    """A view of the archive's file with a place of its own."""

    def __init__(self, file, place, close, lock, writing):
        self._file, self._place, self._close, self._lock, self._writing = file, place, close, lock, writing
        self.seekable = file.seekable

    def tell(self):
        return self._place

    def seek(self, offset, whence=0):
        with self._lock:
            if self._writing():
                raise ValueError("Can't reposition in the ZIP file while there is an open writing handle on it. "
                                 'Close the writing handle before trying to read.')
            self._file.seek(self._place if whence == 1 else 0)
            self._file.seek(offset, whence)
            self._place = self._file.tell()
            return self._place

    def read(self, n=-1):
        with self._lock:
            if self._writing():
                raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. "
                                 'Close the writing handle before trying to read.')
            self._file.seek(self._place)
            data = self._file.read(n)
            self._place = self._file.tell()
            return data

    def close(self):
        if self._file is not None:
            file, self._file = self._file, None
            self._close(file)


class ZipFile:
    """An archive, by name or over an open file; mode 'r', 'w', 'x' or 'a'."""

    fp = None
    _windows_illegal_name_trans_table = None

    def __init__(self, file, mode='r', compression=ZIP_STORED, allowZip64=True, compresslevel=None, *,
                 strict_timestamps=True, metadata_encoding=None):
        if mode not in ('r', 'w', 'x', 'a'):
            raise ValueError("ZipFile requires mode 'r', 'w', 'x', or 'a'")
        _members.check_compression(compression)
        self._allowZip64 = allowZip64
        self._didModify = False
        self.debug = 0
        self.NameToInfo = {}
        self.filelist = []
        self.compression = compression
        self.compresslevel = compresslevel
        self.mode = mode
        self.pwd = None
        self._comment = b''
        self._strict_timestamps = strict_timestamps
        self.metadata_encoding = metadata_encoding
        if metadata_encoding and mode != 'r':
            raise ValueError('metadata_encoding is only supported for reading files')
        if isinstance(file, os.PathLike):
            file = os.fspath(file)
        if isinstance(file, str):
            self._filePassed = 0
            self.filename = file
            modes = {'r': 'rb', 'w': 'w+b', 'x': 'x+b', 'a': 'r+b'}
            try:
                self.fp = io.open(file, modes[mode])
            except OSError:
                if mode != 'a':
                    raise
                self.fp = io.open(file, 'w+b')
                mode = 'w'
        else:
            self._filePassed = 1
            self.fp = file
            self.filename = getattr(file, 'name', None)
        self._fileRefCnt = 1
        self._lock = threading.RLock()
        self._seekable = True
        self._writing = False
        try:
            self._open_in(mode)
        except BaseException:
            file = self.fp
            self.fp = None
            self._release(file)
            raise

    def _open_in(self, mode):
        if mode == 'r':
            self._read_directory()
            return
        if mode == 'a':
            try:
                self._read_directory()
                self.fp.seek(self.start_dir)
                return
            except BadZipFile:
                self.fp.seek(0, 2)
        self._didModify = True
        try:
            self.start_dir = self.fp.tell()
            if mode != 'a':
                self.fp.seek(self.start_dir)
        except (AttributeError, OSError):
            self.start_dir = 0
            self._seekable = False
            self.fp = _Counting(self.fp)
        if mode == 'a':
            self.start_dir = self.fp.tell()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        self.close()

    def __repr__(self):
        pieces = [f'<{self.__class__.__module__}.{self.__class__.__qualname__}']
        if self.fp is not None:
            if self._filePassed:
                pieces.append(f' file={self.fp!r}')
            elif self.filename is not None:
                pieces.append(f' filename={self.filename!r}')
            pieces.append(f' mode={self.mode!r}')
        else:
            pieces.append(' [closed]')
        return ''.join(pieces) + '>'

    def _read_directory(self):
        file = self.fp
        try:
            found = _find_end(file)
        except OSError:
            raise BadZipFile('File is not a zip file')
        if found is None:
            raise BadZipFile('File is not a zip file')
        count, size, offset, self._comment, end = found
        # What stands before the archive (a program that unpacks itself, say).
        before = end - size - offset
        self.start_dir = offset + before
        if self.start_dir < 0:
            raise BadZipFile('Bad offset for central directory')
        file.seek(self.start_dir)
        data = file.read(size)
        place = 0
        while place < size:
            if len(data) - place < _CENTRAL.size:
                raise BadZipFile('Truncated central directory')
            record = _CENTRAL.unpack_from(data, place)
            if record[0] != _CENTRAL_MAGIC:
                raise BadZipFile('Bad magic number for central directory')
            place += _CENTRAL.size
            name_size, extra_size, comment_size = record[12:15]
            raw = data[place:place + name_size]
            flags = record[5]
            name = raw.decode('utf-8') if flags & 0x800 else raw.decode(self.metadata_encoding or 'cp437')
            info = ZipInfo(name)
            place += name_size
            info.extra = data[place:place + extra_size]
            place += extra_size
            info.comment = data[place:place + comment_size]
            place += comment_size
            info._fill(record)
            info.header_offset += before
            self.filelist.append(info)
            self.NameToInfo[info.filename] = info

    # --- what is in it ---

    def namelist(self):
        return [info.filename for info in self.filelist]

    def infolist(self):
        return self.filelist

    def printdir(self, file=None):
        """A table of what the archive holds."""
        print('%-46s %19s %12s' % ('File Name', 'Modified    ', 'Size'), file=file)
        for info in self.filelist:
            print('%-46s %s %12d' % (info.filename, '%d-%02d-%02d %02d:%02d:%02d' % info.date_time[:6],
                                     info.file_size), file=file)

    def testzip(self):
        """The name of the first file that is damaged, or None."""
        for info in self.filelist:
            try:
                with self.open(info.filename, 'r') as file:
                    while file.read(1 << 20):
                        pass
            except BadZipFile:
                return info.filename

    def getinfo(self, name):
        info = self.NameToInfo.get(name)
        if info is None:
            raise KeyError('There is no item named %r in the archive' % name)
        return info

    def setpassword(self, pwd):
        if pwd and not isinstance(pwd, bytes):
            raise TypeError('pwd: expected bytes, got %s' % type(pwd).__name__)
        self.pwd = pwd or None

    @property
    def comment(self):
        return self._comment

    @comment.setter
    def comment(self, comment):
        if not isinstance(comment, bytes):
            raise TypeError('comment: expected bytes, got %s' % type(comment).__name__)
        self._comment = comment[:ZIP_MAX_COMMENT]
        self._didModify = True

    def read(self, name, pwd=None):
        """The contents of a file of the archive."""
        with self.open(name, 'r', pwd) as file:
            return file.read()

    def open(self, name, mode='r', pwd=None, *, force_zip64=False):
        """A file of the archive as a file object, for reading or ('w') writing."""
        if mode not in ('r', 'w'):
            raise ValueError('open() requires mode "r" or "w"')
        if pwd and mode == 'w':
            raise ValueError('pwd is only supported for reading files')
        if not self.fp:
            raise ValueError('Attempt to use ZIP archive that was already closed')
        if isinstance(name, ZipInfo):
            info = name
        elif mode == 'w':
            info = ZipInfo(name)
            info.compress_type = self.compression
            info._compresslevel = self.compresslevel
        else:
            info = self.getinfo(name)
        if mode == 'w':
            return self._open_to_write(info, force_zip64)
        if self._writing:
            raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. "
                             'Close the writing handle before trying to read.')
        self._fileRefCnt += 1
        shared = _Shared(self.fp, info.header_offset, self._release, self._lock, lambda: self._writing)
        try:
            _members.check_header(shared, info)
            password = None
            if info.flag_bits & 1:
                password = pwd or self.pwd
                if password and not isinstance(password, bytes):
                    raise TypeError('pwd: expected bytes, got %s' % type(pwd).__name__)
                if not password:
                    raise RuntimeError('File %r is encrypted, password required for extraction' % name)
            return ZipExtFile(shared, mode, info, password, True)
        except BaseException:
            shared.close()
            raise

    # --- unpacking ---

    def extract(self, member, path=None, pwd=None):
        """Unpacks one file below a folder; the path of what was made."""
        return self._extract(member, os.getcwd() if path is None else os.fspath(path), pwd)

    def extractall(self, path=None, members=None, pwd=None):
        """Unpacks all files (or some) below a folder."""
        path = os.getcwd() if path is None else os.fspath(path)
        for member in self.namelist() if members is None else members:
            self._extract(member, path, pwd)

    def _extract(self, member, folder, pwd):
        if not isinstance(member, ZipInfo):
            member = self.getinfo(member)
        # Nothing outside the folder: no root, no '..'.
        parts = [part for part in member.filename.split('/') if part not in ('', os.curdir, os.pardir)]
        target = os.path.normpath(os.path.join(folder, *parts))
        above = os.path.dirname(target)
        if above and not os.path.exists(above):
            os.makedirs(above)
        if member.is_dir():
            if not os.path.isdir(target):
                os.mkdir(target)
            return target
        with self.open(member, pwd=pwd) as source, open(target, 'wb') as file:
            shutil.copyfileobj(source, file)
        return target

    # --- packing ---

    def _check_writable(self, info):
        if info.filename in self.NameToInfo:
            import warnings
            warnings.warn('Duplicate name: %r' % info.filename, stacklevel=3)
        if self.mode not in ('w', 'x', 'a'):
            raise ValueError("write() requires mode 'w', 'x', or 'a'")
        if not self.fp:
            raise ValueError('Attempt to write ZIP archive that was already closed')
        _members.check_compression(info.compress_type)

    def _open_to_write(self, info, force_zip64=False):
        if self._writing:
            raise ValueError("Can't write to the ZIP file while there is another write handle open on it. "
                             'Close the first handle before opening another.')
        info.compress_size = info.CRC = 0
        info.flag_bits = (0 if self._seekable else 8) | (2 if info.compress_type == ZIP_LZMA else 0)
        if not info.external_attr:
            info.external_attr = 0o600 << 16
        zip64 = force_zip64 or info.file_size * 1.05 > ZIP64_LIMIT
        if not self._allowZip64 and zip64:
            raise LargeZipFile('Filesize would require ZIP64 extensions')
        if self._seekable:
            self.fp.seek(self.start_dir)
        info.header_offset = self.fp.tell()
        self._check_writable(info)
        self._didModify = True
        self.fp.write(info.FileHeader(zip64))
        self._writing = True
        return _members.Writer(self, info, zip64)

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        """Packs a file (or an empty folder) under the given name."""
        if not self.fp:
            raise ValueError('Attempt to write to ZIP archive that was already closed')
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists")
        info = ZipInfo.from_file(filename, arcname, strict_timestamps=self._strict_timestamps)
        if info.is_dir():
            info.compress_size = info.CRC = 0
            self.mkdir(info)
            return
        info.compress_type = self.compression if compress_type is None else compress_type
        info._compresslevel = self.compresslevel if compresslevel is None else compresslevel
        with open(filename, 'rb') as source, self.open(info, 'w') as target:
            shutil.copyfileobj(source, target, 1024 * 8)

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        """Packs text or bytes under a name."""
        if isinstance(data, str):
            data = data.encode('utf-8')
        if isinstance(zinfo_or_arcname, ZipInfo):
            info = zinfo_or_arcname
        else:
            info = ZipInfo(zinfo_or_arcname, time.localtime(time.time())[:6])
            info.compress_type = self.compression
            info._compresslevel = self.compresslevel
            if info.filename.endswith('/'):
                info.external_attr = 0o40775 << 16 | 0x10
            else:
                info.external_attr = 0o600 << 16
        if not self.fp:
            raise ValueError('Attempt to write to ZIP archive that was already closed')
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists.")
        if compress_type is not None:
            info.compress_type = compress_type
        if compresslevel is not None:
            info._compresslevel = compresslevel
        info.file_size = len(data)
        with self._lock, self.open(info, 'w') as target:
            target.write(data)

    def mkdir(self, zinfo_or_directory_name, mode=511):
        """Adds an empty folder."""
        if isinstance(zinfo_or_directory_name, ZipInfo):
            info = zinfo_or_directory_name
            if not info.is_dir():
                raise ValueError('The given ZipInfo does not describe a directory')
        elif isinstance(zinfo_or_directory_name, str):
            info = ZipInfo(zinfo_or_directory_name.rstrip('/') + '/')
            info.compress_size = info.CRC = 0
            info.external_attr = ((0o40000 | mode) & 0xFFFF) << 16 | 0x10
            info.file_size = 0
        else:
            raise TypeError('Expected type str or ZipInfo')
        with self._lock:
            if self._seekable:
                self.fp.seek(self.start_dir)
            info.header_offset = self.fp.tell()
            if info.compress_type == ZIP_LZMA:
                info.flag_bits |= 2
            self._check_writable(info)
            self._didModify = True
            self.filelist.append(info)
            self.NameToInfo[info.filename] = info
            self.fp.write(info.FileHeader(False))
            self.start_dir = self.fp.tell()

    def __del__(self):
        self.close()

    def close(self):
        """Writes the directory, if anything was packed, and closes the file."""
        if self.fp is None:
            return
        if self._writing:
            raise ValueError("Can't close the ZIP file while there is an open writing handle on it. "
                             'Close the writing handle before closing the zip.')
        try:
            if self.mode in ('w', 'x', 'a') and self._didModify:
                with self._lock:
                    if self._seekable:
                        self.fp.seek(self.start_dir)
                    self._write_directory()
        finally:
            file, self.fp = self.fp, None
            self._release(file)

    def _write_directory(self):
        for info in self.filelist:
            self.fp.write(info._central_record())
        end = self.fp.tell()
        count, size, offset = len(self.filelist), end - self.start_dir, self.start_dir
        if count > ZIP_FILECOUNT_LIMIT or offset > ZIP64_LIMIT or size > ZIP64_LIMIT:
            if not self._allowZip64:
                raise LargeZipFile('%s would require ZIP64 extensions' % (
                    'Files count' if count > ZIP_FILECOUNT_LIMIT else 'Central directory offset'))
            self.fp.write(_END64.pack(_END64_MAGIC, 44, 45, 45, 0, 0, count, count, size, offset))
            self.fp.write(_END64_LOCATOR.pack(_LOCATOR_MAGIC, 0, end, 1))
            count, size, offset = min(count, 0xffff), min(size, 0xffffffff), min(offset, 0xffffffff)
        self.fp.write(_END.pack(_END_MAGIC, 0, 0, count, count, size, offset, len(self._comment)))
        self.fp.write(self._comment)
        if self.mode == 'a':
            self.fp.truncate()
        self.fp.flush()

    def _release(self, file):
        self._fileRefCnt -= 1
        if not self._fileRefCnt and not self._filePassed:
            file.close()


class _Counting:
    """A file that cannot tell where it is."""

    def __init__(self, file):
        self.file = file
        self.offset = 0

    def write(self, data):
        n = self.file.write(data)
        self.offset += n
        return n

    def tell(self):
        return self.offset

    def flush(self):
        self.file.flush()

    def close(self):
        self.file.close()


def __getattr__(name):
    if name == 'PyZipFile':  # few programs make such archives
        from _zipfile_python import PyZipFile
        globals()[name] = PyZipFile
        return PyZipFile
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def __dir__():
    return sorted({*globals(), 'PyZipFile'})


def main(args=None):
    """python -m zipfile -l|-t|-e|-c archive ...: lists, tests, unpacks or makes an archive."""
    import argparse
    parser = argparse.ArgumentParser(description='A simple command-line interface for zipfile module.')
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument('-l', '--list', metavar='<zipfile>', help='Show listing of a zipfile')
    group.add_argument('-e', '--extract', nargs=2, metavar=('<zipfile>', '<output_dir>'), help='Extract zipfile into target dir')
    group.add_argument('-c', '--create', nargs='+', metavar=('<name>', '<file>'), help='Create zipfile from sources')
    group.add_argument('-t', '--test', metavar='<zipfile>', help='Test if a zipfile is valid')
    options = parser.parse_args(args)
    if options.test is not None:
        with ZipFile(options.test) as archive:
            bad = archive.testzip()
        if bad:
            print(f'The following enclosed file is corrupted: {bad!r}')
        print('Done testing')
    elif options.list is not None:
        with ZipFile(options.list) as archive:
            archive.printdir()
    elif options.extract is not None:
        with ZipFile(options.extract[0]) as archive:
            archive.extractall(options.extract[1])
    else:
        name, *sources = options.create

        def add(archive, path, inside):
            if os.path.isfile(path):
                archive.write(path, inside, ZIP_DEFLATED)
            elif os.path.isdir(path):
                if inside:
                    archive.write(path, inside)
                for child in sorted(os.listdir(path)):
                    add(archive, os.path.join(path, child), os.path.join(inside, child))
        with ZipFile(name, 'w') as archive:
            for path in sources:
                inside = os.path.basename(path) or os.path.basename(os.path.dirname(path))
                add(archive, path, '' if inside in ('', os.curdir, os.pardir) else inside)


if __name__ == '__main__':
    main()
