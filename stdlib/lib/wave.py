"""WAV files: sound as it is, not compressed. open() gives an object to read from or to write to."""
import builtins
import struct
import sys
import warnings
from collections import namedtuple

with warnings.catch_warnings():
    warnings.simplefilter('ignore', DeprecationWarning)
    from chunk import Chunk

__all__ = ['open', 'Error', 'Wave_read', 'Wave_write']

WAVE_FORMAT_PCM = 0x0001

_wave_params = namedtuple('_wave_params', 'nchannels sampwidth framerate nframes comptype compname')
_FORMAT = struct.Struct('<HHLLH')
_HEADER = struct.Struct('<L4s4sLHHLLHH4s')


class Error(Exception):
    """A file that is no WAV file, or parameters that make none."""


def _swapped(data, width):
    """The samples in this machine's order of bytes; files have the little end first."""
    if width == 1 or sys.byteorder == 'little':
        return data
    result = bytearray(len(data))
    for byte in range(width):
        result[byte::width] = data[width - 1 - byte::width]
    return bytes(result)


class _Sound:
    """What reading and writing have in common: a file, by name or open, and what is known about the sound."""

    _file = _own_file = None

    def __init__(self, f):
        self._own_file = builtins.open(f, self._mode) if isinstance(f, str) else None
        try:
            self.initfp(f if self._own_file is None else self._own_file)
        except:
            self._close_own_file()
            raise

    def _close_own_file(self):
        own, self._own_file = self._own_file, None
        if own:
            own.close()

    def __del__(self):
        self.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def _facts(self):
        return _wave_params(self._nchannels, self._sampwidth, self._framerate, self._nframes, self._comptype,
                            self._compname)

    def getcomptype(self):
        """'NONE': WAV files are not compressed here."""
        return self._comptype

    def getcompname(self):
        return self._compname

    def getmarkers(self):
        """None: WAV files have no marks."""
        return None

    def getmark(self, id):
        raise Error('no marks')


class Wave_read(_Sound):
    """Reads a file. Frames are samples for all channels."""

    _mode = 'rb'

    def initfp(self, file):
        self._next_frame = 0
        self._file = Chunk(file, bigendian=False)
        if self._file.getname() != b'RIFF':
            raise Error('file does not start with RIFF id')
        if self._file.read(4) != b'WAVE':
            raise Error('not a WAVE file')
        self._data, self._framesize = None, None
        while self._data is None and self._take_chunk():
            pass
        if self._framesize is None or self._data is None:
            raise Error('fmt chunk and/or data chunk missing')
        self._must_seek = False

    def _take_chunk(self):
        """Read the next chunk if it is one that is needed; False if there is none."""
        try:
            chunk = Chunk(self._file, bigendian=False)
        except EOFError:
            return False
        if chunk.getname() == b'data':
            if self._framesize is None:
                raise Error('data chunk before fmt chunk')
            self._data = chunk
            self._nframes = chunk.chunksize // self._framesize
            return True
        if chunk.getname() == b'fmt ':
            self._read_fmt_chunk(chunk)
        chunk.skip()
        return True

    def _read_fmt_chunk(self, chunk):
        try:
            kind, channels, rate, _, _ = _FORMAT.unpack_from(chunk.read(14))
            if kind != WAVE_FORMAT_PCM:
                raise Error(f'unknown format: {kind!r}')
            bits, = struct.unpack_from('<H', chunk.read(2))
        except struct.error:
            raise EOFError from None
        if not bits:
            raise Error('bad sample width')
        if not channels:
            raise Error('bad # of channels')
        self._nchannels, self._framerate, self._sampwidth = channels, rate, (bits + 7) // 8
        self._framesize = channels * self._sampwidth
        self._comptype, self._compname = 'NONE', 'not compressed'

    def getfp(self):
        return self._file

    def getnchannels(self):
        """1 for mono, 2 for stereo."""
        return self._nchannels

    def getsampwidth(self):
        """The bytes of a sample."""
        return self._sampwidth

    def getframerate(self):
        """Frames for each second."""
        return self._framerate

    def getnframes(self):
        return self._nframes

    getparams = _Sound._facts

    def tell(self):
        """The number of the next frame."""
        return self._next_frame

    def setpos(self, pos):
        """Go to a frame."""
        if not 0 <= pos <= self._nframes:
            raise Error('position not in range')
        self._next_frame, self._must_seek = pos, True

    def rewind(self):
        self.setpos(0)

    def readframes(self, nframes):
        """The bytes of at most so many frames."""
        if self._must_seek:
            self._data.seek(self._next_frame * self._framesize)
            self._must_seek = False
        if not nframes:
            return b''
        data = _swapped(self._data.read(nframes * self._framesize), self._sampwidth)
        self._next_frame += len(data) // self._framesize
        return data

    def close(self):
        self._file = None
        self._close_own_file()


def _set_once(name, is_good, complaint, convert=lambda value: value):
    """A method that sets a fact about the sound; it cannot be changed after something has been written."""
    def set(self, value):
        if self._written:
            raise Error('cannot change parameters after starting to write')
        if not is_good(value):
            raise Error(complaint)
        setattr(self, name, convert(value))
    return set


def _get_if_set(name, complaint):
    def get(self):
        value = getattr(self, name)
        if not value:
            raise Error(complaint)
        return value
    return get


class Wave_write(_Sound):
    """Writes a file. The header is mended at the end if the file can be sought in."""

    _mode = 'wb'

    def initfp(self, file):
        self._file = file
        self._nchannels = self._sampwidth = self._framerate = self._nframes = 0
        self._written = self._frames_written = 0  # bytes, frames
        self._announced = None  # the bytes that the header says

    setnchannels = _set_once('_nchannels', lambda value: value >= 1, 'bad # of channels')
    setsampwidth = _set_once('_sampwidth', lambda value: 1 <= value <= 4, 'bad sample width')
    setframerate = _set_once('_framerate', lambda value: value > 0, 'bad frame rate', lambda value: int(round(value)))
    setnframes = _set_once('_nframes', lambda value: True, '')
    _set_compression = _set_once('_comptype', lambda value: value == 'NONE', 'unsupported compression type')
    getnchannels = _get_if_set('_nchannels', 'number of channels not set')
    getsampwidth = _get_if_set('_sampwidth', 'sample width not set')
    getframerate = _get_if_set('_framerate', 'frame rate not set')

    def setcomptype(self, comptype, compname):
        self._set_compression(comptype)
        self._compname = compname

    def setparams(self, params):
        """All facts at once, as getparams() gives them."""
        channels, width, rate, frames, comptype, compname = params
        self.setnchannels(channels)
        self.setsampwidth(width)
        self.setframerate(rate)
        self.setnframes(frames)
        self.setcomptype(comptype, compname)

    def getparams(self):
        if not (self._nchannels and self._sampwidth and self._framerate):
            raise Error('not all parameters set')
        return self._facts()

    def getnframes(self):
        """The frames that have been written."""
        return self._frames_written

    tell = getnframes

    def setmark(self, id, pos, name):
        raise Error('setmark() not supported')

    def writeframesraw(self, data):
        """Write frames and leave the header as it is."""
        if not isinstance(data, (bytes, bytearray)):
            data = memoryview(data).cast('B')
        self._begin(len(data))
        self._file.write(_swapped(data, self._sampwidth))
        self._written += len(data)
        self._frames_written += len(data) // (self._sampwidth * self._nchannels)

    def writeframes(self, data):
        """Write frames."""
        self.writeframesraw(data)
        self._mend_header()

    def _begin(self, size):
        """Write the header if that has not been done; without setnframes() it announces what is written first."""
        if self._announced is not None:
            return
        for value, what in ((self._nchannels, '# channels'), (self._sampwidth, 'sample width'),
                            (self._framerate, 'sampling rate')):
            if not value:
                raise Error(f'{what} not specified')
        frame = self._nchannels * self._sampwidth
        self._nframes = self._nframes or size // frame
        self._announced = self._nframes * frame
        self._file.write(b'RIFF')
        try:
            place = self._file.tell()
        except (AttributeError, OSError):
            place = None
        self._file.write(_HEADER.pack(36 + self._announced, b'WAVE', b'fmt ', 16, WAVE_FORMAT_PCM, self._nchannels,
                                      self._framerate, self._framerate * frame, frame, self._sampwidth * 8, b'data'))
        self._lengths = place, place if place is None else self._file.tell()
        self._file.write(struct.pack('<L', self._announced))

    def _mend_header(self):
        if self._announced == self._written:
            return
        here = self._file.tell()
        for place, extra in zip(self._lengths, (36, 0)):
            self._file.seek(place)
            self._file.write(struct.pack('<L', extra + self._written))
        self._file.seek(here)
        self._announced = self._written

    def close(self):
        try:
            if self._file:
                self._begin(0)
                self._mend_header()
                self._file.flush()
                self._file = None
        finally:
            self._close_own_file()


def open(f, mode=None):
    """A Wave_read ('r', 'rb') or a Wave_write ('w', 'wb') of a file."""
    if mode is None:
        mode = getattr(f, 'mode', 'rb')
    if mode in ('r', 'rb'):
        return Wave_read(f)
    if mode in ('w', 'wb'):
        return Wave_write(f)
    raise Error("mode must be 'r', 'rb', 'w', or 'wb'")
