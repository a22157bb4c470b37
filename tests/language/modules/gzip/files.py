import gzip
import io
import os
import tempfile
import zlib

data = gzip.compress(b'hello ' * 1000, mtime=0)
print(gzip.decompress(data + data) == b'hello ' * 2000, data[:4])
with tempfile.TemporaryDirectory() as top:
    name = os.path.join(top, 'x.gz')
    with gzip.open(name, 'wt', encoding='utf-8') as file:
        file.write('one\ntwo\nthree\n' * 500)
    with gzip.open(name, 'ab') as file:
        file.write(b'more')
    with gzip.open(name, 'rt', encoding='utf-8') as file:
        print(file.readline(), len(file.readlines()))
    with gzip.open(name) as file:
        print(file.read(5), file.seek(8), file.read(5), file.tell(), len(file.read()), file.read(), file.seek(0), file.peek(3)[:3])
    with gzip.GzipFile(name, 'wb', mtime=7) as file:
        for _ in range(50):
            file.write(os.urandom(1000))
    with gzip.GzipFile(name) as file:
        print(len(file.read()), file.mtime)
for bad in (b'', b'no', data[:-1], data[:-8] + bytes(8), data[:10], data + b'\0\0', data + b'xx'):
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(bad)) as file:
            print(len(file.read()))
    except (OSError, EOFError, zlib.error) as error:
        print(type(error).__name__, str(error)[:40])
for call in (lambda: gzip.open('x', 'rtb'), lambda: gzip.open(3), lambda: gzip.open('x', 'rb', encoding='utf-8'), lambda: gzip.GzipFile('x', 'q')):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
