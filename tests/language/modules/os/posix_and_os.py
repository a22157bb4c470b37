"""The module posix has the system calls under their own names; os adds to them. What they refuse, and in which words."""
import os
import pickle
import posix
import sys
import warnings

print(os.name, os.name in sys.builtin_module_names, posix.stat is os.stat, posix.listdir is os.listdir, posix.fork is os.fork)
for kind in (os.stat_result, os.times_result, os.uname_result, os.terminal_size, os.statvfs_result, os.sched_param,
             os.waitid_result, os.DirEntry):
    print(kind.__module__, kind.__name__)
print(os.sched_param(3), os.terminal_size((80, 24)), posix.open.__module__)
print(type(posix.environ), posix.environ[b'PATH'] == os.environb[b'PATH'], hasattr(posix, 'path'), posix.error is OSError)

folder = os.environ['TMPDIR']
path = os.path.join(folder, 'file')
with open(path, 'w') as file:
    file.write('some text')
os.symlink('file', os.path.join(folder, 'link'))


def tried(function, *args, **named):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        try:
            result = function(*args, **named)
        except (TypeError, ValueError, OverflowError) as error:
            print(type(error).__name__, error)
        else:
            print(function.__name__, 'took it', [str(w.message) for w in seen])
            return result


tried(os.stat, 1.5)
tried(os.lstat, 1)
tried(os.stat, path, dir_fd='x')
tried(os.listdir, 1.5)
tried(os.scandir, 1.5)
print(tried(os.stat, bytearray(os.fsencode(path))).st_size)
print(sorted(tried(os.listdir, memoryview(os.fsencode(folder)))))
print(sorted(entry.path == os.fsencode(folder) + b'/' + entry.name for entry in os.scandir(os.fsencode(folder))))
tried(os.utime, path, [5, 5])
tried(os.utime, path, ns=(5,))
tried(os.statvfs_result, range(9))
tried(os.statvfs_result, range(12))
tried(os.terminal_size, (1,))
tried(os.major, -1)
tried(os.sched_setparam, 0, os.sched_param(2**40))
tried(os.register_at_fork, before=None, after_in_parent=print)
tried(os.posix_spawn, '/bin/true', ['true'], {}, resetids=None)


class Named:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


print(os.readlink(Named(os.fsencode(folder) + b'/link')), os.readlink(Named(folder + '/link')))
with os.scandir(folder) as entries:
    tried(pickle.dumps, next(entries))

counter = os.eventfd(0, os.EFD_NONBLOCK)
os.eventfd_write(counter, 2**64 - 2)
print(os.eventfd_read(counter) == 2**64 - 2)
tried(os.eventfd_write, counter, 2**64)
tried(os.eventfd_write, counter, -1)

# A folder that is left before its end is reported to those who ask for such warnings; one that was read whole is not.
import gc
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    for make in (lambda: next(os.scandir(folder)), lambda: list(os.scandir(folder)), lambda: os.scandir(folder).close()):
        make()
        def deeper(n):
            return n and deeper(n - 1)
        deeper(50)
        gc.collect()
        print(len(seen), {w.category.__name__ for w in seen})
