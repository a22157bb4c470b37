# mmap: nameless memory and files, the position, slices, finding, resizing, views, what is refused.
import mmap
import os

path = os.path.join(os.environ.get('TMPDIR', '/tmp'), 'mapped')
with open(path, 'wb') as file:
    file.write(b'first line\nsecond line\n' + b'\0' * 10)
with open(path, 'r+b') as file:
    with mmap.mmap(file.fileno(), 0) as m:
        print(len(m), m.readline(), m.readline(), m.tell(), m.size(), m[0], m[:5], m[::11])
        m[:5] = b'FIRST'
        m[6] = ord('L')
        m.seek(11)
        print(m.read(6), m.find(b'line'), m.rfind(b'line'), m.find(b'zzz'), m.read_byte(), m.flush())
        m.seek(-2, os.SEEK_END)
        print(m.write(b'ab'), m.tell())
        m.move(0, 11, 6)
        m.resize(40)
        print(len(m), os.path.getsize(path))
    print(m.closed, repr(m))
    try:
        m[0]
    except ValueError as problem:
        print(problem)
    readonly = mmap.mmap(file.fileno(), 10, access=mmap.ACCESS_READ)
    private = mmap.mmap(file.fileno(), 10, access=mmap.ACCESS_COPY)
    private[0] = 33
    print(repr(readonly), private[:3], readonly[:3])
print(open(path, 'rb').read(20))

memory = mmap.mmap(-1, 20)
view = memoryview(memory)
view[3:6] = b'xyz'
print(memory[:8], bytes(view[4:5]), b'y' in memory[:])
for attempt in (memory.close, lambda: memory.resize(30), lambda: readonly.write(b'x'), lambda: memory.seek(21),
                lambda: memory[20], lambda: memory.__setitem__(slice(0, 3), b'toolong'), lambda: mmap.mmap(-1, -1),
                lambda: mmap.mmap(-1, 10, access=9), lambda: memory.__setitem__(0, 'a'), lambda: mmap.mmap(999, 10),
                lambda: readonly.__setitem__(0, 1)):
    try:
        print(attempt())
    except Exception as problem:
        print(type(problem).__name__, problem)
view.release()
print(memory.close(), memory.closed, mmap.PAGESIZE == mmap.ALLOCATIONGRANULARITY)
