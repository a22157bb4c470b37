"""What kind of picture a file is, by its first bytes. A program may add functions to `tests`."""
import os
import warnings

__all__ = ['what']

warnings._deprecated(__name__, remove=(3, 13))

tests = []


def what(file, h=None):
    """The kind of picture in a file, by name or open, or in the bytes h; None if it is none that is known."""
    opened = None
    try:
        if h is None:
            if isinstance(file, (str, os.PathLike)):
                opened = file = open(file, 'rb')
                h = file.read(32)
            else:
                place = file.tell()
                h = file.read(32)
                file.seek(place)
        for test in tests:
            kind = test(h, opened)
            if kind:
                return kind
    finally:
        if opened:
            opened.close()
    return None


def _begins(kind, *starts, at=0):
    def test(h, f):
        return kind if h[at:].startswith(starts) else None
    test.__name__ = f'test_{kind}'
    tests.append(test)
    return test


def _netpbm(kind, digits):
    def test(h, f):
        if len(h) >= 3 and h[0] == ord('P') and h[1] in digits and h[2] in b' \t\n\r':
            return kind
        return None
    test.__name__ = f'test_{kind}'
    tests.append(test)
    return test


def test_jpeg(h, f):
    if h[6:10] in (b'JFIF', b'Exif') or h[:4] == b'\xff\xd8\xff\xdb':
        return 'jpeg'
    return None


def test_webp(h, f):
    return 'webp' if h.startswith(b'RIFF') and h[8:12] == b'WEBP' else None


tests.append(test_jpeg)
test_png = _begins('png', b'\x89PNG\r\n\x1a\n')
test_gif = _begins('gif', b'GIF87a', b'GIF89a')
test_tiff = _begins('tiff', b'MM', b'II')
test_rgb = _begins('rgb', b'\x01\xda')
test_pbm = _netpbm('pbm', b'14')
test_pgm = _netpbm('pgm', b'25')
test_ppm = _netpbm('ppm', b'36')
test_rast = _begins('rast', b'\x59\xA6\x6A\x95')
test_xbm = _begins('xbm', b'#define ')
test_bmp = _begins('bmp', b'BM')
tests.append(test_webp)
test_exr = _begins('exr', b'\x76\x2f\x31\x01')


def testall(list, recursive, toplevel):
    """Say what the files are, also those in folders."""
    import sys
    for name in list:
        if not os.path.isdir(name):
            print(name + ':', end=' ')
            sys.stdout.flush()
            try:
                print(what(name))
            except OSError:
                print('*** not found ***')
        elif recursive or toplevel:
            print(name + '/:', 'recursing down:')
            import glob
            testall(glob.glob(os.path.join(glob.escape(name), '*')), recursive, 0)
        else:
            print(name + '/:', '*** directory (use -r) ***')


def test():
    """python -m imghdr [-r] file|folder ..."""
    import sys
    recursive = sys.argv[1:2] == ['-r']
    try:
        testall(sys.argv[1 + recursive:] or ['.'], recursive, 1)
    except KeyboardInterrupt:
        sys.stderr.write('\n[Interrupted]\n')
        sys.exit(1)


if __name__ == '__main__':
    test()
