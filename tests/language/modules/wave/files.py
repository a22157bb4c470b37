# wave: files are written and read again, in memory and on disk; headers, positions, parameters, errors.
import io
import os
import struct
import tempfile
import wave


def attempt(label, function, *args):
    try:
        print(label, '->', repr(function(*args)))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


class Stream:
    """A file that cannot be sought in."""

    def __init__(self):
        self.data = b''

    def write(self, data):
        self.data += data

    def flush(self):
        pass


for channels, width in (1, 1), (2, 2), (1, 3), (3, 4):
    file = io.BytesIO()
    with wave.open(file, 'wb') as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(44100.4)
        sound.setcomptype('NONE', 'not compressed')
        frames = bytes(range(channels * width * 5))
        sound.writeframes(frames)
        sound.writeframesraw(frames)
        print(sound.tell(), sound.getnframes(), sound.getparams())
    print(file.getvalue()[:44].hex(), len(file.getvalue()))
    file.seek(0)
    with wave.open(file) as sound:
        print(sound.getparams(), sound.readframes(3) == frames[:3 * channels * width], sound.tell())
        sound.setpos(8)
        print(len(sound.readframes(99)), sound.readframes(5), sound.tell(), sound.getmarkers())
        sound.rewind()
        print(sound.readframes(10) == frames * 2)
        attempt('position', sound.setpos, 11)
        attempt('mark', sound.getmark, 1)
stream = Stream()
with wave.open(stream, 'w') as sound:
    sound.setparams((1, 2, 8000, 2, 'NONE', 'not compressed'))
    sound.writeframes(memoryview(struct.pack('<2h', 1, -1)).cast('h'))
print(stream.data)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'a.wav')
    sound = wave.open(path, 'wb')
    for name, args in (('getnchannels', ()), ('getsampwidth', ()), ('getframerate', ()), ('getparams', ()),
                       ('setnchannels', (0,)),
                       ('setsampwidth', (5,)), ('setframerate', (0,)), ('setcomptype', ('ULAW', 'x')),
                       ('setmark', (1, 2, 'x')),
                       ('writeframes', (b'x',)), ('setnchannels', (1,)), ('writeframes', (b'x',)),
                       ('setsampwidth', (1,)),
                       ('setframerate', (10,)), ('writeframes', (b'xy',)), ('setframerate', (11,)), ('close', ())):
        attempt(name, getattr(sound, name), *args)
    with wave.open(path) as sound:
        print(sound.getparams(), sound.readframes(9))
good = stream.data
for label, data in (('riff', b'RIFX' + good[4:]), ('wave', good[:8] + b'AVI ' + good[12:]), ('data', good[:36]),
                    ('empty', b''),
                    ('format', good[:20] + b'\3\0' + good[22:]), ('channels', good[:22] + b'\0\0' + good[24:]),
                    ('width', good[:34] + b'\0\0' + good[36:]), ('short', good[:30])):
    attempt(label, wave.open, io.BytesIO(data))
extra = good[:12] + b'LIST\3\0\0\0abc\0' + good[12:]
extra = b'RIFF' + struct.pack('<L', len(extra) - 8) + extra[8:]
print(wave.open(io.BytesIO(extra)).readframes(9))
attempt('mode', wave.open, io.BytesIO(), 'a')
