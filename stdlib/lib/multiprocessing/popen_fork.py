"""A child process that is a copy of this one.

Two pipes tie it to its parent and carry nothing: the end of either process closes its ends, which the other can see.
The parent's is the sentinel, which connection.wait takes.
"""
import os
import signal
from . import util


class Popen:
    """A child made by fork. popen_spawn_posix overrides how it is launched."""

    method = 'fork'

    def __init__(self, process_obj):
        self.returncode = self.finalizer = None
        util._flush_std_streams()  # or the child would write the same again
        self._launch(process_obj)

    def duplicate_for_child(self, fd):
        """The descriptor by which the child knows fd."""
        return fd

    def _launch(self, process_obj):
        child_is_alive, held_by_child = os.pipe()
        parent_is_alive, held_by_parent = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            for descriptor in child_is_alive, held_by_parent:
                os.close(descriptor)
            self._run_child(process_obj, parent_is_alive)
        for descriptor in held_by_child, parent_is_alive:
            os.close(descriptor)
        self.sentinel = child_is_alive
        self.finalizer = util.Finalize(self, util.close_fds, (child_is_alive, held_by_parent))

    @staticmethod
    def _run_child(process_obj, parent_sentinel):
        status = 1
        try:
            status = process_obj._bootstrap(parent_sentinel=parent_sentinel)
        finally:
            os._exit(status)

    def poll(self, flag=os.WNOHANG):
        """The exit code, negative for a signal; None while the child runs, or if it is not to be waited for."""
        if self.returncode is not None:
            return self.returncode
        try:
            ended, status = os.waitpid(self.pid, flag)
        except OSError:
            return None
        if ended:
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout=None):
        if timeout is not None and self.returncode is None:
            from . import connection
            if not connection.wait([self.sentinel], timeout):
                return None
        # The sentinel closes a moment before the process is gone, but a poll of 0 seconds must not wait that moment.
        return self.poll(os.WNOHANG if timeout == 0 else 0)

    def _send_signal(self, sig):
        if self.returncode is not None:
            return
        try:
            os.kill(self.pid, sig)
        except ProcessLookupError:
            return
        except OSError:
            if self.wait(timeout=0.1) is None:  # it lives: the error is real
                raise

    def terminate(self):
        self._send_signal(signal.SIGTERM)

    def kill(self):
        self._send_signal(signal.SIGKILL)

    def close(self):
        """Close the pipes to the child."""
        finalizer = self.finalizer
        if finalizer is not None:
            finalizer()
