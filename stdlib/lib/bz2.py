"""The format of bzip2: whole strings, streams (from _bz2) and files (on _compression)."""
import _compression
from _bz2 import BZ2Compressor, BZ2Decompressor

__all__ = ['BZ2File', 'BZ2Compressor', 'BZ2Decompressor', 'open', 'compress', 'decompress']


class BZ2File(_compression.CompressedFile):
    """A bzip2 file in binary mode, opened by name or over another file; several streams in a row are one content."""

    def __init__(self, filename, mode='r', *, compresslevel=9):
        if not 1 <= compresslevel <= 9:
            raise ValueError('compresslevel must be between 1 and 9')
        self._level = compresslevel
        self._open(filename, mode)

    def _compressor(self):
        return BZ2Compressor(self._level)

    def _reader(self):
        return _compression.DecompressReader(self._fp, BZ2Decompressor, trailing_error=OSError)

    def readinto(self, b):
        """Fills a buffer as far as there is data; how many bytes."""
        self._check_can_read()
        return self._buffer.readinto(b)

    def readline(self, size=-1):
        """A line with its newline, or its first bytes."""
        return super().readline(_index(size))

    def readlines(self, size=-1):
        """The lines, until they hold so many bytes."""
        self._check_can_read()
        return self._buffer.readlines(_index(size))

    def writelines(self, seq):
        """Writes each of an iterable's byte strings."""
        self._check_not_closed()
        return super().writelines(seq)


def _index(size):
    if not hasattr(size, '__index__'):
        raise TypeError('Integer argument expected')
    return size.__index__()


def open(filename, mode='rb', compresslevel=9, encoding=None, errors=None, newline=None):
    """Opens a bzip2 file, by name or over another file, in binary or ('rt', 'wt', 'xt', 'at') text mode."""
    return _compression.open_file(lambda binary: BZ2File(filename, binary, compresslevel=compresslevel),
                                  mode, encoding, errors, newline)


def compress(data, compresslevel=9):
    """The data as one bzip2 stream."""
    stream = BZ2Compressor(compresslevel)
    body = stream.compress(data)
    return body + stream.flush()


def decompress(data):
    """What a bzip2 stream, or several in a row, hold; other bytes behind the first stream are ignored."""
    contents = []
    while data:
        stream = BZ2Decompressor()
        try:
            contents.append(stream.decompress(data))
        except OSError:
            if contents:
                break
            raise
        if not stream.eof:
            raise ValueError('Compressed data ended before the end-of-stream marker was reached')
        data = stream.unused_data
    return b''.join(contents)
