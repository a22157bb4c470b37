"""What codecs are made of: the bases without state and for pieces, and streams that encode or decode on their way.

A codec gives encode() and decode(), of which each answers (result, how much of the input it took); everything here
calls those of the subclass. codecs adds the look-up by name.
"""
__name__ = 'codecs'


class Codec:
    """The base of codecs without state."""

    def encode(self, input, errors='strict'):
        """(the encoded input, how much of it was taken)"""
        raise NotImplementedError

    def decode(self, input, errors='strict'):
        """(the decoded input, how much of it was taken)"""
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes what comes in pieces."""

    def __init__(self, errors='strict'):
        self.errors = errors
        self.buffer = ''

    def encode(self, input, final=False):
        """What the next piece becomes."""
        raise NotImplementedError

    def reset(self):
        """Begin anew."""

    def getstate(self):
        """The state, as a number or what else setstate() takes."""
        return 0

    def setstate(self, state):
        """Go back to a state."""


class BufferedIncrementalEncoder(IncrementalEncoder):
    """Keeps what _buffer_encode() has not taken for the next piece."""

    def __init__(self, errors='strict'):
        IncrementalEncoder.__init__(self, errors)
        self.buffer = ''

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        waiting = self.buffer + input
        result, taken = self._buffer_encode(waiting, self.errors, final)
        self.buffer = waiting[taken:]
        return result

    def reset(self):
        IncrementalEncoder.reset(self)
        self.buffer = ''

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ''


class IncrementalDecoder:
    """Decodes what comes in pieces."""

    def __init__(self, errors='strict'):
        self.errors = errors

    def decode(self, input, final=False):
        """What the next piece becomes."""
        raise NotImplementedError

    def reset(self):
        """Begin anew."""

    def getstate(self):
        """The state: (input that waits, a number)."""
        return b'', 0

    def setstate(self, state):
        """Go back to a state."""


class BufferedIncrementalDecoder(IncrementalDecoder):
    """Keeps what _buffer_decode() has not taken for the next piece."""

    def __init__(self, errors='strict'):
        IncrementalDecoder.__init__(self, errors)
        self.buffer = b''

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        waiting = self.buffer + input
        result, taken = self._buffer_decode(waiting, self.errors, final)
        self.buffer = waiting[taken:]
        return result

    def reset(self):
        IncrementalDecoder.reset(self)
        self.buffer = b''

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


class _OverStream:
    """What streams over a stream share: they pass on what they do not do themselves, and close it."""

    def __getattr__(self, name, getattr=getattr):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamWriter(_OverStream, Codec):
    """A file that encodes what is written to it."""

    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        """Write an object, encoded."""
        self.stream.write(self.encode(object, self.errors)[0])

    def writelines(self, list):
        """Write several as one."""
        self.write(''.join(list))

    def reset(self):
        """Forget what was left from before, as after a jump."""

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()


class StreamReader(_OverStream, Codec):
    """A file that decodes what is read from it.

    `bytebuffer` has bytes of a character that is not complete. What was decoded too much is in `charbuffer`, or, after
    a readline() that found several lines, in `linebuffer` as lines (charbuffer is None then).
    """

    charbuffertype = str
    _FIRST_LINE_PIECE = 72
    _LARGEST_PIECE = 8000

    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors
        self._empty_charbuffer = self.charbuffertype()
        self.reset()

    def decode(self, input, errors='strict'):
        raise NotImplementedError

    def reset(self):
        """Forget what was read ahead, as after a jump."""
        self.bytebuffer = b''
        self.charbuffer = self._empty_charbuffer
        self.linebuffer = None

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def _decode_first_line(self, data, first_line_only):
        """decode(); if only the first line is wanted, an error behind it can wait."""
        try:
            return self.decode(data, self.errors)
        except UnicodeDecodeError as error:
            if not first_line_only:
                raise
            found = self.decode(data[:error.start], self.errors)
            if len(found[0].splitlines(keepends=True)) <= 1:
                raise
            return found

    def read(self, size=-1, chars=-1, firstline=False):
        """Up to `chars` characters; `size` says how many bytes are read at once."""
        if self.linebuffer:
            self.charbuffer = self._empty_charbuffer.join(self.linebuffer)
            self.linebuffer = None
        if chars < 0:
            chars = size
        while chars < 0 or len(self.charbuffer) < chars:
            new = self.stream.read() if size < 0 else self.stream.read(size)
            data = self.bytebuffer + new
            if not data:
                break
            text, taken = self._decode_first_line(data, firstline)
            self.bytebuffer = data[taken:]
            self.charbuffer += text
            if not new:
                break
        if chars < 0:
            chars = len(self.charbuffer)
        result, self.charbuffer = self.charbuffer[:chars], self.charbuffer[chars:]
        return result

    def _waiting_line(self):
        line = self.linebuffer.pop(0)
        if len(self.linebuffer) == 1:
            # A last one may be incomplete.
            self.charbuffer, self.linebuffer = self.linebuffer[0], None
        return line

    def _keep_lines(self, lines):
        """Lines that were read too much."""
        if len(lines) > 1:
            lines[-1] += self.charbuffer
            self.linebuffer, self.charbuffer = lines, None
        else:
            self.charbuffer = self._empty_charbuffer.join(lines) + self.charbuffer

    def readline(self, size=None, keepends=True):
        """The next line. With a size, what one read of so many bytes gives of it."""
        if self.linebuffer:
            line = self._waiting_line()
            return line if keepends else line.splitlines(keepends=False)[0]
        piece = size or self._FIRST_LINE_PIECE
        line = self._empty_charbuffer
        while True:
            data = self.read(piece, firstline=True)
            if data.endswith(('\r',) if isinstance(data, str) else (b'\r',)):
                data += self.read(size=1, chars=1)  # the '\n' that may belong to it
            line += data
            lines = line.splitlines(keepends=True)
            if lines and (len(lines) > 1 or lines[0] != lines[0].splitlines(keepends=False)[0]):
                self._keep_lines(lines[1:])
                return lines[0] if keepends else lines[0].splitlines(keepends=False)[0]
            if not data or size is not None:
                if line and not keepends:
                    line = line.splitlines(keepends=False)[0]
                return line
            if piece < self._LARGEST_PIECE:
                piece *= 2

    def readlines(self, sizehint=None, keepends=True):
        """All lines that are left."""
        return self.read().splitlines(keepends)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class StreamReaderWriter(_OverStream):
    """A file that decodes and encodes, made of a reader and a writer over one stream."""

    encoding = 'unknown'

    def __init__(self, stream, Reader, Writer, errors='strict'):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None):
        return self.reader.readline(size)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        if whence == 0 and offset == 0:
            self.writer.reset()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.reader)


class StreamRecoder(_OverStream):
    """A file of one encoding that shows another: what is read goes through Reader and then encode(), what is written
    through decode() and then Writer."""

    data_encoding = 'unknown'
    file_encoding = 'unknown'

    def __init__(self, stream, encode, decode, Reader, Writer, errors='strict'):
        self.stream = stream
        self.encode = encode
        self.decode = decode
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def _shown(self, text):
        return self.encode(text, self.errors)[0]

    def read(self, size=-1):
        return self._shown(self.reader.read(size))

    def readline(self, size=None):
        return self._shown(self.reader.readline() if size is None else self.reader.readline(size))

    def readlines(self, sizehint=None):
        return self._shown(self.reader.read()).splitlines(keepends=True)

    def __iter__(self):
        return self

    def __next__(self):
        return self._shown(next(self.reader))

    def write(self, data):
        return self.writer.write(self.decode(data, self.errors)[0])

    def writelines(self, list):
        return self.write(b''.join(list))

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.reader.seek(offset, whence)
        self.writer.seek(offset, whence)
