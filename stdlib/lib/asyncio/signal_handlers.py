"""Signals as calls of a loop: the signal's handler proper, which runs in the main thread, only puts the call into the
loop's queue and wakes it. The loop may run in another thread."""

import errno
import signal
import threading

from . import coroutines
from .events import Handle


class SignalHandlers:
    """Mixed into the selector loop."""

    def __init__(self):
        super().__init__()
        self._signal_handlers = {}

    def add_signal_handler(self, sig, callback, *args):
        """Has `callback` called by the loop when the signal arrives."""
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError('coroutines cannot be used with add_signal_handler()')
        self._check_signal(sig)
        self._check_closed()
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError('set_wakeup_fd only works in main thread of the main interpreter')
        self._signal_handlers[sig] = Handle(callback, args, self)
        try:
            signal.signal(sig, self._signal_arrived)
            signal.siginterrupt(sig, False)
        except OSError as exc:
            self._signal_handlers.pop(sig)
            if exc.errno != errno.EINVAL:
                raise
            raise RuntimeError(f'sig {sig} cannot be caught') from None

    def remove_signal_handler(self, sig):
        """Takes the signal's handler away; False when there is none."""
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        return True

    def _drop_signal_handlers(self):
        for number in tuple(self._signal_handlers):
            self.remove_signal_handler(number)

    def _signal_arrived(self, number, frame=None):
        handle = self._signal_handlers.get(number)
        if handle is None:
            return
        if handle.cancelled():
            self.remove_signal_handler(number)
        else:
            self._ready.append(handle)
            self._write_to_self()

    def _check_signal(self, sig):
        known = isinstance(sig, int) and sig in signal.valid_signals()
        if known:
            return
        if isinstance(sig, int):
            raise ValueError(f'invalid signal number {sig}')
        raise TypeError(f'sig must be an int, not {sig!r}')
