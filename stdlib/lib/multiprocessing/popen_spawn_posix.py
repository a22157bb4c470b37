"""Starting a process by running the interpreter anew, which gets everything it needs pickled through a pipe."""
import io
import os
from . import popen_fork, reduction, spawn, util
from .context import set_spawning_popen


class _DupFd:
    def __init__(self, fd):
        self.fd = fd

    def detach(self):
        return self.fd


class Popen(popen_fork.Popen):
    """A child that runs this interpreter's program from the beginning."""

    method = 'spawn'
    DupFd = _DupFd

    def __init__(self, process_obj):
        self._fds = []
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        self._fds.append(fd)
        return fd

    def _launch(self, process_obj):
        from . import resource_tracker
        tracker_fd = resource_tracker.getfd()
        self._fds.append(tracker_fd)
        preparation = spawn.get_preparation_data(process_obj._name)
        buffer = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(preparation, buffer)
            reduction.dump(process_obj, buffer)
        finally:
            set_spawning_popen(None)
        parent_read = child_write = child_read = parent_write = None
        try:
            parent_read, child_write = os.pipe()
            child_read, parent_write = os.pipe()
            command = spawn.get_command_line(tracker_fd=tracker_fd, pipe_handle=child_read)
            self._fds.extend([child_read, child_write])
            self.pid = util.spawnv_passfds(spawn.get_executable(), command, self._fds)
            self.sentinel = parent_read
            with open(parent_write, 'wb', closefd=False) as file, buffer.getbuffer() as view:
                file.write(view)
        finally:
            ours = [fd for fd in (parent_read, parent_write) if fd is not None]
            self.finalizer = util.Finalize(self, util.close_fds, ours)
            for fd in (child_read, child_write):
                if fd is not None:
                    os.close(fd)
