"""The interface of multiprocessing, with threads: for calls that wait, and for trying a program without processes."""
import sys
import threading
import weakref
from queue import Queue
from threading import Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore
from .connection import Pipe

__all__ = ['Process', 'current_process', 'active_children', 'freeze_support', 'Lock', 'RLock', 'Semaphore',
           'BoundedSemaphore', 'Condition', 'Event', 'Barrier', 'Queue', 'Manager', 'Pipe', 'Pool', 'JoinableQueue']

# Names that a manager has.
dict, list, JoinableQueue = dict, list, Queue

current_process = threading.current_thread


class DummyProcess(threading.Thread):
    """A thread with the interface of a process."""

    _pid, _start_called = None, False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}):
        super().__init__(group, target, name, args, kwargs)
        self._parent, self._children = current_process(), weakref.WeakKeyDictionary()

    def start(self):
        current, parent = current_process(), self._parent
        if current is not parent:
            raise RuntimeError(f'Parent is {parent!r} but current_process is {current!r}')
        self._start_called = True
        # A thread that was made by other means keeps no list.
        getattr(parent, '_children', {})[self] = None
        super().start()

    @property
    def exitcode(self):
        return None if not self._start_called or self.is_alive() else 0


Process = DummyProcess
current_process()._children = weakref.WeakKeyDictionary()


def active_children():
    """The child threads that are alive."""
    children = current_process()._children
    for ended in [child for child in children if not child.is_alive()]:
        children.pop(ended, None)
    return [*children]


def freeze_support():
    """There is nothing to do."""


class Namespace:
    """An object that takes any attribute."""

    def __init__(self, /, **kwds):
        vars(self).update(kwds)

    def __repr__(self):
        shown = [f'{name}={value!r}' for name, value in vars(self).items() if not name.startswith('_')]
        return f'{type(self).__name__}({", ".join(sorted(shown))})'


def Array(typecode, sequence, lock=True):
    """An array of the items."""
    from array import array
    return array(typecode, sequence)


class Value:
    """An object with a value."""

    def __init__(self, typecode, value, lock=True):
        self._typecode, self.value = typecode, value

    def __repr__(self):
        return f'<{type(self).__name__}({self._typecode!r}, {self.value!r})>'


def Manager():
    """This module: threads share everything anyway."""
    return sys.modules[__name__]


def shutdown():
    """Managers are shut down; this one has nothing that could be."""


def Pool(processes=None, initializer=None, initargs=()):
    """A pool of threads."""
    from multiprocessing.pool import ThreadPool
    return ThreadPool(processes, initializer, initargs)
