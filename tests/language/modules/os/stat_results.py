"""What stat() answers with: a tuple of ten with more behind its names, and what it refuses."""
import copy
import os
import pickle
import tempfile
import warnings

warnings.simplefilter('ignore', DeprecationWarning)

kind = os.stat_result
print(kind.n_fields, kind.n_sequence_fields, kind.n_unnamed_fields, kind.__match_args__)
made = kind(range(10))
print(made, made.st_atime, made.st_mtime_ns, made.st_rdev)
made = kind(range(19))
print(made.st_atime, made.st_ctime_ns, made.st_rdev)
print(kind(range(10), {'st_rdev': 7, 'st_mtime': 2.5}).st_rdev)

with tempfile.NamedTemporaryFile() as file:
    file.write(b'12345')
    file.flush()
    answer = os.stat(file.name)
    print(answer.st_size, len(answer), type(answer.st_mtime).__name__, answer.st_mtime_ns // 10**9 == answer[8])
    os.utime(file.name, ns=(1_500_000_001, 2_250_000_000))
    later = os.stat(file.name)
    print(later.st_atime, later.st_mtime, later.st_atime_ns, later[7], later[8])
    print(later == os.fstat(file.fileno()) == os.stat(file.fileno()) == os.lstat(file.name.encode()))
    print(pickle.loads(pickle.dumps(later)) == later, copy.copy(later).st_mtime_ns)
    print(sorted(later.__reduce__()[1][1]))
    folder = os.open(os.path.dirname(file.name), os.O_RDONLY)
    print(os.stat(os.path.basename(file.name), dir_fd=folder).st_ino == answer.st_ino)
    os.close(folder)
    link = file.name + '.link'
    os.symlink(file.name, link)
    print(os.stat(link).st_ino == answer.st_ino, os.stat(link, follow_symlinks=False) == os.lstat(link))
    print(os.path.islink(link), os.path.isfile(link), os.path.getsize(file.name))
    os.unlink(link)


class Path:
    def __init__(self, text):
        self.text = text

    def __fspath__(self):
        return self.text


print(os.fspath('a'), os.fspath(b'a'), os.fspath(Path('b')), os.stat(Path('/')).st_ino == os.stat('/').st_ino)


def refused(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error, getattr(error, 'filename', '-'))


refused(lambda: os.stat([]))
refused(lambda: os.stat(3.5))
refused(lambda: os.lstat(1))
refused(lambda: os.stat('/no such file'))
refused(lambda: os.stat(Path('/no such file')))
refused(lambda: os.stat(987654))
refused(lambda: os.fstat(987654))
refused(lambda: os.fstat('a'))
refused(lambda: os.stat(1 << 40))
refused(lambda: os.stat(0, dir_fd=1))
refused(lambda: os.stat('a', dir_fd='x'))
refused(lambda: os.stat('a\0b'))
refused(lambda: os.stat())
refused(lambda: kind((1, 2)))
refused(lambda: kind(range(20)))
refused(lambda: setattr(answer, 'st_mode', 1))
refused(lambda: os.fspath(3))
refused(lambda: os.fspath(Path(3)))
print(os.stat(bytearray(b'/')).st_ino == os.stat('/').st_ino)
