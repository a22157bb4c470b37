"""Starting a process by asking the fork server for it: it gets its description through a pipe, as a spawned one does."""
import io
import os
from . import connection, forkserver, popen_fork, reduction, spawn, util
from .context import set_spawning_popen


class _DupFd:
    """The child finds the descriptor by its place among those that were sent."""

    def __init__(self, place):
        self.place = place

    def detach(self):
        return forkserver.get_inherited_fds()[self.place]


class Popen(popen_fork.Popen):
    """A child of the fork server; its exit code comes through the sentinel."""

    method = 'forkserver'
    DupFd = _DupFd

    def __init__(self, process_obj):
        self._fds = []
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        self._fds.append(fd)
        return len(self._fds) - 1

    def _launch(self, process_obj):
        buffer = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(spawn.get_preparation_data(process_obj._name), buffer)
            reduction.dump(process_obj, buffer)
        finally:
            set_spawning_popen(None)
        self.sentinel, write = forkserver.connect_to_new_process(self._fds)
        # Not closed before this process ends or lets go of the child: that is how the child sees it.
        self.finalizer = util.Finalize(self, util.close_fds, (write, self.sentinel))
        with open(write, 'wb', closefd=False) as file, buffer.getbuffer() as view:
            file.write(view)
        self.pid = forkserver.read_signed(self.sentinel)

    def poll(self, flag=os.WNOHANG):
        if self.returncode is None:
            if not connection.wait([self.sentinel], 0 if flag == os.WNOHANG else None):
                return None
            try:
                self.returncode = forkserver.read_signed(self.sentinel)
            except (OSError, EOFError):
                self.returncode = 255  # the server has died, and nobody else knows
        return self.returncode
