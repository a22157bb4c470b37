"""Tracebacks of all threads when something goes wrong: on demand, after a while, or at a signal.

enable() is accepted, but a crash of the interpreter itself shows nothing more than the system does.
"""
import sys

_enabled = False
_later = None
_handlers = {}


def _write_stack(frame, file):
    count = 0
    while frame is not None and count < 100:
        file.write(f'  File "{frame.f_code.co_filename}", line {frame.f_lineno} in {frame.f_code.co_name}\n')
        frame, count = frame.f_back, count + 1


def _target(file):
    """A file with write(): sys.stderr if none is given, or for a descriptor one that does not close it."""
    if file is None:
        file = sys.stderr
        if file is None:
            raise RuntimeError('sys.stderr is None')
    if isinstance(file, int):
        if file < 0:
            raise ValueError('file is not a valid file descripter')
        return open(file, 'w', closefd=False)
    return file


def _dump(file, all_threads, current):
    import _thread
    me = _thread.get_ident()
    frames = sys._current_frames() if all_threads and hasattr(sys, '_current_frames') else {}
    for ident, frame in frames.items():
        if ident != me:
            file.write(f'Thread 0x{ident:016x} (most recent call first):\n')
            _write_stack(frame, file)
            file.write('\n')
    file.write(f'Current thread 0x{me:016x} (most recent call first):\n' if all_threads
               else 'Stack (most recent call first):\n')
    _write_stack(current, file)
    file.flush()


def dump_traceback(file=None, all_threads=True):
    """Write the stacks of all threads, or of this one, the innermost call first."""
    _dump(_target(file), all_threads, sys._getframe(1))


def enable(file=None, all_threads=True):
    """Accepted; see above."""
    global _enabled
    _target(file)
    _enabled = True


def disable():
    """The opposite; whether it was enabled."""
    global _enabled
    was, _enabled = _enabled, False
    return was


def is_enabled():
    """Whether enable() was called last."""
    return _enabled


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    """Write the stacks of all threads after so many seconds, unless cancelled before."""
    import threading
    if timeout <= 0:
        raise ValueError('timeout must be greater than 0')
    cancel_dump_traceback_later()
    file = _target(file)
    stop = threading.Event()

    def wait():
        while not stop.wait(timeout):
            file.write(f'Timeout ({int(timeout // 3600)}:{int(timeout // 60) % 60:02d}:{int(timeout) % 60:02d})!\n')
            _dump(file, True, None)
            if exit:
                import os
                os._exit(1)
            if not repeat:
                break

    global _later
    _later = stop
    threading.Thread(target=wait, daemon=True).start()


def cancel_dump_traceback_later():
    """Do so no longer."""
    global _later
    if _later is not None:
        _later.set()
        _later = None


def register(signum, file=None, all_threads=True, chain=False):
    """Write the stacks when the signal comes."""
    import signal
    file = _target(file)

    def handler(number, frame):
        _dump(file, all_threads, frame)
        if chain and callable(before):
            before(number, frame)

    before = signal.signal(signum, handler)
    _handlers.setdefault(signum, before)


def unregister(signum):
    """Do so no longer; whether it was registered."""
    import signal
    if signum not in _handlers:
        return False
    signal.signal(signum, _handlers.pop(signum))
    return True
