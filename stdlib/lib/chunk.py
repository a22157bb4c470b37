"""The chunks of EA IFF 85 files: a name of four bytes, a length, the content. Such files are WAV, AIFF and others."""
import struct
import warnings

warnings._deprecated(__name__, remove=(3, 13))


class Chunk:
    """The chunk at the place where a file is: it is read as a file, and what is left can be skipped."""

    def __init__(self, file, align=True, bigendian=True, inclheader=False):
        self.closed = False
        self.align, self.file = align, file  # align: an odd length is followed by a byte of padding
        self.chunkname = file.read(4)
        if len(self.chunkname) < 4:
            raise EOFError
        try:
            self.chunksize = struct.unpack('>L' if bigendian else '<L', file.read(4))[0]
        except struct.error:
            raise EOFError from None
        if inclheader:
            self.chunksize -= 8
        self.size_read = 0
        try:
            self.offset = file.tell()
        except (AttributeError, OSError):
            self.seekable = False
        else:
            self.seekable = True

    def getname(self):
        return self.chunkname

    def getsize(self):
        return self.chunksize

    def close(self):
        if not self.closed:
            try:
                self.skip()
            finally:
                self.closed = True

    def isatty(self):
        self._check()
        return False

    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def seek(self, pos, whence=0):
        """Go somewhere in the content."""
        self._check()
        if not self.seekable:
            raise OSError('cannot seek')
        pos += {0: 0, 1: self.size_read, 2: self.chunksize}.get(whence, 0)
        if not 0 <= pos <= self.chunksize:
            raise RuntimeError
        self.file.seek(self.offset + pos, 0)
        self.size_read = pos

    def tell(self):
        self._check()
        return self.size_read

    def _padding(self):
        return self.align and self.chunksize & 1

    def read(self, size=-1):
        """So many bytes, or all that are left."""
        self._check()
        left = self.chunksize - self.size_read
        if left <= 0:
            return b''
        data = self.file.read(left if size < 0 else min(size, left))
        self.size_read += len(data)
        if self.size_read == self.chunksize and self._padding():
            self.size_read += len(self.file.read(1))
        return data

    def skip(self):
        """Go behind the chunk."""
        self._check()
        if self.seekable:
            try:
                left = self.chunksize - self.size_read + (1 if self._padding() else 0)
                self.file.seek(left, 1)
                self.size_read += left
                return
            except OSError:
                pass
        while self.size_read < self.chunksize:
            if not self.read(min(8192, self.chunksize - self.size_read)):
                raise EOFError
