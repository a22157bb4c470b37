"""One file of a ZIP archive: what is known about it, and reading and writing it."""
import io
import os
import stat
import struct
import time
import zlib

ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14
compressor_names = {0: 'store', 1: 'shrink', 2: 'reduce', 3: 'reduce', 4: 'reduce', 5: 'reduce', 6: 'implode',
                    7: 'tokenize', 8: 'deflate', 9: 'deflate64', 10: 'implode', 12: 'bzip2', 14: 'lzma', 18: 'terse',
                    19: 'lz77', 97: 'wavpack', 98: 'ppmd'}
_LIMIT = (1 << 31) - 1
_LOCAL = struct.Struct('<4s2B4HL2L2H')
_LOCAL_MAGIC = b'PK\003\004'
_CENTRAL = struct.Struct('<4s4B4HL2L5H2L')


class BadZipFile(Exception):
    """The archive is damaged, or none."""


class LargeZipFile(Exception):
    """The archive needs the ZIP64 extensions, which are turned off."""


BadZipFile.__module__ = LargeZipFile.__module__ = 'zipfile'


def check_compression(kind):
    """NotImplementedError for a method that cannot be written."""
    if kind not in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA):
        raise NotImplementedError('That compression method is not supported')


class _LzmaWriter:
    """A raw stream of LZMA behind ZIP's own header: a version, and how the stream was made."""

    _stream = None

    def _begin(self):
        import lzma
        how = {'id': lzma.FILTER_LZMA1}
        options = lzma._encode_filter_properties(how)
        how = lzma._decode_filter_properties(lzma.FILTER_LZMA1, options)
        self._stream = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=[how])
        return struct.pack('<BBH', 9, 4, len(options)) + options

    def compress(self, data):
        head = b'' if self._stream else self._begin()
        return head + self._stream.compress(data)

    def flush(self):
        head = b'' if self._stream else self._begin()
        return head + self._stream.flush()


class _LzmaReader:
    """Reads what _LzmaWriter writes."""

    eof = False
    _stream = None
    _head = b''

    def decompress(self, data):
        if self._stream is None:
            import lzma
            self._head += data
            if len(self._head) < 4:
                return b''
            end = 4 + int.from_bytes(self._head[2:4], 'little')
            if len(self._head) < end:
                return b''
            how = lzma._decode_filter_properties(lzma.FILTER_LZMA1, self._head[4:end])
            self._stream = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[how])
            data, self._head = self._head[end:], b''
        data = self._stream.decompress(data)
        self.eof = self._stream.eof
        return data


def _compressor(kind, level):
    if kind == ZIP_DEFLATED:
        return zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION if level is None else level, zlib.DEFLATED, -15)
    if kind == ZIP_BZIP2:
        import bz2
        return bz2.BZ2Compressor() if level is None else bz2.BZ2Compressor(level)
    return _LzmaWriter() if kind == ZIP_LZMA else None


def _decompressor(kind):
    if kind == ZIP_STORED:
        return None
    if kind == ZIP_DEFLATED:
        return zlib.decompressobj(-15)
    if kind == ZIP_BZIP2:
        import bz2
        return bz2.BZ2Decompressor()
    if kind == ZIP_LZMA:
        return _LzmaReader()
    name = compressor_names.get(kind)
    if name:
        raise NotImplementedError('compression type %d (%s)' % (kind, name))
    raise NotImplementedError('compression type %d' % (kind,))


class ZipInfo:
    """Name, time, sizes and the rest of a file in an archive."""

    __slots__ = ('orig_filename', 'filename', 'date_time', 'compress_type', '_compresslevel', 'comment', 'extra',
                 'create_system', 'create_version', 'extract_version', 'reserved', 'flag_bits', 'volume',
                 'internal_attr', 'external_attr', 'header_offset', 'CRC', 'compress_size', 'file_size', '_raw_time')

    def __init__(self, filename='NoName', date_time=(1980, 1, 1, 0, 0, 0)):
        self.orig_filename = filename
        end = filename.find('\0')
        if end >= 0:
            filename = filename[:end]
        if os.sep != '/' and os.sep in filename:
            filename = filename.replace(os.sep, '/')
        self.filename = filename
        self.date_time = date_time
        if date_time[0] < 1980:
            raise ValueError('ZIP does not support timestamps before 1980')
        self.compress_type = ZIP_STORED
        self._compresslevel = None
        self.comment = self.extra = b''
        self.create_system = 3
        self.create_version = self.extract_version = 20
        self.reserved = self.flag_bits = self.volume = self.internal_attr = self.external_attr = 0
        self.compress_size = self.file_size = 0

    def __repr__(self):
        pieces = ['<%s filename=%r' % (self.__class__.__name__, self.filename)]
        if self.compress_type != ZIP_STORED:
            pieces.append(' compress_type=%s' % compressor_names.get(self.compress_type, self.compress_type))
        high, low = self.external_attr >> 16, self.external_attr & 0xffff
        if high:
            pieces.append(' filemode=%r' % stat.filemode(high))
        if low:
            pieces.append(' external_attr=%#x' % low)
        folder = self.is_dir()
        if not folder or self.file_size:
            pieces.append(' file_size=%r' % self.file_size)
        if (not folder or self.compress_size) and (self.compress_type != ZIP_STORED or self.file_size != self.compress_size):
            pieces.append(' compress_size=%r' % self.compress_size)
        return ''.join(pieces) + '>'

    @classmethod
    def from_file(cls, filename, arcname=None, *, strict_timestamps=True):
        """What the system knows about a file, for packing it."""
        filename = os.fspath(filename)
        status = os.stat(filename)
        folder = stat.S_ISDIR(status.st_mode)
        moment = time.localtime(status.st_mtime)[:6]
        if not strict_timestamps:
            moment = max(moment, (1980, 1, 1, 0, 0, 0)) if moment[0] < 2108 else (2107, 12, 31, 23, 59, 59)
        name = os.path.normpath(os.path.splitdrive(filename if arcname is None else arcname)[1]).lstrip('/')
        info = cls(name + '/' if folder else name, moment)
        info.external_attr = (status.st_mode & 0xFFFF) << 16
        if folder:
            info.file_size = 0
            info.external_attr |= 0x10
        else:
            info.file_size = status.st_size
        return info

    def is_dir(self):
        return self.filename[-1:] == '/'

    # --- records ---

    def _dos_time(self):
        y, month, day, hour, minute, second = self.date_time[:6]
        return hour << 11 | minute << 5 | second // 2, (y - 1980) << 9 | month << 5 | day

    def _encoded_name(self):
        try:
            return self.filename.encode('ascii'), self.flag_bits & ~0x800
        except UnicodeEncodeError:
            return self.filename.encode('utf-8'), self.flag_bits | 0x800

    def _version(self, zip64):
        wanted = max(45 if zip64 else 20, {ZIP_BZIP2: 46, ZIP_LZMA: 63}.get(self.compress_type, 0))
        self.extract_version = max(wanted, self.extract_version)
        self.create_version = max(wanted, self.create_version)

    def FileHeader(self, zip64=None):
        """The record in front of the data."""
        clock, date = self._dos_time()
        crc, packed, size = (0, 0, 0) if self.flag_bits & 8 else (self.CRC, self.compress_size, self.file_size)
        extra = self.extra
        if zip64 is None:
            zip64 = size > _LIMIT or packed > _LIMIT
        if zip64:
            extra += struct.pack('<HHQQ', 1, 16, size, packed)
            size = packed = 0xffffffff
        elif size > _LIMIT or packed > _LIMIT:
            raise LargeZipFile('Filesize would require ZIP64 extensions')
        self._version(zip64)
        name, flags = self._encoded_name()
        return _LOCAL.pack(_LOCAL_MAGIC, self.extract_version, self.reserved, flags, self.compress_type, clock, date, crc,
                           packed, size, len(name), len(extra)) + name + extra

    def _central_record(self):
        clock, date = self._dos_time()
        size, packed, offset = self.file_size, self.compress_size, self.header_offset
        large = []
        if size > _LIMIT or packed > _LIMIT:
            large += [size, packed]
            size = packed = 0xffffffff
        if offset > _LIMIT:
            large.append(offset)
            offset = 0xffffffff
        extra = self.extra
        if large:
            extra = struct.pack('<HH%dQ' % len(large), 1, 8 * len(large), *large) + _without_zip64(extra)
        self._version(bool(large))
        name, flags = self._encoded_name()
        return _CENTRAL.pack(b'PK\001\002', self.create_version, self.create_system, self.extract_version, self.reserved,
                             flags, self.compress_type, clock, date, self.CRC, packed, size, len(name), len(extra),
                             len(self.comment), 0, self.internal_attr, self.external_attr, offset) + name + extra + self.comment

    def _fill(self, record):
        """Takes over what a record of the directory says."""
        (_, self.create_version, self.create_system, self.extract_version, self.reserved, self.flag_bits,
         self.compress_type, clock, date, self.CRC, self.compress_size, self.file_size, _, _, _, self.volume,
         self.internal_attr, self.external_attr, self.header_offset) = record
        if self.extract_version > 63:
            raise NotImplementedError('zip file version %.1f' % (self.extract_version / 10))
        self._raw_time = clock
        self.date_time = ((date >> 9) + 1980, date >> 5 & 15, date & 31, clock >> 11, clock >> 5 & 63, (clock & 31) * 2)
        extra = self.extra
        while len(extra) >= 4:
            kind, size = struct.unpack_from('<HH', extra)
            if size + 4 > len(extra):
                raise BadZipFile('Corrupt extra field %04x (size=%d)' % (kind, size))
            if kind == 1:
                data = extra[4:size + 4]
                for name, mark in (('file_size', 0xffffffff), ('compress_size', 0xffffffff), ('header_offset', 0xffffffff)):
                    if getattr(self, name) == mark:
                        if len(data) < 8:
                            raise BadZipFile(f"Corrupt zip64 extra field. {name.replace('_', ' ').capitalize()} not found.")
                        setattr(self, name, struct.unpack_from('<Q', data)[0])
                        data = data[8:]
            extra = extra[size + 4:]


def _without_zip64(extra):
    kept = b''
    while len(extra) >= 4:
        kind, size = struct.unpack_from('<HH', extra)
        if kind != 1:
            kept += extra[:size + 4]
        extra = extra[size + 4:]
    return kept + extra


def check_header(file, info):
    """Reads the record in front of the data and compares it with the directory."""
    data = file.read(_LOCAL.size)
    if len(data) != _LOCAL.size:
        raise BadZipFile('Truncated file header')
    record = _LOCAL.unpack(data)
    if record[0] != _LOCAL_MAGIC:
        raise BadZipFile('Bad magic number for file header')
    raw = file.read(record[10])
    if record[11]:
        file.read(record[11])
    if info.flag_bits & 0x20:
        raise NotImplementedError('compressed patched data (flag bit 5)')
    if info.flag_bits & 0x40:
        raise NotImplementedError('strong encryption (flag bit 6)')
    name = raw.decode('utf-8') if record[3] & 0x800 else raw.decode('cp437')
    if name != info.orig_filename and raw != info.orig_filename.encode('utf-8', 'replace'):
        raise BadZipFile('File name in directory %r and header %r differ.' % (info.orig_filename, raw))


def _crc_step(c, crc):
    return zlib.crc32(bytes((c,)), crc ^ 0xffffffff) ^ 0xffffffff


def make_decrypter(password):
    """The classic (weak) cipher of ZIP: a function from bytes to bytes."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(c):
        keys[0] = _crc_step(c, keys[0])
        keys[1] = (keys[1] + (keys[0] & 0xff)) * 134775813 + 1 & 0xffffffff
        keys[2] = _crc_step(keys[1] >> 24, keys[2])
    for c in password:
        update(c)

    def decrypt(data):
        result = bytearray()
        for c in data:
            k = keys[2] | 2
            c ^= k * (k ^ 1) >> 8 & 0xff
            update(c)
            result.append(c)
        return bytes(result)
    return decrypt


class ZipExtFile(io.BufferedIOBase):
    """Reads one file of an archive."""

    MAX_N = (1 << 31) - 1
    MAX_SEEK_READ = 1 << 24
    MIN_READ_SIZE = 4096

    def __init__(self, fileobj, mode, zipinfo, pwd=None, close_fileobj=False):
        self._fileobj = fileobj
        self._pwd = pwd
        self._close_fileobj = close_fileobj
        self.mode = mode
        self.name = zipinfo.filename
        self.newlines = None
        self._info = zipinfo
        self._start = fileobj.tell()
        self._begin()

    def _begin(self):
        info = self._info
        self._decompressor = _decompressor(info.compress_type)
        self._packed_left = info.compress_size
        self._left = info.file_size
        self._crc = 0
        self._buffer = b''
        self._place = 0
        self._eof = False
        self._decrypt = None
        if self._pwd:
            self._decrypt = make_decrypter(self._pwd)
            header = self._decrypt(self._fileobj.read(12))
            self._packed_left -= 12
            check = info._raw_time >> 8 & 0xff if info.flag_bits & 8 else info.CRC >> 24 & 0xff
            if header[11] != check:
                raise RuntimeError('Bad password for file %r' % info.orig_filename)

    def _packed(self, size):
        size = min(max(size, self.MIN_READ_SIZE), self._packed_left)
        if size <= 0:
            return b''
        data = self._fileobj.read(size)
        if not data:
            raise EOFError
        self._packed_left -= len(data)
        return self._decrypt(data) if self._decrypt else data

    def _more(self, size):
        """The next piece of the contents; empty at the end."""
        if self._eof:
            return b''
        stream = self._decompressor
        if stream is None:
            data = self._packed(size)
            self._eof = self._packed_left <= 0  # whatever the directory says of its size
        elif self._info.compress_type == ZIP_DEFLATED:
            data = stream.decompress(stream.unconsumed_tail or self._packed(size), max(size, self.MIN_READ_SIZE))
            if stream.eof or self._packed_left <= 0 and not stream.unconsumed_tail:
                data += stream.flush()
                self._eof = True
        else:
            data = stream.decompress(self._packed(size))
            self._eof = stream.eof or self._packed_left <= 0
        data = data[:self._left]
        self._left -= len(data)
        if self._left <= 0:
            self._eof = True
        self._crc = zlib.crc32(data, self._crc)
        if self._eof and self._crc != self._info.CRC:
            raise BadZipFile('Bad CRC-32 for file %r' % self.name)
        return data

    def readable(self):
        if self.closed:
            raise ValueError('I/O operation on closed file.')
        return True

    def read(self, n=-1):
        """At most n bytes; all without n."""
        if self.closed:
            raise ValueError('read from closed file.')
        if n is None or n < 0:
            pieces = [self._buffer]
            self._buffer = b''
            while not self._eof:
                pieces.append(self._more(1 << 20))
            data = b''.join(pieces)
        else:
            while len(self._buffer) < n and not self._eof:
                self._buffer += self._more(n - len(self._buffer))
            data, self._buffer = self._buffer[:n], self._buffer[n:]
        self._place += len(data)
        return data

    def read1(self, n=-1):
        if not self._buffer and not self._eof:
            self._buffer = self._more(n if n and n > 0 else 1 << 16)
        if n is None or n < 0:
            n = len(self._buffer)
        data, self._buffer = self._buffer[:n], self._buffer[n:]
        self._place += len(data)
        return data

    def peek(self, n=1):
        while len(self._buffer) < n and not self._eof:
            self._buffer += self._more(n)
        return self._buffer[:max(n, 512)]

    def readline(self, limit=-1):
        pieces = []
        size = 0
        while limit < 0 or size < limit:
            if not self._buffer:
                if self._eof:
                    break
                self._buffer = self._more(1 << 16)
                continue
            end = self._buffer.find(b'\n') + 1 or len(self._buffer)
            if limit >= 0:
                end = min(end, limit - size)
            piece, self._buffer = self._buffer[:end], self._buffer[end:]
            pieces.append(piece)
            size += len(piece)
            if piece.endswith(b'\n'):
                break
        self._place += size
        return b''.join(pieces)

    def close(self):
        try:
            if self._close_fileobj:
                self._fileobj.close()
        finally:
            super().close()

    def seekable(self):
        if self.closed:
            raise ValueError('I/O operation on closed file.')
        return self._fileobj.seekable()

    def tell(self):
        if self.closed:
            raise ValueError('tell on closed file.')
        return self._place

    def seek(self, offset, whence=os.SEEK_SET):
        """Backwards, it is read anew from the beginning."""
        if self.closed:
            raise ValueError('seek on closed file.')
        if whence == os.SEEK_CUR:
            offset += self._place
        elif whence == os.SEEK_END:
            offset += self._info.file_size
        elif whence != os.SEEK_SET:
            raise ValueError('whence must be os.SEEK_SET (0), os.SEEK_CUR (1), or os.SEEK_END (2)')
        offset = min(max(offset, 0), self._info.file_size)
        if offset < self._place:
            self._fileobj.seek(self._start)
            self._begin()
        while self._place < offset and self.read(min(self.MAX_SEEK_READ, offset - self._place)):
            pass
        return self._place

    def __repr__(self):
        text = f'<{self.__class__.__module__}.{self.__class__.__qualname__}'
        if self.closed:
            return text + ' [closed]>'
        text += f' name={self.name!r} mode={self.mode!r}'
        if self._info.compress_type != ZIP_STORED:
            text += ' compress_type=%s' % compressor_names.get(self._info.compress_type, self._info.compress_type)
        return text + '>'


ZipExtFile.__module__ = ZipInfo.__module__ = 'zipfile'


class Writer(io.BufferedIOBase):
    """Writes one file of an archive."""

    def __init__(self, archive, info, zip64):
        self._archive, self._info, self._zip64 = archive, info, zip64
        self._compressor = _compressor(info.compress_type, info._compresslevel)
        self._size = self._packed = self._crc = 0
        self.mode = 'w'
        self.name = info.filename

    def writable(self):
        return True

    def write(self, data):
        if self.closed:
            raise ValueError('I/O operation on closed file.')
        size = len(data) if isinstance(data, (bytes, bytearray)) else memoryview(data).nbytes
        self._size += size
        self._crc = zlib.crc32(data, self._crc)
        if self._compressor:
            data = self._compressor.compress(data)
            self._packed += len(data)
        self._archive.fp.write(data)
        return size

    def close(self):
        if self.closed:
            return
        archive, info = self._archive, self._info
        try:
            super().close()
            if self._compressor:
                rest = self._compressor.flush()
                self._packed += len(rest)
                archive.fp.write(rest)
                info.compress_size = self._packed
            else:
                info.compress_size = self._size
            info.CRC, info.file_size = self._crc, self._size
            if not self._zip64 and max(info.file_size, info.compress_size) > _LIMIT:
                raise RuntimeError('File size unexpectedly exceeded ZIP64 limit'
                                   if info.file_size > _LIMIT else 'Compressed size unexpectedly exceeded ZIP64 limit')
            if info.flag_bits & 8:
                archive.fp.write(struct.pack('<LLQQ' if self._zip64 else '<LLLL', 0x08074b50, info.CRC, info.compress_size,
                                             info.file_size))
                archive.start_dir = archive.fp.tell()
            else:
                archive.start_dir = archive.fp.tell()
                archive.fp.seek(info.header_offset)
                archive.fp.write(info.FileHeader(self._zip64))
                archive.fp.seek(archive.start_dir)
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        finally:
            archive._writing = False
