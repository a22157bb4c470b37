# os.path.normpath and what splits paths, for str and bytes.
import itertools
import os.path

PARTS = '/', '.', '..', 'a', 'b\xe9', '\u20ac'
for count in range(5):
    for parts in itertools.product(PARTS, repeat=count):
        path = ''.join(parts)
        data = path.encode()
        normal = os.path.normpath(path)
        assert os.path.normpath(data) == normal.encode(), path
        assert os.path.normpath(normal) == normal, path
        assert os.path.split(data) == tuple(part.encode() for part in os.path.split(path)), path
        assert os.path.split(path) == (os.path.dirname(path), os.path.basename(path)), path
for path in ('', '/', '//', '///', '///a', '//a', '/..', '/../a/../..', '..', 'a/..', './', '../../x/..', 'a//b/./c/..', '..a/..b',
             '/a/../../b', 'a/b/../../..', '//../x', '.hidden/./..x'):
    print(repr(path), os.path.normpath(path), os.path.split(path), os.path.splitext(path), os.path.join(path, 'x', path))
for wrong in None, 5, object:
    try:
        os.path.normpath(wrong)
    except TypeError as error:
        print(error)


class Path:
    def __fspath__(self):
        return 'x/../y'


print(os.path.normpath(Path()), os.path.dirname(Path()), os.path.basename(Path()), os.path.isabs(Path()), os.path.abspath('/a/../b'))
