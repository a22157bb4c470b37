"""Files in the format of gzip (RFC 1952)."""
import builtins
import io
import os
import struct
import time
import zlib

import _compression

__all__ = ['BadGzipFile', 'GzipFile', 'open', 'compress', 'decompress']

FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT = 1, 2, 4, 8, 16
READ, WRITE = 1, 2

_COMPRESS_LEVEL_FAST, _COMPRESS_LEVEL_TRADEOFF, _COMPRESS_LEVEL_BEST = 1, 6, 9


class BadGzipFile(OSError):
    """This is no good gzip file."""


def open(filename, mode='rb', compresslevel=_COMPRESS_LEVEL_BEST, encoding=None, errors=None, newline=None):
    """Opens a gzip file, by name or over another file, in binary or ('rt', 'wt') text mode."""
    if 't' in mode:
        if 'b' in mode:
            raise ValueError(f'Invalid mode: {mode!r}')
    else:
        for name, value in (('encoding', encoding), ('errors', errors), ('newline', newline)):
            if value is not None:
                raise ValueError(f"Argument '{name}' not supported in binary mode")
    binary = mode.replace('t', '')
    if isinstance(filename, (str, bytes, os.PathLike)):
        file = GzipFile(filename, binary, compresslevel)
    elif hasattr(filename, 'read') or hasattr(filename, 'write'):
        file = GzipFile(None, binary, compresslevel, filename)
    else:
        raise TypeError('filename must be a str or bytes object, or a file')
    if 't' in mode:
        return io.TextIOWrapper(file, io.text_encoding(encoding), errors, newline)
    return file


def _header(level, mtime, name=b''):
    flags = FNAME if name else 0
    speed = {_COMPRESS_LEVEL_BEST: 2, _COMPRESS_LEVEL_FAST: 4}.get(level, 0)
    return struct.pack('<BBBBLBB', 0x1f, 0x8b, 8, flags, int(mtime), speed, 255) + (name + b'\0' if name else b'')


def write32u(output, value):
    """Write a number of 32 bits, the least byte first."""
    output.write(struct.pack('<L', value))


class GzipFile(_compression.BaseStream):
    """A gzip file, opened by name or over another file object."""

    myfileobj = None

    def __init__(self, filename=None, mode=None, compresslevel=_COMPRESS_LEVEL_BEST, fileobj=None, mtime=None):
        if mode and ('t' in mode or 'U' in mode):
            raise ValueError(f'Invalid mode: {mode!r}')
        if mode and 'b' not in mode:
            mode += 'b'
        if fileobj is None:
            fileobj = self.myfileobj = builtins.open(filename, mode or 'rb')
        if filename is None:
            filename = getattr(fileobj, 'name', '')
            if not isinstance(filename, (str, bytes)):
                filename = ''
        else:
            filename = os.fspath(filename)
        given = mode
        if mode is None:
            mode = getattr(fileobj, 'mode', 'rb')
        if mode.startswith('r'):
            self.mode = READ
            self._buffer = io.BufferedReader(_GzipReader(fileobj))
            self.name = filename
        elif mode.startswith(('w', 'a', 'x')):
            if given is None:
                import warnings
                warnings.warn('GzipFile was opened for writing, but this will change in future Python '
                              'releases.  Specify the mode argument for opening it for writing.',
                              FutureWarning, 2)
            self.mode = WRITE
            self.name = filename
            self.crc = zlib.crc32(b'')
            self.size = 0
            self.offset = 0
            self.compress = zlib.compressobj(compresslevel, zlib.DEFLATED, -zlib.MAX_WBITS,
                                             zlib.DEF_MEM_LEVEL, 0)
            self._write_mtime = mtime
        else:
            raise ValueError(f'Invalid mode: {mode!r}')
        self.fileobj = fileobj
        if self.mode == WRITE:
            self._write_gzip_header(compresslevel)

    @property
    def filename(self):
        """The name, with ".gz" when the file is written."""
        import warnings
        warnings.warn('use the name attribute', DeprecationWarning, 2)
        if self.mode == WRITE and self.name[-3:] != '.gz':
            return self.name + '.gz'
        return self.name

    @property
    def mtime(self):
        """The time in the header that was read last."""
        return self._buffer.raw._last_mtime

    def __repr__(self):
        return f'<gzip {self.fileobj!r} {hex(id(self))}>'

    def _write_gzip_header(self, compresslevel):
        try:
            name = os.path.basename(self.name)
            if not isinstance(name, bytes):
                name = name.encode('latin-1')
            name = name.removesuffix(b'.gz')
        except UnicodeEncodeError:
            name = b''
        mtime = self._write_mtime
        self.fileobj.write(_header(compresslevel, time.time() if mtime is None else mtime, name))

    def write(self, data):
        self._check_not_closed()
        if self.mode != WRITE:
            import errno
            raise OSError(errno.EBADF, 'write() on read-only GzipFile object')
        if self.fileobj is None:
            raise ValueError('write() on closed GzipFile object')
        if isinstance(data, (bytes, bytearray)):
            length = len(data)
        else:
            data = memoryview(data)
            length = data.nbytes
        if length > 0:
            self.fileobj.write(self.compress.compress(data))
            self.size += length
            self.crc = zlib.crc32(data, self.crc)
            self.offset += length
        return length

    def _check_reading(self, name):
        self._check_not_closed()
        if self.mode != READ:
            import errno
            raise OSError(errno.EBADF, f'{name}() on write-only GzipFile object')

    def read(self, size=-1):
        self._check_reading('read')
        return self._buffer.read(size)

    def read1(self, size=-1):
        self._check_reading('read1')
        return self._buffer.read1(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def peek(self, n):
        self._check_reading('peek')
        return self._buffer.peek(n)

    @property
    def closed(self):
        return self.fileobj is None

    def close(self):
        file = self.fileobj
        if file is None:
            return
        self.fileobj = None
        try:
            if self.mode == WRITE:
                file.write(self.compress.flush())
                file.write(struct.pack('<LL', self.crc, self.size & 0xffffffff))
            else:
                self._buffer.close()
        finally:
            mine = self.myfileobj
            if mine:
                self.myfileobj = None
                mine.close()

    def flush(self, zlib_mode=zlib.Z_SYNC_FLUSH):
        self._check_not_closed()
        if self.mode == WRITE:
            self.fileobj.write(self.compress.flush(zlib_mode))
            self.fileobj.flush()

    def fileno(self):
        """The descriptor of the file below."""
        return self.fileobj.fileno()

    def rewind(self):
        """Back to the beginning, when reading."""
        if self.mode != READ:
            raise OSError("Can't rewind in write mode")
        self._buffer.seek(0)

    def readable(self):
        return self.mode == READ

    def writable(self):
        return self.mode == WRITE

    def seekable(self):
        return True

    def tell(self):
        self._check_not_closed()
        return self.offset if self.mode == WRITE else self._buffer.tell()

    def seek(self, offset, whence=io.SEEK_SET):
        if self.mode == WRITE:
            if whence == io.SEEK_CUR:
                offset += self.offset
            elif whence != io.SEEK_SET:
                raise ValueError('Seek from end not supported')
            if offset < self.offset:
                raise OSError('Negative seek in write mode')
            missing = offset - self.offset
            while missing > 0:
                missing -= self.write(bytes(min(missing, 1 << 16)))
            return self.offset
        self._check_not_closed()
        return self._buffer.seek(offset, whence)

    def readline(self, size=-1):
        self._check_reading('readline')
        return self._buffer.readline(size)


class _PaddedFile:
    """A file with some bytes put back in front."""

    def __init__(self, f, prepend=b''):
        self.file = f
        self._put_back = prepend

    def read(self, size):
        if not self._put_back:
            return self.file.read(size)
        data, self._put_back = self._put_back[:size], self._put_back[size:]
        if len(data) < size:
            data += self.file.read(size - len(data))
        return data

    def prepend(self, data=b''):
        self._put_back = data + self._put_back

    def seek(self, offset):
        self._put_back = b''
        return self.file.seek(offset)

    def seekable(self):
        return True


def _read_exact(file, count):
    data = file.read(count)
    while len(data) < count:
        more = file.read(count - len(data))
        if not more:
            raise EOFError('Compressed file ended before the end-of-stream marker was reached')
        data += more
    return data


def _read_gzip_header(file):
    """Reads the header of a member: its time, or None at the end of the file."""
    magic = file.read(2)
    if magic == b'':
        return None
    if magic != b'\037\213':
        raise BadGzipFile(f'Not a gzipped file ({magic!r})')
    method, flags, mtime = struct.unpack('<BBIxx', _read_exact(file, 8))
    if method != 8:
        raise BadGzipFile('Unknown compression method')
    if flags & FEXTRA:
        size, = struct.unpack('<H', _read_exact(file, 2))
        _read_exact(file, size)
    for flag in (FNAME, FCOMMENT):
        if flags & flag:
            while file.read(1) not in (b'', b'\0'):
                pass
    if flags & FHCRC:
        _read_exact(file, 2)
    return mtime


class _GzipReader(_compression.DecompressReader):
    def __init__(self, fp):
        super().__init__(_PaddedFile(fp), zlib.decompressobj, wbits=-zlib.MAX_WBITS)
        self._new_member = True
        self._last_mtime = None

    def _begin_member(self):
        mtime = _read_gzip_header(self._fp)
        if mtime is None:
            return False
        self._last_mtime = mtime
        self._crc = zlib.crc32(b'')
        self._stream_size = 0
        self._decompressor = zlib.decompressobj(-zlib.MAX_WBITS)
        self._new_member = False
        return True

    def read(self, size=-1):
        if size < 0:
            return self.readall()
        if not size:
            return b''
        while True:
            if self._decompressor.eof and not self._new_member:
                self._end_member()
                self._new_member = True
            if self._new_member and not self._begin_member():
                self._length = self._pos
                return b''
            rest = self._fp.read(io.DEFAULT_BUFFER_SIZE)
            data = self._decompressor.decompress(rest, size)
            if self._decompressor.unconsumed_tail != b'':
                self._fp.prepend(self._decompressor.unconsumed_tail)
            elif self._decompressor.unused_data != b'':
                self._fp.prepend(self._decompressor.unused_data)
            if data != b'':
                break
            if rest == b'' and not self._decompressor.eof:
                raise EOFError('Compressed file ended before the end-of-stream marker was reached')
        self._crc = zlib.crc32(data, self._crc)
        self._stream_size += len(data)
        self._pos += len(data)
        return data

    def _end_member(self):
        crc, size = struct.unpack('<II', _read_exact(self._fp, 8))
        if crc != self._crc:
            raise BadGzipFile(f'CRC check failed {hex(crc)} != {hex(self._crc)}')
        if size != self._stream_size & 0xffffffff:
            raise BadGzipFile('Incorrect length of data produced')
        # Zeros may fill up the file.
        octet = b'\0'
        while octet == b'\0':
            octet = self._fp.read(1)
        if octet:
            self._fp.prepend(octet)

    def _start_over(self):
        super()._start_over()
        self._new_member = True


def compress(data, compresslevel=_COMPRESS_LEVEL_BEST, *, mtime=None):
    """The data as a gzip file, in memory."""
    packed = zlib.compressobj(compresslevel, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0)
    body = packed.compress(data) + packed.flush()
    trailer = struct.pack('<LL', zlib.crc32(data), len(data) & 0xffffffff)
    return _header(compresslevel, time.time() if mtime is None else mtime) + body + trailer


def decompress(data):
    """What the members of a gzip file, in memory, hold."""
    pieces = []
    while True:
        file = io.BytesIO(data)
        if _read_gzip_header(file) is None:
            return b''.join(pieces)
        stream = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        piece = stream.decompress(data[file.tell():])
        if not stream.eof or len(stream.unused_data) < 8:
            raise EOFError('Compressed file ended before the end-of-stream marker was reached')
        crc, length = struct.unpack('<II', stream.unused_data[:8])
        if crc != zlib.crc32(piece):
            raise BadGzipFile('CRC check failed')
        if length != len(piece) & 0xffffffff:
            raise BadGzipFile('Incorrect length of data produced')
        pieces.append(piece)
        data = stream.unused_data[8:].lstrip(b'\x00')


def main():
    """python -m gzip [-d] [--fast | --best] [file ...]: packs or unpacks files, or stdin."""
    import argparse
    import sys
    parser = argparse.ArgumentParser(description='A simple command line interface for the gzip module: act '
                                                 'like gzip, but do not delete the input file.')
    group = parser.add_mutually_exclusive_group()
    group.add_argument('--fast', action='store_true', help='compress faster')
    group.add_argument('--best', action='store_true', help='compress better')
    group.add_argument('-d', '--decompress', action='store_true', help='act like gunzip instead of gzip')
    parser.add_argument('args', nargs='*', default=['-'], metavar='file')
    options = parser.parse_args()
    level = 1 if options.fast else 9 if options.best else 6
    for name in options.args:
        if options.decompress:
            if name == '-':
                source, target = GzipFile(filename='', mode='rb', fileobj=sys.stdin.buffer), sys.stdout.buffer
            elif name.endswith('.gz'):
                source, target = open(name, 'rb'), builtins.open(name[:-3], 'wb')
            else:
                sys.exit(f'filename doesn\'t end in .gz: {name!r}')
        elif name == '-':
            source = sys.stdin.buffer
            target = GzipFile(filename='', mode='wb', fileobj=sys.stdout.buffer, compresslevel=level)
        else:
            source, target = builtins.open(name, 'rb'), open(name + '.gz', 'wb', level)
        while piece := source.read(1 << 16):
            target.write(piece)
        if target is not sys.stdout.buffer:
            target.close()
        if source is not sys.stdin.buffer:
            source.close()


if __name__ == '__main__':
    main()
