"""Child watchers: who tells of the end of a child started by its pid.

They differ in how they hear of it: a thread for each child, the signal
SIGCHLD, or a descriptor of the process.
"""

import os
import signal
import threading
import warnings

from .events import get_running_loop
from .log import logger

__all__ = ("AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher",
           "PidfdChildWatcher", "MultiLoopChildWatcher",
           "ThreadedChildWatcher")

_UNKNOWN = 255  # the status of a child that somebody else has waited for


class AbstractChildWatcher:
    """What a policy's child watcher offers."""

    def add_child_handler(self, pid, callback, *args):
        raise NotImplementedError

    def remove_child_handler(self, pid):
        raise NotImplementedError

    def attach_loop(self, loop):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError

    def is_active(self):
        raise NotImplementedError

    def __enter__(self):
        raise NotImplementedError

    def __exit__(self, *exc):
        raise NotImplementedError


class _ReadyWatcher(AbstractChildWatcher):
    """One that keeps nothing but what each child needs, which goes with it."""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def is_active(self):
        return True

    def close(self):
        """Nothing to close."""

    def attach_loop(self, loop):
        """The loop is the one that runs when a child is added."""


class ThreadedChildWatcher(_ReadyWatcher):
    """A thread for each child: needs no signal and no certain thread."""

    def __init__(self):
        self._threads = {}

    def add_child_handler(self, pid, callback, *args):
        """Has the running loop call `callback(pid, returncode, *args)`."""
        thread = threading.Thread(
            target=self._wait, daemon=True, name=f"asyncio-waitpid-{pid}",
            args=(get_running_loop(), pid, callback, args))
        self._threads[pid] = thread
        thread.start()

    def remove_child_handler(self, pid):
        return True

    def _wait(self, loop, pid, callback, args):
        try:
            _, status = os.waitpid(pid, 0)
            returncode = os.waitstatus_to_exitcode(status)
        except ChildProcessError:
            returncode = _UNKNOWN
        self._threads.pop(pid, None)
        if not loop.is_closed():
            loop.call_soon_threadsafe(callback, pid, returncode, *args)


def _ended(pid, options=os.WNOHANG):
    """(pid, returncode) of a child that has ended, else None."""
    try:
        pid, status = os.waitpid(pid, options)
    except ChildProcessError:
        if pid > 0:
            logger.warning("Unknown child process pid %d, will report "
                           "returncode 255", pid)
            return pid, _UNKNOWN
        return None
    return (pid, os.waitstatus_to_exitcode(status)) if pid else None


class _SignalWatcher(AbstractChildWatcher):
    """Hears SIGCHLD through the one loop that it is attached to."""

    def __init__(self):
        self._loop = None
        self._callbacks = {}

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def is_active(self):
        return self._loop is not None and self._loop.is_running()

    def close(self):
        self.attach_loop(None)
        self._callbacks.clear()

    def attach_loop(self, loop):
        old, self._loop = self._loop, loop
        if old is not None and loop is None and self._callbacks:
            warnings.warn("A loop is being detached from a child watcher "
                          "with pending handlers", RuntimeWarning)
        if old is not None and not old.is_closed():
            old.remove_signal_handler(signal.SIGCHLD)
        if loop is not None:
            loop.add_signal_handler(signal.SIGCHLD, self._on_signal)
            self._look()  # one may have ended meanwhile

    def _on_signal(self):
        try:
            self._look()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                "message": "Unknown exception in SIGCHLD handler",
                "exception": exc,
            })


class SafeChildWatcher(_SignalWatcher):
    """Asks for each of its own children; leaves those of others alone."""

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = callback, args
        self._look_for(pid)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _look(self):
        for pid in list(self._callbacks):
            self._look_for(pid)

    def _look_for(self, pid):
        end = _ended(pid)
        if end is not None:
            callback, args = self._callbacks.pop(pid, (None, ()))
            if callback is not None:
                callback(*end, *args)


class FastChildWatcher(_SignalWatcher):
    """Takes the end of any child; remembers those started in a `with` block
    of it until they are asked for."""

    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()
        self._early = {}
        self._depth = 0

    def __enter__(self):
        with self._lock:
            self._depth += 1
        return self

    def __exit__(self, *exc):
        with self._lock:
            self._depth -= 1
            if self._depth or not self._early:
                return
            unclaimed, self._early = self._early, {}
        logger.warning("Caught subprocesses termination from unknown pids: "
                       "%s", unclaimed)

    def close(self):
        super().close()
        self._early.clear()

    def add_child_handler(self, pid, callback, *args):
        assert self._depth, "Must use the context manager"
        with self._lock:
            returncode = self._early.pop(pid, None)
            if returncode is None:
                self._callbacks[pid] = callback, args
        if returncode is not None:
            callback(pid, returncode, *args)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _look(self):
        while (end := _ended(-1)) is not None:
            pid, returncode = end
            with self._lock:
                callback, args = self._callbacks.pop(pid, (None, ()))
                if callback is None and self._depth:
                    self._early[pid] = returncode
                    continue
            if callback is None:
                logger.warning("Caught subprocess termination from unknown "
                               "pid: %d -> %d", pid, returncode)
            else:
                callback(pid, returncode, *args)


class MultiLoopChildWatcher(AbstractChildWatcher):
    """Hears SIGCHLD by a handler of its own; each child's loop is told."""

    def __init__(self):
        self._callbacks = {}
        self._old_handler = None

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def is_active(self):
        return self._old_handler is not None

    def attach_loop(self, loop):
        """The loop is the one that runs when a child is added."""
        if self._old_handler is None:
            self._old_handler = signal.signal(signal.SIGCHLD, self._on_signal)
            if self._old_handler is None:
                self._old_handler = signal.SIG_DFL
            signal.siginterrupt(signal.SIGCHLD, False)

    def close(self):
        self._callbacks.clear()
        old, self._old_handler = self._old_handler, None
        if old is None:
            return
        if signal.getsignal(signal.SIGCHLD) != self._on_signal:
            logger.warning("SIGCHLD handler was changed by outside code")
        else:
            signal.signal(signal.SIGCHLD, old)

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = get_running_loop(), callback, args
        self._look_for(pid)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _on_signal(self, number, frame):
        for pid in list(self._callbacks):
            self._look_for(pid)

    def _look_for(self, pid):
        end = _ended(pid)
        if end is None:
            return
        loop, callback, args = self._callbacks.pop(pid, (None, None, ()))
        if loop is None:
            return
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            loop.call_soon_threadsafe(callback, *end, *args)


class PidfdChildWatcher(_ReadyWatcher):
    """Reads a descriptor of the process: no signal, no thread."""

    def add_child_handler(self, pid, callback, *args):
        loop = get_running_loop()
        fd = os.pidfd_open(pid)
        loop._add_reader(fd, self._at_end, loop, pid, fd, callback, args)

    def _at_end(self, loop, pid, fd, callback, args):
        loop._remove_reader(fd)
        os.close(fd)
        callback(*_ended(pid, 0), *args)

    def remove_child_handler(self, pid):
        return True
