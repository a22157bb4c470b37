"""threading.local in the language itself: each thread that uses an object sees a dict of its own.

The native class (_thread._local) is what threading has; this one is to be read, and for programs that ask for it.
"""
from contextlib import contextmanager
from threading import RLock, current_thread
from weakref import ref

__all__ = ['local']


class _Dicts:
    """The dicts of the threads, by the thread's id. An entry goes with its thread, all go with the object."""

    def __init__(self):
        self.lock = RLock()
        self.key = f'_threading_local._Dicts.{id(self)}'
        self.by_thread = {}

    def current(self):
        """The dict of this thread. KeyError when it has none."""
        return self.by_thread[id(current_thread())][1]

    def make(self):
        """A new dict for this thread."""
        thread = current_thread()
        number, key, mine = id(thread), self.key, {}

        def object_is_gone(_, key=key):
            other = thread_ref()
            if other is not None:
                other.__dict__.pop(key, None)

        def thread_is_gone(_, number=number):
            dicts = self_ref()
            if dicts is not None:
                dicts.by_thread.pop(number, None)

        self_ref = ref(self, object_is_gone)
        thread_ref = ref(thread, thread_is_gone)
        # The thread keeps the reference to this object alive.
        thread.__dict__[key] = self_ref
        self.by_thread[number] = thread_ref, mine
        return mine


@contextmanager
def _own_dict(self):
    """While it lasts, the object's __dict__ is that of this thread; a new one is set up by __init__ of the subclass."""
    dicts = object.__getattribute__(self, '_local__dicts')
    try:
        mine = dicts.current()
    except KeyError:
        mine = dicts.make()
        args, kwargs = object.__getattribute__(self, '_local__args')
        self.__init__(*args, **kwargs)
    with dicts.lock:
        object.__setattr__(self, '__dict__', mine)
        yield


def _readonly(self, name):
    if name == '__dict__':
        raise AttributeError(f"{self.__class__.__name__!r} object attribute '__dict__' is read-only")


class local:
    """An object whose attributes are each thread's own."""

    __slots__ = '_local__dicts', '_local__args', '__dict__'

    def __new__(cls, /, *args, **kw):
        if (args or kw) and cls.__init__ is object.__init__:
            raise TypeError('Initialization arguments are not supported')
        self = object.__new__(cls)
        dicts = _Dicts()
        object.__setattr__(self, '_local__dicts', dicts)
        object.__setattr__(self, '_local__args', (args, kw))
        # The thread that makes the object has its __init__ called by the class.
        dicts.make()
        return self

    def __getattribute__(self, name):
        with _own_dict(self):
            return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        _readonly(self, name)
        with _own_dict(self):
            return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        _readonly(self, name)
        with _own_dict(self):
            return object.__delattr__(self, name)
