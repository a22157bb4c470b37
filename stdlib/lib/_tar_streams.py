"""The files around tar archives: a stream that is only read or written once from front to back (modes 'r|gz', 'w|'),
and one member seen as a file.
"""
import io
import os
import struct
import time

from _tar_read import BLOCKSIZE, NUL, CompressionError, ReadError, StreamError


class _PlainFile:
    """A descriptor with read, write and close."""

    def __init__(self, name, mode):
        flags = os.O_RDONLY if mode == 'r' else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        self._fd = os.open(name, flags, 0o666)

    def read(self, size):
        return os.read(self._fd, size)

    def write(self, data):
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._fd, rest):]

    def close(self):
        os.close(self._fd)


def sniff(head):
    """The compression that the first bytes of a file show."""
    if head.startswith(b'\x1f\x8b\x08'):
        return 'gz'
    if head.startswith(b'BZh') and head[4:10] == b'1AY&SY':
        return 'bz2'
    if head.startswith((b'\x5d\0\0\x80', b'\xfd7zXZ')):
        return 'xz'
    return 'tar'


class _NoPacking:
    """The codec of an archive that is not compressed."""

    @staticmethod
    def compress(data):
        return data

    decompress = compress

    @staticmethod
    def flush():
        return b''


def _codec(kind, writing):
    """A (de)compressor and what it raises on bad data."""
    if kind == 'tar':
        return _NoPacking(), ()
    if kind == 'gz':
        import zlib
        if writing:
            return zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0), zlib.error
        return zlib.decompressobj(-zlib.MAX_WBITS), zlib.error
    if kind == 'bz2':
        import bz2
        return (bz2.BZ2Compressor if writing else bz2.BZ2Decompressor)(), OSError
    if kind == 'xz':
        import lzma
        return (lzma.LZMACompressor if writing else lzma.LZMADecompressor)(), lzma.LZMAError
    raise CompressionError('unknown compression type %r' % kind)


class _Stream:
    """An archive that is read or written in blocks, front to back: a pipe, a tape, a socket."""

    closed = True

    def __init__(self, name, mode, comptype, fileobj, bufsize):
        self._owned = fileobj is None
        if fileobj is None:
            fileobj = _PlainFile(name, mode)
        self.name, self.mode, self.fileobj, self.bufsize = name or '', mode, fileobj, bufsize
        self.pos = 0
        self._raw = b''         # from or for the file below
        self._ready = b''       # decompressed, not yet asked for
        try:
            if comptype == '*':
                self._raw = fileobj.read(BLOCKSIZE)
                comptype = sniff(self._raw)
            self.comptype = comptype
            self._packer, self.exception = _codec(comptype, mode == 'w')
            if comptype == 'gz':
                self._sum = 0
                self._write_gzip_header() if mode == 'w' else self._skip_gzip_header()
        except BaseException:
            if self._owned:
                fileobj.close()
            raise
        self.closed = False

    def __del__(self):
        if not self.closed:
            self.close()

    def tell(self):
        return self.pos

    # --- writing ---

    def _write_gzip_header(self):
        name = os.path.basename(self.name.removesuffix('.gz'))
        self._put(b'\x1f\x8b\x08\x08' + struct.pack('<L', int(time.time())) + b'\x02\xff'
                  + name.encode('latin-1', 'replace') + NUL)

    def _put(self, data):
        """Whole buffers go out, the rest stays."""
        data = self._raw + data
        whole = max(len(data) - 1, 0) // self.bufsize * self.bufsize
        for start in range(0, whole, self.bufsize):
            self.fileobj.write(data[start:start + self.bufsize])
        self._raw = data[whole:]

    def write(self, s):
        if self.comptype == 'gz':
            import zlib
            self._sum = zlib.crc32(s, self._sum)
        self.pos += len(s)
        self._put(self._packer.compress(s))

    def close(self):
        if self.closed:
            return
        self.closed = True
        try:
            if self.mode == 'w':
                rest = self._raw + self._packer.flush()
                if rest and self.comptype == 'gz':
                    rest += struct.pack('<LL', self._sum, self.pos & 0xffffffff)
                if rest:
                    self.fileobj.write(rest)
                self._raw = b''
        finally:
            if self._owned:
                self.fileobj.close()

    # --- reading ---

    def _take(self, size):
        """So many bytes of the file below."""
        pieces, have = [self._raw], len(self._raw)
        while have < size:
            piece = self.fileobj.read(self.bufsize)
            if not piece:
                break
            pieces.append(piece)
            have += len(piece)
        data = b''.join(pieces)
        self._raw = data[size:]
        return data[:size]

    def _skip_gzip_header(self):
        head = self._take(10)
        if head[:2] != b'\x1f\x8b':
            raise ReadError('not a gzip file')
        if head[2:3] != b'\x08' or len(head) < 10:
            raise CompressionError('unsupported compression method')
        flags = head[3]
        if flags & 4:
            self._take(int.from_bytes(self._take(2), 'little'))
        for flag in (8, 16):
            if flags & flag:
                while self._take(1) not in (b'', NUL):
                    pass
        if flags & 2:
            self._take(2)

    def read(self, size):
        pieces, have = [self._ready], len(self._ready)
        while have < size:
            raw, self._raw = self._raw or self.fileobj.read(self.bufsize), b''
            if not raw:
                break
            try:
                piece = self._packer.decompress(raw)
            except self.exception as error:
                raise ReadError('invalid compressed data') from error
            except EOFError:
                break
            pieces.append(piece)
            have += len(piece)
        data = b''.join(pieces)
        self._ready = data[size:]
        self.pos += min(size, len(data))
        return data[:size]

    def seek(self, pos=0):
        missing = pos - self.pos
        if missing < 0:
            raise StreamError('seeking backwards is not allowed')
        while missing > 0:
            piece = len(self.read(min(missing, self.bufsize)))
            if not piece:
                break
            missing -= piece
        return self.pos


class _FileInFile(io.RawIOBase):
    """A part of another file, holes and all, as a file of its own."""

    def __init__(self, fileobj, offset, size, name, blockinfo=None):
        self.fileobj, self.offset, self.size, self.name = fileobj, offset, size, name
        self.position = 0
        self._pieces = []       # (start, stop, place in the file or None), without a gap
        reached = 0
        for start, length in [(0, size)] if blockinfo is None else blockinfo:
            if start > reached:
                self._pieces.append((reached, start, None))
            self._pieces.append((start, start + length, offset))
            offset += length
            reached = start + length
        if reached < size:
            self._pieces.append((reached, size, None))

    def readable(self):
        return True

    def seekable(self):
        return self.fileobj.seekable()

    def tell(self):
        return self.position

    def seek(self, position, whence=io.SEEK_SET):
        starts = {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.size}
        if whence not in starts:
            raise ValueError('Invalid argument')
        self.position = min(max(starts[whence] + position, 0), self.size)
        return self.position

    def read(self, size=None):
        left = self.size - self.position
        if size is not None and size >= 0:
            left = min(left, size)
        parts = []
        for start, stop, place in self._pieces:
            if left <= 0:
                break
            if not start <= self.position < stop:
                continue
            count = min(left, stop - self.position)
            if place is None:
                parts.append(NUL * count)
            else:
                self.fileobj.seek(place + self.position - start)
                part = self.fileobj.read(count)
                if len(part) != count:
                    raise ReadError('unexpected end of data')
                parts.append(part)
            self.position += count
            left -= count
        return b''.join(parts)

    def readall(self):
        return self.read()

    def readinto(self, b):
        data = self.read(len(b))
        b[:len(data)] = data
        return len(data)


class ExFileObject(io.BufferedReader):
    """A member of an archive, open for reading."""

    def __init__(self, tarfile, tarinfo):
        super().__init__(_FileInFile(tarfile.fileobj, tarinfo.offset_data, tarinfo.size, tarinfo.name,
                                     tarinfo.sparse))


ExFileObject.__module__ = 'tarfile'
