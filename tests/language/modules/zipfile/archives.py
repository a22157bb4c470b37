import io
import os
import tempfile
import zipfile

buffer = io.BytesIO()
with zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED) as archive:
    archive.writestr(zipfile.ZipInfo('a.txt', (2020, 1, 2, 3, 4, 6)), 'hello ' * 100, zipfile.ZIP_DEFLATED)
    archive.writestr(zipfile.ZipInfo('folder/b.bin', (2020, 1, 2, 3, 4, 6)), bytes(range(256)), zipfile.ZIP_STORED)
    with archive.open(zipfile.ZipInfo('später.txt', (2021, 1, 1, 0, 0, 0)), 'w') as file:
        file.write(b'one\ntwo\n')
    archive.comment = b'remark'
data = buffer.getvalue()
print(len(data), zipfile.is_zipfile(io.BytesIO(data)), zipfile.is_zipfile(io.BytesIO(b'no')))
with zipfile.ZipFile(io.BytesIO(data)) as archive:
    print(archive.namelist(), archive.comment, archive.testzip())
    archive.printdir()
    print(archive.infolist(), archive.getinfo('a.txt').date_time, archive.getinfo('a.txt').CRC)
    print(archive.read('a.txt')[:11], archive.read('folder/b.bin') == bytes(range(256)))
    with archive.open('später.txt') as file:
        print(file.readline(), file.tell(), file.read(), file.seek(2), file.read(1), list(file))
    for action in (lambda: archive.read('no'), lambda: archive.writestr('x', 'y'), lambda: archive.open('a.txt', 'q')):
        try:
            print(action())
        except Exception as error:
            print(type(error).__name__, error)
    with tempfile.TemporaryDirectory() as top:
        archive.extractall(top)
        print(sorted(os.listdir(top)), open(os.path.join(top, 'später.txt')).read())
        name = os.path.join(top, 'new.zip')
        with zipfile.ZipFile(name, 'w') as other:
            other.write(os.path.join(top, 'a.txt'), 'inside/a.txt')
        with zipfile.ZipFile(name, 'a') as other:
            other.writestr('second', 'text')
        with zipfile.ZipFile(name) as other:
            print(other.namelist(), other.read('second'), other.testzip())
            root = zipfile.Path(other)
            print([p.name for p in root.iterdir()], (root / 'second').read_text(), (root / 'inside').is_dir())
for bad in (b'', b'PK\5\6' + bytes(18), data[:-30], data.replace(b'hello', b'hellx'), data[:40] + b'\xff' + data[41:]):
    try:
        with zipfile.ZipFile(io.BytesIO(bad)) as archive:
            print(archive.namelist(), archive.testzip())
    except Exception as error:
        print(type(error).__name__, error)
try:
    zipfile.ZipFile('x', 'q')
except ValueError as error:
    print(error)
