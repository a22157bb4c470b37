"""What gzip, bz2 and lzma have in common.

BaseStream holds the refusals of their file objects, CompressedFile is what the files of bz2 and lzma are, and open_file
what their open() does. DecompressReader is the raw layer below a BufferedReader: it turns
the bytes of a file into what a chain of decompressors makes of them, and can only go forwards; backwards means from
the start.
"""
import builtins
import io
import os

BUFFER_SIZE = io.DEFAULT_BUFFER_SIZE
_SKIP = 1 << 16     # bytes that are read and dropped at a time when seeking


def _refuse(reason):
    raise io.UnsupportedOperation(reason)


class BaseStream(io.BufferedIOBase):
    """A file object that reads or writes compressed data."""

    def _check_not_closed(self):
        if not self.closed:
            return
        raise ValueError('I/O operation on closed file')

    def _check_can_read(self):
        self.readable() or _refuse('File not open for reading')

    def _check_can_write(self):
        self.writable() or _refuse('File not open for writing')

    def _check_can_seek(self):
        self.readable() or _refuse('Seeking is only supported on files open for reading')
        self.seekable() or _refuse('The underlying file object does not support seeking')


class DecompressReader(io.RawIOBase):
    """The decompressed bytes of `fp`; several streams may follow one another.

    `factory(**options)` makes a decompressor. When the data behind the first stream makes a new one raise one of
    `trailing_error`, that data is no stream and is left alone.
    """

    def __init__(self, fp, factory, trailing_error=(), **options):
        self._fp = fp
        self._make = lambda: factory(**options)
        self._ignored = trailing_error
        self._length = None     # of all the data, once the end was seen
        self._start_over()

    def _start_over(self):
        self._decompressor = self._make()
        self._at_end = False
        self._pos = 0

    def readable(self):
        return True

    def seekable(self):
        return self._fp.seekable()

    def tell(self):
        return self._pos

    def close(self):
        self._decompressor = None
        super().close()

    # --- reading ---

    def _next_stream(self, size):
        """The first bytes of the stream behind the one that has ended, or None when no stream follows."""
        head = self._decompressor.unused_data or self._fp.read(BUFFER_SIZE)
        if not head:
            return None
        following = self._make()
        try:
            data = following.decompress(head, size)
        except self._ignored:
            return None
        self._decompressor = following
        return data

    def _step(self, size):
        """Some bytes, maybe none yet; None at the end."""
        stream = self._decompressor
        if stream.eof:
            return self._next_stream(size)
        fresh = b''
        if stream.needs_input:
            fresh = self._fp.read(BUFFER_SIZE)
            if not fresh:
                raise EOFError('Compressed file ended before the end-of-stream marker was reached')
        return stream.decompress(fresh, size)

    def read(self, size=-1):
        if size < 0:
            return self.readall()
        if size == 0 or self._at_end:
            return b''
        data = b''
        while data == b'':
            data = self._step(size)
        if data is None:
            self._at_end = True
            self._length = self._pos
            return b''
        self._pos += len(data)
        return data

    def readall(self):
        return b''.join(iter(lambda: self.read(1 << 22), b''))

    def readinto(self, buffer):
        target = memoryview(buffer).cast('B')
        data = self.read(target.nbytes)
        target[:len(data)] = data
        return len(data)

    # --- seeking ---

    def _forward(self, count):
        """Drops so many bytes, or all there are (count None)."""
        while count is None or count > 0:
            dropped = len(self.read(_SKIP if count is None else min(count, _SKIP)))
            if not dropped:
                return
            if count is not None:
                count -= dropped

    def seek(self, offset, whence=io.SEEK_SET):
        if whence == io.SEEK_END:
            if self._length is None:
                self._forward(None)
            target = self._length + offset
        elif whence == io.SEEK_CUR:
            target = self._pos + offset
        elif whence == io.SEEK_SET:
            target = offset
        else:
            raise ValueError(f'Invalid value for whence: {whence}')
        if target < self._pos:
            self._fp.seek(0)
            self._start_over()
        self._forward(target - self._pos)
        return self._pos


class CompressedFile(BaseStream):
    """A file whose contents are compressed; a subclass names its codec in _reader() and _compressor()."""

    _fp = None
    _state = ''             # 'r', 'w', or '' when closed
    _owned = False          # is the file below ours to close?
    _complaint = 'filename must be a str, bytes, file or PathLike object'

    def _open(self, filename, mode):
        kind = mode.removesuffix('b') or 'r' if isinstance(mode, str) else None
        if kind not in ('r', 'w', 'a', 'x') or mode == 'b':
            raise ValueError(f'Invalid mode: {mode!r}')
        make = self._reader if kind == 'r' else self._compressor
        if kind != 'r':
            self._packer = make()       # wrong settings are told before a file is made
        if isinstance(filename, (str, bytes, os.PathLike)):
            self._fp = builtins.open(filename, kind + 'b')
            self._owned = True
        elif hasattr(filename, 'read') or hasattr(filename, 'write'):
            self._fp = filename
        else:
            raise TypeError(self._complaint)
        if kind == 'r':
            self._buffer = io.BufferedReader(make())
        else:
            self._written = 0
        self._state = 'r' if kind == 'r' else 'w'

    @property
    def closed(self):
        """Is the file closed?"""
        return not self._state

    def close(self):
        """Writes what is pending and closes; the file below too, when it was opened here."""
        state, self._state = self._state, ''
        file, self._fp = self._fp, None
        try:
            if state == 'r':
                self._buffer.close()
                self._buffer = None
            elif state == 'w':
                file.write(self._packer.flush())
                self._packer = None
        finally:
            if self._owned:
                self._owned = False
                file.close()

    def fileno(self):
        """The descriptor of the file below."""
        self._check_not_closed()
        return self._fp.fileno()

    def readable(self):
        """Was the file opened for reading?"""
        self._check_not_closed()
        return self._state == 'r'

    def writable(self):
        """Was the file opened for writing?"""
        self._check_not_closed()
        return self._state == 'w'

    def seekable(self):
        """Can the file go to another place?"""
        return self.readable() and self._buffer.seekable()

    # --- reading ---

    def peek(self, n=0):
        """What comes next, without moving; at least a byte before the end."""
        self._check_can_read()
        return self._buffer.peek(n)

    def read(self, size=-1):
        """So many bytes, fewer only at the end; all with a negative size."""
        self._check_can_read()
        return self._buffer.read(size)

    def read1(self, size=-1):
        """What one look at the file below brings, up to so many bytes."""
        self._check_can_read()
        return self._buffer.read1(BUFFER_SIZE if size < 0 else size)

    def readline(self, size=-1):
        """A line with its newline, or its first bytes."""
        self._check_can_read()
        return self._buffer.readline(size)

    def __iter__(self):
        self._check_can_read()
        return self

    def __next__(self):
        line = self._buffer.readline() if self._state == 'r' else self.readline()
        if not line:
            raise StopIteration
        return line

    # --- writing ---

    def write(self, data):
        """Takes bytes in; they may reach the file only at close(). How many there were."""
        self._check_can_write()
        count = len(data) if isinstance(data, (bytes, bytearray)) else memoryview(data).nbytes
        self._fp.write(self._packer.compress(data))
        self._written += count
        return count

    # --- places ---

    def seek(self, offset, whence=io.SEEK_SET):
        """Goes to a place; slowly, and backwards from the start."""
        self._check_can_seek()
        return self._buffer.seek(offset, whence)

    def tell(self):
        """The place in the contents."""
        self._check_not_closed()
        return self._written if self._state == 'w' else self._buffer.tell()


def open_file(make, mode, encoding, errors, newline):
    """make(mode without 't'), below a TextIOWrapper in text mode."""
    text = 't' in mode
    if text and 'b' in mode:
        raise ValueError(f'Invalid mode: {mode!r}')
    if not text:
        given = {'encoding': encoding, 'errors': errors, 'newline': newline}
        for name in given:
            if given[name] is not None:
                raise ValueError(f"Argument '{name}' not supported in binary mode")
    file = make(mode.replace('t', ''))
    return io.TextIOWrapper(file, io.text_encoding(encoding), errors, newline) if text else file
