"""Starting a process by fork."""
import os
import signal
from . import util


class Popen:
    """A child made by fork: it goes on with a copy of everything."""

    method = 'fork'

    def __init__(self, process_obj):
        util._flush_std_streams()
        self.returncode = None
        self.finalizer = None
        self._launch(process_obj)

    def duplicate_for_child(self, fd):
        return fd

    def _launch(self, process_obj):
        code = 1
        parent_end, child_end = os.pipe()
        child_read, parent_write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(parent_end)
                os.close(parent_write)
                code = process_obj._bootstrap(parent_sentinel=child_read)
            finally:
                os._exit(code)
        os.close(child_end)
        os.close(child_read)
        # The child's end closes when it ends; ours tells it that we have.
        self.finalizer = util.Finalize(self, util.close_fds, (parent_end, parent_write))
        self.sentinel = parent_end

    def poll(self, flag=os.WNOHANG):
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, flag)
            except OSError:
                return None  # not our child, or waited for by somebody else
            if pid == self.pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            if timeout is not None:
                from .connection import wait
                if not wait([self.sentinel], timeout):
                    return None
            return self.poll(os.WNOHANG if timeout == 0.0 else 0)
        return self.returncode

    def _send_signal(self, sig):
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass
            except OSError:
                if self.wait(timeout=0.1) is None:
                    raise

    def terminate(self):
        self._send_signal(signal.SIGTERM)

    def kill(self):
        self._send_signal(signal.SIGKILL)

    def close(self):
        if self.finalizer is not None:
            self.finalizer()
