"""What kind of sound a file is, by its first bytes. A program may add functions to `tests`."""
import warnings
from collections import namedtuple

warnings._deprecated(__name__, remove=(3, 13))

__all__ = ['what', 'whathdr']

SndHeaders = namedtuple('SndHeaders', 'filetype framerate nchannels nframes sampwidth')

SndHeaders.filetype.__doc__ = 'The kind: aifc, aiff, au, hcom, sndr, sndt, voc, wav, 8svx, sb, ub or ul.'
SndHeaders.framerate.__doc__ = 'Frames for each second, 0 if that is not known.'
SndHeaders.nchannels.__doc__ = 'The number of channels, 0 if that is not known.'
SndHeaders.nframes.__doc__ = 'The number of frames, -1 if that is not known.'
SndHeaders.sampwidth.__doc__ = "The bits of a sample, 'A' for A-LAW and 'U' for u-LAW."

tests = []


def what(filename):
    """SndHeaders of a file; None if it is no sound that is known."""
    return whathdr(filename)


def whathdr(filename):
    """SndHeaders of a file; None if it is no sound that is known."""
    with open(filename, 'rb') as file:
        start = file.read(512)
        for test in tests:
            facts = test(start, file)
            if facts:
                return SndHeaders(*facts)
    return None


def _number(data, at, width, order):
    return int.from_bytes(data[at:at + width], order)


def _chunks(data):
    """(name, content) of the chunks of an AIFF file that lie in these bytes."""
    at = 12
    while at + 8 <= len(data):
        size = _number(data, at + 4, 4, 'big')
        yield data[at:at + 4], data[at + 8:at + 8 + size]
        at += 8 + size + size % 2


def _extended(data):
    """A number of ten bytes, as AIFF has the rate."""
    exponent, mantissa = _number(data, 0, 2, 'big'), _number(data, 2, 8, 'big')
    return mantissa * 2.0 ** ((exponent & 0x7FFF) - 16383 - 63) if mantissa else 0.0


def test_aifc(h, f):
    if not h.startswith(b'FORM') or h[8:12] not in (b'AIFC', b'AIFF'):
        return None
    for name, content in _chunks(h):
        if name == b'COMM' and len(content) >= 18:
            kind = 'aifc' if h[8:12] == b'AIFC' else 'aiff'
            return (kind, int(_extended(content[8:18])), _number(content, 0, 2, 'big'), _number(content, 2, 4, 'big'),
                    _number(content, 6, 2, 'big'))
    return None


def test_au(h, f):
    order = {b'.snd': 'big', b'\0ds.': 'little', b'dns.': 'little'}.get(h[:4])
    if order is None:
        return None
    start, size, encoding, rate, channels = (_number(h, at, 4, order) for at in range(4, 24, 4))
    bits, width = {1: ('U', 1), 2: (8, 1), 3: (16, 2)}.get(encoding, ('?', 1))
    frame = width * channels
    return 'au', rate, channels, size / frame if frame else -1, bits


def test_hcom(h, f):
    if h[65:69] != b'FSSD' or h[128:132] != b'HCOM':
        return None
    divisor = _number(h, 144, 4, 'big')
    return 'hcom', 22050 / divisor if divisor else 0, 1, -1, 8


def test_voc(h, f):
    if not h.startswith(b'Creative Voice File\x1a'):
        return None
    start = _number(h, 20, 2, 'little')
    rate = 0
    if start < 500 and h[start] == 1:
        rate = int(1000000.0 / (256 - h[start + 4]))
    return 'voc', rate, 1, -1, 8


def test_wav(h, f):
    import wave
    if not h.startswith(b'RIFF') or h[8:12] != b'WAVE' or h[12:16] != b'fmt ':
        return None
    f.seek(0)
    try:
        sound = wave.open(f, 'r')
    except (EOFError, wave.Error):
        return None
    return 'wav', sound.getframerate(), sound.getnchannels(), sound.getnframes(), 8 * sound.getsampwidth()


def test_8svx(h, f):
    if not h.startswith(b'FORM') or h[8:12] != b'8SVX':
        return None
    return '8svx', 0, 1, 0, 8


def test_sndt(h, f):
    if not h.startswith(b'SOUND'):
        return None
    return 'sndt', _number(h, 20, 2, 'little'), 1, _number(h, 8, 4, 'little'), 8


def test_sndr(h, f):
    if not h.startswith(b'\0\0'):
        return None
    rate = _number(h, 2, 2, 'little')
    return ('sndr', rate, 1, -1, 8) if 4000 <= rate <= 25000 else None


tests += [test_aifc, test_au, test_hcom, test_voc, test_wav, test_8svx, test_sndt, test_sndr]
