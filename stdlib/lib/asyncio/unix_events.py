"""The event loop of Unix: readers, writers, signals; and the default policy."""

import selectors
import signal
import socket
import threading
import weakref

from . import coroutines
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
from .sock_calls import SockCalls
from .subprocess import SubprocessCalls

__all__ = ("BaseEventLoop", "Server", "SelectorEventLoop",
           "DefaultEventLoopPolicy", "AbstractChildWatcher",
           "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher",
           "MultiLoopChildWatcher", "ThreadedChildWatcher")

_READ = selectors.EVENT_READ
_WRITE = selectors.EVENT_WRITE


class BaseSelectorEventLoop(BaseEventLoop):
    """Readers, writers and signals, on the core's own poll (libuv) or, when
    a program gives one, on a selector."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selector
        self._transports = weakref.WeakValueDictionary()
        self._signal_handlers = {}
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
        for number in list(self._signal_handlers):
            self.remove_signal_handler(number)
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

    def _add_reader(self, fd, callback, *args):
        self._check_closed()
        handle = Handle(callback, args, self)
        mask, (reader, writer) = self._watched(fd)
        self._watch(fd, mask, mask | _READ, handle, writer)
        if reader is not None:
            reader.cancel()
        return handle

    def _remove_reader(self, fd):
        if self._closed:
            return False
        mask, (reader, writer) = self._watched(fd)
        if not mask & _READ:
            return False
        self._watch(fd, mask, mask & ~_READ, None, writer)
        reader.cancel()
        return True

    def _add_writer(self, fd, callback, *args):
        self._check_closed()
        handle = Handle(callback, args, self)
        mask, (reader, writer) = self._watched(fd)
        self._watch(fd, mask, mask | _WRITE, reader, handle)
        if writer is not None:
            writer.cancel()
        return handle

    def _remove_writer(self, fd):
        if self._closed:
            return False
        mask, (reader, writer) = self._watched(fd)
        if not mask & _WRITE:
            return False
        self._watch(fd, mask, mask & ~_WRITE, reader, None)
        writer.cancel()
        return True

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
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        """Has `callback` called whenever `fd` can be written."""
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)

    # Signals.

    def add_signal_handler(self, sig, callback, *args):
        """Has `callback` called by the loop when the signal arrives."""
        if (coroutines.iscoroutine(callback)
                or coroutines.iscoroutinefunction(callback)):
            raise TypeError("coroutines cannot be used with "
                            "add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("set_wakeup_fd only works in main thread of "
                               "the main interpreter")
        self._signal_handlers[sig] = Handle(callback, args, self)
        try:
            signal.signal(sig, self._signal_arrived)
            signal.siginterrupt(sig, False)
        except OSError as exc:
            del self._signal_handlers[sig]
            if exc.errno == 22:
                raise RuntimeError(f"sig {sig} cannot be caught") from None
            raise

    def remove_signal_handler(self, sig):
        """Takes the signal's handler away; False when there is none."""
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        default = (signal.default_int_handler if sig == signal.SIGINT
                   else signal.SIG_DFL)
        signal.signal(sig, default)
        return True

    def _signal_arrived(self, number, frame=None):
        """The signal's handler proper, in the main thread: the loop, which
        may run in another thread, makes the call."""
        handle = self._signal_handlers.get(number)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(number)
        else:
            self._ready.append(handle)
            self._write_to_self()

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")


class _UnixSelectorEventLoop(Connections, Serving, SockCalls, SystemSendfile,
                             SubprocessCalls, BaseSelectorEventLoop):
    """The loop that new_event_loop() gives."""


SelectorEventLoop = _UnixSelectorEventLoop


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    _loop_factory = SelectorEventLoop

    def get_child_watcher(self):
        if self._watcher is None:
            self._watcher = ThreadedChildWatcher()
        return self._watcher

    def set_event_loop(self, loop):
        super().set_event_loop(loop)
        if self._watcher is not None and (
                threading.current_thread() is threading.main_thread()):
            self._watcher.attach_loop(loop)

    def set_child_watcher(self, watcher):
        assert watcher is None or isinstance(watcher, AbstractChildWatcher)
        if self._watcher is not None:
            self._watcher.close()
        self._watcher = watcher


DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
