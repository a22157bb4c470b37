# tarfile: the three dialects, compressions and streams, adding from the disk, extraction, links, and hostile archives.
import io
import os
import shutil
import tarfile
import tempfile
import zipfile


def tried(call):
    try:
        return call()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def member(name, size=0, **fields):
    info = tarfile.TarInfo(name)
    info.size, info.mtime = size, 1_000_000_000
    for key, value in fields.items():
        setattr(info, key, value)
    return info


long = 'folder/' * 30 + 'file.txt'
for format in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
    for mode in ('w', 'w:gz', 'w:bz2', 'w:xz'):
        memory = io.BytesIO()
        with tarfile.open(fileobj=memory, mode=mode, format=format) as archive:
            archive.addfile(member('plain.txt', 5, uname='ann', gname='all'), io.BytesIO(b'hello'))
            archive.addfile(member('folder', type=tarfile.DIRTYPE, mode=0o755))
            archive.addfile(member('link', type=tarfile.SYMTYPE, linkname='plain.txt'))
            try:
                archive.addfile(member(long, 600), io.BytesIO(b'x' * 600))
                archive.addfile(member('fünf', mtime=1_000_000_000.5))
            except ValueError as error:
                print('refused:', error)
        memory.seek(0)
        with tarfile.open(fileobj=memory) as archive:
            found = [(m.name[-20:], m.size, m.type, m.mtime, m.uname, sorted(m.pax_headers)) for m in archive]
            print(format, mode, len(found), archive.extractfile('link').read(), tried(lambda: archive.getmember('none')))
    print(*found, sep='\n')
    memory.seek(0)
    with tarfile.open(fileobj=memory, mode='r|*') as archive:
        print([(m.name[-8:], archive.extractfile(m) and m.isreg() and len(archive.extractfile(m).read()))
               for m in archive if not m.issym()])
print(tarfile.itn(0o777), tarfile.itn(-1, 8, tarfile.GNU_FORMAT), tried(lambda: tarfile.itn(8 ** 9, 8, 0)),
      tarfile.nti(b'\x80\0\0\0\0\1\0\0'), tarfile.stn('abc', 5, 'ascii', 'strict'))

with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, 'source')
    os.makedirs(os.path.join(source, 'sub'))
    for name in ('a.txt', 'sub/b.txt'):
        with open(os.path.join(source, name), 'w') as file:
            file.write(name * 100)
    os.link(os.path.join(source, 'a.txt'), os.path.join(source, 'hard'))
    os.symlink('a.txt', os.path.join(source, 'soft'))
    for format, suffix in (('tar', '.tar'), ('gztar', '.tar.gz'), ('bztar', '.tar.bz2'), ('xztar', '.tar.xz'), ('zip', '.zip')):
        path = shutil.make_archive(os.path.join(folder, 'packed'), format, source)
        target = os.path.join(folder, 'to_' + format)
        shutil.unpack_archive(path, target)
        print(path.endswith(suffix), sorted(os.listdir(target)), os.path.islink(os.path.join(target, 'soft')),
              open(os.path.join(target, 'sub', 'b.txt')).read() == 'sub/b.txt' * 100)
    path = os.path.join(folder, 'some.tar')
    with tarfile.open(path, 'w') as archive:
        archive.add(source, 'top', filter=lambda info: None if info.name.endswith('b.txt') else info)
    with tarfile.open(path, 'a') as archive:
        archive.addfile(member('late', 3), io.BytesIO(b'abc'))
    with tarfile.open(path) as archive:
        print(archive.getnames(), archive.getmember('top/hard').linkname, archive.getmember('top/hard').islnk())
    print(tarfile.is_tarfile(path), tarfile.is_tarfile(__file__), tried(lambda: tarfile.open(__file__, 'r:')))

    for kind in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, 'w', kind) as archive:
            archive.writestr('one', b'abc' * 1000)
        with zipfile.ZipFile(memory) as archive:
            info = archive.getinfo('one')
            print(kind, info.compress_type, info.compress_size < 3000, archive.read('one') == b'abc' * 1000, archive.testzip())

# Hostile archives: every cut, every wrong number ends in an exception or in fewer members.
memory = io.BytesIO()
with tarfile.open(fileobj=memory, mode='w', format=tarfile.GNU_FORMAT) as archive:
    archive.addfile(member(long, 10), io.BytesIO(b'0123456789'))
good = memory.getvalue()
outcomes = set()
for cut in range(0, 2600, 100):
    outcomes.add(str(tried(lambda: len(tarfile.open(fileobj=io.BytesIO(good[:cut])).getnames()))).split('\n')[0])
print(sorted(outcomes))


def forged(**fields):
    """A header whose numbers are written in binary, so that they may be absurd."""
    info = member('x', **fields)
    block = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    block[148:156] = b'%06o\0 ' % tarfile.calc_chksums(bytes(block))[0]
    return bytes(block)


for fields in ({'size': -512}, {'size': 1 << 40, 'type': tarfile.XHDTYPE},
               {'size': -1, 'type': tarfile.GNUTYPE_LONGNAME}):
    print(fields, str(tried(lambda: tarfile.open(fileobj=io.BytesIO(forged(**fields) + good), mode='r:').getnames()))[:60])
for records in (b'5 x=', b'-3 x=y\n', b'99999 path=y\n', b'9 path y\n', b'8 =abcd\n', b'10 size=a\n'):
    header = member('pax', len(records), type=tarfile.XHDTYPE).tobuf(tarfile.USTAR_FORMAT)
    data = header + records.ljust(512, b'\0') + good
    print(records, str(tried(lambda: len(tarfile.open(fileobj=io.BytesIO(data), mode='r:').getnames())))[:60])
nested = b''.join(member('x', type=tarfile.XHDTYPE).tobuf(tarfile.USTAR_FORMAT) for _ in range(50))
print(len(tarfile.open(fileobj=io.BytesIO(nested + good), mode='r:').getnames()))
