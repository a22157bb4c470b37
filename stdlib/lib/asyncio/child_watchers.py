"""Child watchers: who tells of the end of a child started by its pid."""

import os
import threading

__all__ = ("AbstractChildWatcher", "ThreadedChildWatcher")


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


class ThreadedChildWatcher(AbstractChildWatcher):
    """A thread for each child: needs no signal and no certain thread."""

    def __init__(self):
        self._threads = {}

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def is_active(self):
        return True

    def close(self):
        """Nothing to close: the threads end with their children."""

    def attach_loop(self, loop):
        """The loop is the one that runs when a child is added."""

    def add_child_handler(self, pid, callback, *args):
        """Has the running loop call `callback(pid, returncode, *args)`."""
        from .events import get_running_loop
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
            returncode = 255  # somebody else has waited for it
        self._threads.pop(pid, None)
        if not loop.is_closed():
            loop.call_soon_threadsafe(callback, pid, returncode, *args)
