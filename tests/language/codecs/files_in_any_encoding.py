# Files in encodings that are not built in: reading, writing, tell and seek, reconfigure; codecs that a program registers.
import codecs
import io
import os
import sys
import tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, 'text')
LINES = 'one\n\u4e8c\u3064\u3081\n\n\u30a2\u30a4\u30a6 three\r\nlast \u00e9'


def attempt(function, *args, **kwargs):
    try:
        print(ascii(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


for encoding in ('shift_jis', 'euc_jp', 'iso2022_jp', 'iso2022_jp_2', 'hz', 'gb18030', 'utf-7'):
    print(encoding)
    for newline in (None, '', '\n'):
        with open(path, 'w', encoding=encoding, errors='replace', newline='') as file:
            print(' ', file.write(LINES), file.encoding, end=' ')
            file.write('')
        with open(path, 'rb') as file:
            print(file.read(), end=' ')
        with open(path, encoding=encoding, newline=newline) as file:
            print(list(map(ascii, file)), file.newlines)

# Every position that tell() gives is one to come back to.
for encoding in ('shift_jis', 'euc_jis_2004', 'iso2022_jp', 'gb18030'):
    text = 'x\u3042\u304b\u309a\u6f22\r\n\u3042y\rz\u6f22\n'
    if encoding in ('shift_jis', 'iso2022_jp'):
        text = text.replace('\u309a', '')
    with open(path, 'wb') as file:
        file.write(text.encode(encoding))
    for newline in (None, ''):
        with open(path, encoding=encoding, newline=newline) as file:
            whole = file.read()
            for chunk in (1, 3, 8192):
                file._CHUNK_SIZE = chunk
                file.seek(0)
                places = []
                for at in range(len(whole) + 1):
                    places.append(file.tell())
                    file.read(1)
                good = 0
                for at, place in enumerate(places):
                    file.seek(place)
                    good += file.read() == whole[at:]
                print(encoding, repr(newline), chunk, good == len(places), len(set(places)))
            file.seek(0, 2)
            print(file.tell() == os.path.getsize(path), repr(file.read()))
            attempt(file.seek, -1)
            attempt(file.seek, 1, 1)
            attempt(file.seek, 1, 2)
            attempt(file.seek, 0, 7)
            file.seek(0)
            next(file)
            attempt(file.tell)

# Adding to a file, and going back in it.
with open(path, 'w', encoding='iso2022_jp') as file:
    file.write('\u3042')
with open(path, 'a', encoding='iso2022_jp') as file:
    file.write('\u3044')
with open(path, 'r+', encoding='euc_jp') as file:
    file.seek(0, 2)
    file.write('\u3046')
    file.seek(0)
    file.write('!')
with open(path, 'rb') as file:
    print(file.read())


# Codecs of the program: one with a state, one that answers with the wrong things.
class Counting(codecs.IncrementalEncoder):
    """Writes the number of the character before each."""

    def __init__(self, errors='strict'):
        super().__init__(errors)
        self.count = 0

    def encode(self, input, final=False):
        out = []
        for char in input:
            self.count += 1
            out.append(f'{self.count}{char}')
        return ''.join(out).encode()

    def reset(self):
        self.count = 0

    def getstate(self):
        return self.count

    def setstate(self, state):
        self.count = state or 100


class Pairs(codecs.IncrementalDecoder):
    """Two bytes are a character; of an odd one at the end it makes a '?'."""

    def __init__(self, errors='strict'):
        super().__init__(errors)
        self.waiting = b''

    def decode(self, input, final=False):
        data = self.waiting + input
        end = len(data) // 2 * 2
        self.waiting = b'' if final else data[end:]
        text = ''.join(chr(data[i]) for i in range(0, end, 2))
        return text + '?' if final and end < len(data) else text

    def reset(self):
        self.waiting = b''

    def getstate(self):
        return self.waiting, 0

    def setstate(self, state):
        self.waiting = state[0]


class Wrong(codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        return b'bytes'


class WrongEncoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return 'text'


def search(name):
    made = {'counting': (Counting, Pairs), 'wrong': (WrongEncoder, Wrong), 'halves': (None, None)}.get(name)
    if made:
        return codecs.CodecInfo(codecs.utf_8_encode, codecs.utf_8_decode, incrementalencoder=made[0],
                                incrementaldecoder=made[1], name=name)
    if name == 'tuples':
        return codecs.utf_8_encode, codecs.utf_8_decode


codecs.register(search)
with open(path, 'w', encoding='counting') as file:
    print(file.write('abc'), file.write('de'))
with open(path, 'a', encoding='Counting') as file:
    file.write('f')
with open(path, 'rb') as file:
    print(file.read())
raw = io.BytesIO(b'a.b.\n.c.d')
file = io.TextIOWrapper(raw, 'counting')
print(file.readline(), file.tell(), file.read(1), file.tell() == 8, end=' ')
place = file.tell()
print(repr(file.read()), place)
file.seek(place)
print(repr(file.read()), file.tell())
print(ascii('abc'.encode('counting')), ascii(b'abc'.decode('counting')))
for encoding in ('wrong', 'halves', 'tuples', 'no-such', 'hex', 'rot13', 'zip', 'bz2', 'a\0b'):
    attempt(io.TextIOWrapper, io.BytesIO(), encoding)
attempt(io.TextIOWrapper(io.BytesIO(b'x'), 'wrong').read)
attempt(io.TextIOWrapper(io.BytesIO(b'x'), 'wrong').readline)
attempt(io.TextIOWrapper(io.BytesIO(), 'wrong').write, 'x')
attempt(io.TextIOWrapper(io.BytesIO(b'\xff'), 'euc_kr').read)
attempt(io.TextIOWrapper(io.BytesIO(b'\xff'), 'euc_kr', 'nope').read)
attempt(io.TextIOWrapper(io.BytesIO(), 'euc_kr', 'xmlcharrefreplace').write, '\u20ac\ue000')

# Streams that change their encoding.
raw = io.BytesIO()
file = io.TextIOWrapper(raw, 'shift_jis')
file.write('\u3042')
file.reconfigure(encoding='iso2022_jp')
file.write('\u3042')
file.reconfigure(encoding='utf-8', newline='\r\n')
file.write('\u3042\n')
file.flush()
print(raw.getvalue())
raw.seek(0)
file.reconfigure(encoding='cp932', errors='replace', newline=None)
print(ascii(file.read(1)))
attempt(file.reconfigure, encoding='utf-8')
print(ascii(io.TextIOWrapper(io.BytesIO('\u6f22'.encode('gbk')), encoding='GBK')).split('encoding')[1])
sys.stdout.reconfigure(encoding='euc-jp', errors='backslashreplace')
print('\u3042 \ud55c', sys.stdout.encoding)
sys.stdout.reconfigure(encoding='utf-8')
print('done')
os.remove(path)
os.rmdir(folder)
