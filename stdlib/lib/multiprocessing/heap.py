"""Shared memory that is handed out in pieces: what values and arrays live in."""
import mmap
import os
import threading
from . import util
from .context import reduction

_PAGE = mmap.PAGESIZE
_ALIGNMENT = 8


class Arena:
    """A piece of memory that children share: a file in memory, mapped."""

    def __init__(self, size, fd=-1):
        self.size = size
        self.fd = fd
        if fd == -1:
            self.fd = os.memfd_create('pym-%d' % os.getpid())
            util.Finalize(self, os.close, (self.fd,))
            os.ftruncate(self.fd, size)
        self.buffer = mmap.mmap(self.fd, size)


def _reduce_arena(arena):
    return _rebuild_arena, (arena.size, reduction.DupFd(arena.fd))


def _rebuild_arena(size, dup):
    return Arena(size, dup.detach())


reduction.register(Arena, _reduce_arena)


class Heap:
    """Hands out blocks of arenas; a block that is free again goes to the next who asks for its size."""

    def __init__(self):
        self._lock = threading.Lock()
        self._pid = os.getpid()
        self._arena = None
        self._used = 0
        self._next_size = _PAGE
        self._free = {}  # size -> blocks

    def malloc(self, size):
        """A block: arena, start, stop."""
        if size < 0:
            raise ValueError('Size {0:n} out of range'.format(size))
        if os.getpid() != self._pid:
            self.__init__()  # a child of a fork has blocks of its own
        size = max(-(-size // _ALIGNMENT) * _ALIGNMENT, _ALIGNMENT)
        with self._lock:
            blocks = self._free.get(size)
            if blocks:
                return blocks.pop()
            if self._arena is None or self._arena.size - self._used < size:
                wanted = max(self._next_size, -(-size // _PAGE) * _PAGE)
                self._next_size = min(self._next_size * 2, 4 << 20)
                self._arena = Arena(wanted)
                self._used = 0
            start = self._used
            self._used += size
            return self._arena, start, self._used

    def free(self, block):
        """The block is not needed any more."""
        if os.getpid() == self._pid:
            self._free.setdefault(block[2] - block[1], []).append(block)


class BufferWrapper:
    """A block of shared memory."""

    _heap = Heap()

    def __init__(self, size):
        block = BufferWrapper._heap.malloc(size)
        self._state = (block, size)
        util.Finalize(self, BufferWrapper._heap.free, args=(block,))

    def create_memoryview(self):
        """A view of the block."""
        (arena, start, stop), size = self._state
        return memoryview(arena.buffer)[start:start + size]
