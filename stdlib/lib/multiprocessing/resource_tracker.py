"""A process that outlives all others of its family and removes the names they leave behind.

Named semaphores and shared memory stay in the system when a process dies before it removes them. Each process tells the
tracker, through a pipe, which names it has made and removed; when the last of them has ended the pipe closes, and the tracker
removes what is left.
"""
import os
import signal
import sys
import threading
import warnings
import _multiprocessing
import _posixshmem

__all__ = ['ensure_running', 'register', 'unregister']

_CLEANUP_FUNCS = {'noop': lambda name: None, 'semaphore': _multiprocessing.sem_unlink,
                  'shared_memory': _posixshmem.shm_unlink}


class ResourceTracker:
    """The tracker, as the processes see it."""

    def __init__(self):
        self._lock = threading.RLock()
        self._fd = None
        self._pid = None

    def getfd(self):
        """The descriptor of the pipe to the tracker."""
        self.ensure_running()
        return self._fd

    def ensure_running(self):
        """Start the tracker unless it runs."""
        with self._lock:
            if self._fd is not None:
                if self._check_alive():
                    return
                os.close(self._fd)
                if self._pid is not None:
                    try:
                        os.waitpid(self._pid, 0)
                    except ChildProcessError:
                        pass
                self._fd = self._pid = None
                warnings.warn('resource_tracker: process died unexpectedly, relaunching.  Some resources might leak.')
            self._launch()

    def _check_alive(self):
        try:
            os.write(self._fd, b'PROBE:0:noop\n')
        except OSError:
            return False
        return True

    def _launch(self):
        from . import spawn, util
        import subprocess
        passed = []
        try:
            passed.append(sys.stderr.fileno())
        except Exception:
            pass
        read, write = os.pipe()
        passed.append(read)
        try:
            exe = spawn.get_executable()
            args = [os.fsdecode(exe), *subprocess._args_from_interpreter_flags(), '-c',
                    f'from multiprocessing.resource_tracker import main; main({read})']
            # Ctrl-C and SIGTERM are for the others: blocked until the tracker ignores them.
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
            try:
                self._pid = util.spawnv_passfds(exe, args, passed)
            finally:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT, signal.SIGTERM])
        except BaseException:
            os.close(write)
            raise
        else:
            self._fd = write
        finally:
            os.close(read)

    def register(self, name, rtype):
        """A name was made."""
        self._send('REGISTER', name, rtype)

    def unregister(self, name, rtype):
        """A name was removed."""
        self._send('UNREGISTER', name, rtype)

    def _send(self, command, name, rtype):
        self.ensure_running()
        message = f'{command}:{name}:{rtype}\n'.encode('ascii')
        if len(message) > 512:
            raise ValueError('msg too long')
        os.write(self._fd, message)

    def _stop(self):
        with self._lock:
            if self._fd is None:
                return
            os.close(self._fd)
            self._fd = None
            os.waitpid(self._pid, 0)
            self._pid = None


_resource_tracker = ResourceTracker()
ensure_running = _resource_tracker.ensure_running
register = _resource_tracker.register
unregister = _resource_tracker.unregister
getfd = _resource_tracker.getfd


def main(fd):
    """The tracker itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT, signal.SIGTERM])
    for stream in (sys.stdin, sys.stdout):
        try:
            stream.close()
        except Exception:
            pass
    known = {kind: set() for kind in _CLEANUP_FUNCS}
    with open(fd, 'rb') as pipe:
        for line in pipe:
            try:
                command, name, kind = line.strip().decode('ascii').split(':')
                if command == 'REGISTER':
                    known[kind].add(name)
                elif command == 'UNREGISTER':
                    known[kind].discard(name)
            except Exception:
                sys.excepthook(*sys.exc_info())
    for kind, names in known.items():
        if names:
            warnings.warn(f'resource_tracker: There appear to be {len(names)} leaked {kind} objects to clean up at '
                          'shutdown')
        for name in names:
            try:
                _CLEANUP_FUNCS[kind](name)
            except Exception as problem:
                warnings.warn('resource_tracker: %r: %s' % (name, problem))
