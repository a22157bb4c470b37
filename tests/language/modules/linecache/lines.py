# Lines of files, with memory.
import linecache
import os

name = os.path.join(os.environ.get('TMPDIR', '/tmp'), 'some_lines.txt')
with open(name, 'w') as file:
    file.write('one\ntwo\nthree')
print([linecache.getline(name, n) for n in (0, 1, 3, 4)])
with open(name, 'w') as file:
    file.write('changed for good\n')
print(repr(linecache.getline(name, 1)))
linecache.checkcache(name)
print(repr(linecache.getline(name, 1)))
os.remove(name)
linecache.checkcache()
print(linecache.getlines(name), linecache.getline('<string>', 1) == '')
