"""The event loop of Unix: readers, writers, signals; and the default policy."""

import selectors
import socket
import threading
import types
import weakref

from . import events
from .base_events import BaseEventLoop
from .child_watchers import (
    AbstractChildWatcher, FastChildWatcher, MultiLoopChildWatcher,
    PidfdChildWatcher, SafeChildWatcher, ThreadedChildWatcher)
from .connections import Connections
from .events import Handle
from .pipe_transports import _UnixReadPipeTransport, _UnixWritePipeTransport  # noqa: F401
from .sendfile import SystemSendfile
from .servers import Server, Serving
from .signal_handlers import SignalHandlers
from .sock_calls import SockCalls
from .subprocess import SubprocessCalls

__all__ = ("BaseEventLoop", "Server", "SelectorEventLoop",
           "DefaultEventLoopPolicy", "AbstractChildWatcher",
           "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher",
           "MultiLoopChildWatcher", "ThreadedChildWatcher")

_READ = selectors.EVENT_READ
_WRITE = selectors.EVENT_WRITE


class BaseSelectorEventLoop(SignalHandlers, BaseEventLoop):
    """Readers and writers, on the core's own poll (libuv) or, when a program
    gives one, on a selector."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selector
        self._transports = weakref.WeakValueDictionary()
        if selector is None:
            self._open_poller()
        else:
            # Other threads wake a selector through a pair of sockets.
            self._wake_reader, self._wake_writer = socket.socketpair()
            self._wake_reader.setblocking(False)
            self._wake_writer.setblocking(False)
            self._add_reader(self._wake_reader.fileno(), self._read_wake_ups)

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        self._drop_signal_handlers()
        if self._selector is None:
            super().close()
            self._close_poller()
            return
        self._remove_reader(self._wake_reader.fileno())
        self._wake_reader.close()
        self._wake_writer.close()
        super().close()
        self._selector.close()

    # Waking up.

    def _read_wake_ups(self):
        try:
            while self._wake_reader.recv(4096):
                pass
        except (BlockingIOError, InterruptedError):
            pass

    def _write_to_self(self):
        if self._selector is None:
            self._wake_poller()
            return
        try:
            self._wake_writer.send(b"\0")
        except OSError:
            # Full: the loop wakes up anyway. Closed: nobody is left to wake.
            pass

    # Readers and writers.

    def _process_events(self, happened):
        ready = self._ready
        for key, mask in happened:
            reader, writer = key.data
            if mask & _READ and reader is not None:
                if reader._cancelled:
                    self._remove_reader(key.fileobj)
                else:
                    ready.append(reader)
            if mask & _WRITE and writer is not None:
                if writer._cancelled:
                    self._remove_writer(key.fileobj)
                else:
                    ready.append(writer)

    def _watched(self, fd):
        """The mask and the handles for a descriptor."""
        if self._selector is None:
            return self._poller_watched(fd)
        key = self._selector.get_map().get(fd)
        return (0, (None, None)) if key is None else (key.events, key.data)

    def _watch(self, fd, old_mask, mask, reader, writer):
        if self._selector is None:
            self._poller_watch(fd, mask, reader, writer)
        elif not mask:
            self._selector.unregister(fd)
        elif old_mask:
            self._selector.modify(fd, mask, (reader, writer))
        else:
            self._selector.register(fd, mask, (reader, writer))

    # A descriptor has two handles, for reading and for writing; a mask says which of them are wanted.

    def _set_handle(self, fd, bit, handle):
        """Puts a handle (None: none) in its place; False when there was none and is none."""
        mask, handles = self._watched(fd)
        if handle is None and not mask & bit:
            return False
        handles = list(handles)
        place = 0 if bit == _READ else 1
        old, handles[place] = handles[place], handle
        self._watch(fd, mask, mask & ~bit if handle is None else mask | bit, *handles)
        if old is not None:
            old.cancel()
        return True

    def _add_handle(self, fd, bit, callback, args):
        self._check_closed()
        handle = Handle(callback, args, self)
        self._set_handle(fd, bit, handle)
        return handle

    def _add_reader(self, fd, callback, *args):
        return self._add_handle(fd, _READ, callback, args)

    def _add_writer(self, fd, callback, *args):
        return self._add_handle(fd, _WRITE, callback, args)

    def _remove_reader(self, fd):
        return not self._closed and self._set_handle(fd, _READ, None)

    def _remove_writer(self, fd):
        return not self._closed and self._set_handle(fd, _WRITE, None)

    def _ensure_fd_no_transport(self, fd):
        number = fd
        if not isinstance(fd, int):
            try:
                number = int(fd.fileno())
            except (AttributeError, TypeError, ValueError):
                raise ValueError(f"Invalid file object: {fd!r}") from None
        transport = self._transports.get(number)
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f"File descriptor {fd!r} is used by transport "
                               f"{transport!r}")

    def add_reader(self, fd, callback, *args):
        """Has `callback` called whenever `fd` can be read."""
        self._ensure_fd_no_transport(fd)
        self._add_handle(fd, _READ, callback, args)

    def add_writer(self, fd, callback, *args):
        """Has `callback` called whenever `fd` can be written."""
        self._ensure_fd_no_transport(fd)
        self._add_handle(fd, _WRITE, callback, args)

    def remove_reader(self, fd):
        """No more calls for reading; False when there were none."""
        self._ensure_fd_no_transport(fd)
        return not self._closed and self._set_handle(fd, _READ, None)

    def remove_writer(self, fd):
        """No more calls for writing; False when there were none."""
        self._ensure_fd_no_transport(fd)
        return not self._closed and self._set_handle(fd, _WRITE, None)


class _UnixSelectorEventLoop(Connections, Serving, SockCalls, SystemSendfile,
                             SubprocessCalls, BaseSelectorEventLoop):
    """The loop that new_event_loop() gives."""


SelectorEventLoop = _UnixSelectorEventLoop


def _name_methods(loop):
    """What the classes that are mixed in call theirs is known by the names of the three classes of loops."""
    owners = {SockCalls: BaseSelectorEventLoop, SignalHandlers: loop}
    for part in loop.__mro__:
        if part is object or issubclass(part, BaseEventLoop) or part is events.AbstractEventLoop:
            continue
        for name, method in vars(part).items():
            if isinstance(method, types.FunctionType):
                owner = loop if "_unix_" in name else owners.get(part, BaseEventLoop)
                method.__qualname__ = f"{owner.__name__}.{name}"


_name_methods(_UnixSelectorEventLoop)


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """With a watcher for child processes, which follows the main thread's loop."""

    _loop_factory = SelectorEventLoop

    def get_child_watcher(self):
        self._watcher = self._watcher or ThreadedChildWatcher()
        return self._watcher

    def set_child_watcher(self, watcher):
        assert isinstance(watcher, (AbstractChildWatcher, type(None)))
        old, self._watcher = self._watcher, watcher
        if old is not None:
            old.close()

    def set_event_loop(self, loop):
        super().set_event_loop(loop)
        follows = self._watcher
        if follows is not None and threading.current_thread() is threading.main_thread():
            follows.attach_loop(loop)


DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
