# Paths of Windows, handled elsewhere: drives, shares, both slashes, joining, the way from one to another.
import ntpath
import nturl2path

for path in ('C:\\a\\b.txt', 'c:/x/../y', '\\\\host\\share\\d\\f', 'rel\\.\\p', '\\root', 'D:rel', '//?/UNC/h/s/r', '.ext'):
    print(path, ntpath.splitdrive(path), ntpath.split(path), ntpath.splitext(path), ntpath.normpath(path), ntpath.isabs(path))
print(ntpath.join('C:\\a', 'b', 'c'), ntpath.join('C:\\a', '\\b'), ntpath.join('C:a', 'D:b'), ntpath.join(b'a', b'b'))
print(ntpath.relpath('C:\\a\\b', 'C:\\a\\c\\d'), ntpath.commonpath(['C:\\Foo\\x', 'c:/foo/y']), ntpath.normcase('A/B'))
for bad in (lambda: ntpath.commonpath(['C:\\a', 'D:\\a']), lambda: ntpath.join('a', b'b'), lambda: ntpath.relpath('')):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(nturl2path.url2pathname('///C|/foo/bar%20x'), nturl2path.pathname2url('C:\\foo\\bar x'))
