"""Contexts: the whole interface of this package, bound to one way of starting processes.

A context is an object whose methods make what the package offers. The modules that define those things are imported
when the first of them is made (_submodule): a program that wants a lock does not pay for managers. The functions of
the package itself are the methods of _default_context, whose way of starting is settled when it is first needed.
"""
import os
import threading
from . import process, reduction

__all__ = ()


class ProcessError(Exception):
    """What the errors of this package derive from."""


class BufferTooShort(ProcessError):
    """A message did not fit into the buffer; it is in args[0]."""


class TimeoutError(ProcessError):
    """A time limit was over."""


class AuthenticationError(ProcessError):
    """The other side does not know the key."""


def _submodule(name):
    return __import__('multiprocessing.' + name, fromlist=('__name__',))


class BaseContext:
    """The interface of the package; things that are made know the context they were made in."""

    ProcessError, BufferTooShort = ProcessError, BufferTooShort
    TimeoutError, AuthenticationError = TimeoutError, AuthenticationError

    current_process, parent_process, active_children = map(
        staticmethod, (process.current_process, process.parent_process, process.active_children))

    def _make(self, module, name, *args, **options):
        """A thing of that class, which is to know this context."""
        return getattr(_submodule(module), name)(*args, ctx=self.get_context(), **options)

    def _call(self, module, name, *args):
        return getattr(_submodule(module), name)(*args)

    # --- locks and their kin ---

    def Lock(self):
        """A lock that processes share."""
        return self._make('synchronize', 'Lock')

    def RLock(self):
        """A lock that its holder may acquire again."""
        return self._make('synchronize', 'RLock')

    def Condition(self, lock=None):
        """A condition that processes share."""
        return self._make('synchronize', 'Condition', lock)

    def Semaphore(self, value=1):
        """A semaphore that processes share."""
        return self._make('synchronize', 'Semaphore', value)

    def BoundedSemaphore(self, value=1):
        """A semaphore with an upper limit."""
        return self._make('synchronize', 'BoundedSemaphore', value)

    def Event(self):
        """An event that processes share."""
        return self._make('synchronize', 'Event')

    def Barrier(self, parties, action=None, timeout=None):
        """A barrier that processes share."""
        return self._make('synchronize', 'Barrier', parties, action, timeout)

    # --- ways to send things ---

    def Pipe(self, duplex=True):
        """Two connections to each other."""
        return self._call('connection', 'Pipe', duplex)

    def Queue(self, maxsize=0):
        """A queue between processes."""
        return self._make('queues', 'Queue', maxsize)

    def JoinableQueue(self, maxsize=0):
        """A queue that knows when its items have been dealt with."""
        return self._make('queues', 'JoinableQueue', maxsize)

    def SimpleQueue(self):
        """A queue that is little more than a pipe with locks."""
        return self._make('queues', 'SimpleQueue')

    # --- shared memory ---

    def RawValue(self, typecode_or_type, *args):
        """A value in shared memory, without a lock."""
        return self._call('sharedctypes', 'RawValue', typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        """An array in shared memory, without a lock."""
        return self._call('sharedctypes', 'RawArray', typecode_or_type, size_or_initializer)

    def Value(self, typecode_or_type, *args, lock=True):
        """A value in shared memory."""
        return self._make('sharedctypes', 'Value', typecode_or_type, *args, lock=lock)

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        """An array in shared memory."""
        return self._make('sharedctypes', 'Array', typecode_or_type, size_or_initializer, lock=lock)

    # --- processes that work for others ---

    def Manager(self):
        """A manager whose server process has been started."""
        manager = self._make('managers', 'SyncManager')
        manager.start()
        return manager

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        """A pool of processes."""
        make = _submodule('pool').Pool
        return make(processes, initializer, initargs, maxtasksperchild, context=self.get_context())

    # --- settings ---

    def cpu_count(self):
        """The number of processors of the system."""
        if not (count := os.cpu_count()):
            raise NotImplementedError('cannot determine number of cpus')
        return count

    def freeze_support(self):
        """For programs that are frozen on another system; here there is nothing to do."""

    def get_logger(self):
        """The logger of this package."""
        return self._call('util', 'get_logger')

    def log_to_stderr(self, level=None):
        """Have what is logged written to stderr; the logger."""
        return self._call('util', 'log_to_stderr', level)

    def allow_connection_pickling(self):
        """Connections and sockets can be sent to other processes from now on."""
        _submodule('connection')

    def set_executable(self, executable):
        """The interpreter that spawned children run."""
        self._call('spawn', 'set_executable', executable)

    def set_forkserver_preload(self, module_names):
        """The modules that the fork server imports before it forks the first time."""
        self._call('forkserver', 'set_forkserver_preload', module_names)

    def get_context(self, method=None):
        """The context of that way of starting; without one, this context."""
        if method is None:
            return self
        if method not in _concrete_contexts:
            raise ValueError(f'cannot find context for {method!r}')
        return _concrete_contexts[method]

    def get_start_method(self, allow_none=False):
        """How processes are started."""
        return self._name

    def set_start_method(self, method, force=False):
        raise ValueError('cannot set start method of concrete context')

    @property
    def reducer(self):
        """The module that says how objects are sent to processes."""
        return reduction

    @reducer.setter
    def reducer(self, module):
        global reduction
        reduction = module


# --- the three ways ---

class ForkProcess(process.BaseProcess):
    """A process that is a copy of this one."""

    _start_method = 'fork'

    @staticmethod
    def _Popen(process_obj):
        return _submodule('popen_fork').Popen(process_obj)


class SpawnProcess(process.BaseProcess):
    """A process that runs the interpreter anew."""

    _start_method = 'spawn'

    @staticmethod
    def _Popen(process_obj):
        return _submodule('popen_spawn_posix').Popen(process_obj)

    @staticmethod
    def _after_fork():
        """Nothing in it is a copy: nothing is to be made anew."""


class ForkServerProcess(process.BaseProcess):
    """A process that a server without threads forks off."""

    _start_method = 'forkserver'

    @staticmethod
    def _Popen(process_obj):
        return _submodule('popen_forkserver').Popen(process_obj)


class ForkContext(BaseContext):
    _name, Process = 'fork', ForkProcess


class SpawnContext(BaseContext):
    _name, Process = 'spawn', SpawnProcess


class ForkServerContext(BaseContext):
    _name, Process = 'forkserver', ForkServerProcess


# By name; the first is what is taken when nobody chooses.
_concrete_contexts = {each._name: each() for each in (ForkContext, SpawnContext, ForkServerContext)}


# --- the default ---

class Process(process.BaseProcess):
    """A process that is started in the way of the default context."""

    _start_method = None

    @staticmethod
    def _Popen(process_obj):
        return _default_context._process_class()._Popen(process_obj)

    @staticmethod
    def _after_fork():
        return _default_context._process_class()._after_fork()


class DefaultContext(BaseContext):
    """The context whose way of starting can be chosen until it is first needed."""

    Process = Process
    _chosen = None

    def __init__(self, context):
        self._otherwise = context

    def _process_class(self):
        return self.get_context().Process

    def get_context(self, method=None):
        if method is None:
            self._chosen = method = self._chosen or self._otherwise
            return method
        return super().get_context(method)

    def get_start_method(self, allow_none=False):
        if allow_none and self._chosen is None:
            return None
        return self.get_context()._name

    def set_start_method(self, method, force=False):
        """Choose how processes are started: once in a program, unless forced."""
        if self._chosen and not force:
            raise RuntimeError('context has already been set')
        self._chosen = None if method is None and force else self.get_context(method)

    def get_all_start_methods(self):
        """The ways of starting that there are, the default first."""
        return list(_concrete_contexts)


_default_context = DefaultContext(_concrete_contexts['fork'])


def _force_start_method(method):
    """What a spawned process is told by its parent."""
    _default_context._chosen = _concrete_contexts[method]


# --- pickling for a child ---

class _Spawning(threading.local):
    popen = None


_spawning = _Spawning()


def get_spawning_popen():
    """The Popen of the child that this thread is spawning; else None."""
    return _spawning.popen


def set_spawning_popen(popen):
    _spawning.popen = popen


def assert_spawning(obj):
    """Refuse to pickle what a child can only inherit."""
    if _spawning.popen is None:
        kind = type(obj).__name__
        raise RuntimeError(f'{kind} objects should only be shared between processes through inheritance')
