# The ends of files: what close() and __del__ do with errors and forgotten files, tell() where lines end in '\r\n', which
# ends of lines a file has, raw streams that take only a part, and objects that were never initialised.
import gc
import io
import os
import warnings

path = os.path.join(os.environ.get('TMPDIR', '/tmp'), 'file.txt')

# Errors while closing: the second one has the first as its context.
class Bad(io.RawIOBase):
    def readable(self):
        return True

    writable = readable

    def readinto(self, buffer):
        return 0

    def flush(self):
        pass

    def close(self):
        super().close()
        raise OSError('close')


for make in io.BufferedReader, io.BufferedWriter, lambda raw: io.TextIOWrapper(io.BufferedReader(raw)):
    file = make(Bad())
    def flush():
        raise OSError('flush')
    file.flush = flush
    try:
        file.close()
    except OSError as error:
        print(type(file).__name__, error, repr(error.__context__), file.closed)

raw = io.FileIO(path, 'w')
raw.flush = flush
try:
    raw.close()
except OSError as error:
    print(error, raw.closed)

# Files that nobody closed.
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    def forget():
        open(path, 'w', encoding='utf-8')
        open(path, 'rb')
        open(path, 'rb', buffering=0)
        open(path, 'rb').close()
    forget()
    for _ in range(3):
        gc.collect()
    print(sorted((warning.category.__name__, str(warning.message).replace(path, 'PATH')) for warning in caught))

order = []
class Own(io.RawIOBase):
    def __del__(self):
        order.append('del')
        super().__del__()

    def close(self):
        order.append('close')
        super().close()

    def flush(self):
        order.append('flush')
        super().flush()


def forget_own():
    Own()


forget_own()
for _ in range(3):
    gc.collect()
print(order)

# Positions in files whose lines end in various ways.
for encoding in 'utf-8', 'latin-1', 'utf-16', 'utf-16-le', 'utf-32-be':
    for ends in ('\n',), ('\r\n',), ('\r',), ('\r\n', '\n'), ('\r', '\r\n', '\n'):
        lines = [f'line \xe9 {number}' + '!' * (number % 5) + ends[number % len(ends)] for number in range(30)]
        with open(path, 'wb') as file:
            file.write(''.join(lines).encode(encoding))
        for newline in None, '':
            with open(path, encoding=encoding, newline=newline) as file:
                file._CHUNK_SIZE = 64
                places, texts = [], []
                while True:
                    places.append(file.tell())
                    text = file.readline() if len(places) % 3 else file.read(5)
                    if not text:
                        break
                    texts.append(text)
                seen = file.newlines
                again = []
                for place, text in zip(places, texts):
                    file.seek(place)
                    again.append(file.read(len(text)) == text)
                print(encoding, ends, newline, all(again), len(texts), seen)

# A raw stream that does not take everything.
class Blocks(io.RawIOBase):
    room = 9

    def __init__(self):
        self.taken = b''

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)[:self.room]
        self.room -= len(data)
        self.taken += data
        return len(data) or None


raw = Blocks()
file = io.BufferedWriter(raw, 8)
print(file.write(b'abcd'), file.write(b'efghi'))
try:
    file.write(b'0123456789abcdefghij')
except BlockingIOError as error:
    print(error.characters_written, raw.taken)
raw.room = 100
file.flush()
print(raw.taken)

# Not initialised, refused, detached.
for make in io.BufferedReader, io.BufferedWriter, io.TextIOWrapper:
    file = make.__new__(make)
    for ask in (lambda: file.closed, lambda: file.close()):
        try:
            print(ask())
        except (ValueError, AttributeError) as error:
            print(make.__name__, type(error).__name__, error)


class More(io.BufferedIOBase):
    def read(self, size):
        return b'x' * (size + 1)

    def read1(self, size):
        return b'y' * (size - 1)


buffer = bytearray(4)
print(More().readinto1(buffer), buffer)
try:
    More().readinto(buffer)
except ValueError as error:
    print(error)
