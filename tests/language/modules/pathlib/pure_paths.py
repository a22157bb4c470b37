from pathlib import PurePath, PurePosixPath, PureWindowsPath


def show(function, *args):
    """Prints what a call gives, or how it fails."""
    try:
        print(args, repr(function(*args)))
    except Exception as error:
        print(args, type(error).__name__, error)


for cls in (PurePosixPath, PureWindowsPath):
    for text in ('', '.', '/', '//', '///', 'a/b/../c.tar.gz', '/usr//lib/./x', '//host/share/x', 'c:', 'c:/x', 'c:x',
                 '\\\\host\\share\\x', '\\\\?\\c:\\x', '\\a', '.hidden', 'x.', 'nul', 'con.txt'):
        p = cls(text)
        print(repr(p), str(p), p.parts, p.drive, p.root, p.anchor, p.name, p.stem, p.suffix, p.suffixes,
              p.parent, list(p.parents), p.is_absolute(), p.is_reserved(), hash(p) == hash(cls(text)))
        show(p.as_uri)
        show(p.with_name, 'n')
        show(p.with_suffix, '.py')
        show(p.with_suffix, 'py')
        show(p.relative_to, '/usr')
        show(p.joinpath, 'x', '/y')
        show(p.joinpath, 'c:y', '/z')
        show(p.match, '*.gz')
print(PurePosixPath('a') / 'b' / '../c', 'x' / PurePosixPath('y'), PurePosixPath('A') == PurePosixPath('a'))
print(PureWindowsPath('A/b') == PureWindowsPath('a\\B'), PurePosixPath('a') == PureWindowsPath('a'))
print(sorted([PurePosixPath('b'), PurePosixPath('a/c'), PurePosixPath('a')]), PurePath('x').__class__.__name__)
show(PurePath, 3)
show(PurePath, b'x')
show(lambda: PurePosixPath('a') < PureWindowsPath('a'))
show(lambda: PurePosixPath('a') / 3)
show(PurePosixPath('/a/b').relative_to, 'x')
show(PurePosixPath('a').is_relative_to, 'a')
