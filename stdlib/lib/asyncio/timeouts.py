"""timeout() and timeout_at(): a limit on the time a block may take.

When the time is over the task is cancelled; the block's end takes that cancellation back and raises TimeoutError in its
place, unless somebody else has cancelled the task as well.
"""

from . import events
from . import exceptions
from . import tasks

__all__ = ('Timeout', 'timeout', 'timeout_at')

# What became of it so far, in the words of its repr.
_NEW, _INSIDE, _RINGING, _RANG, _LEFT = 'created', 'active', 'expiring', 'expired', 'finished'


class Timeout:
    """An async context manager with a deadline."""

    _phase = _NEW
    _task = _alarm = None

    def __init__(self, when):
        self._when = when

    def __repr__(self):
        deadline = ''
        if self._phase == _INSIDE:
            deadline = f' when={self._when if self._when is None else round(self._when, 3)}'
        return f'<Timeout [{self._phase}]{deadline}>'

    def when(self):
        """The deadline by the loop's clock, or None."""
        return self._when

    def expired(self):
        """True when the deadline was passed inside the block."""
        return self._phase in (_RINGING, _RANG)

    def reschedule(self, when):
        """Sets another deadline (None: no limit)."""
        assert self._phase != _NEW
        if self._phase != _INSIDE:
            raise RuntimeError(f'Cannot change state of {self._phase} Timeout')
        self._when = when
        self._stop_alarm()
        if when is not None:
            loop = events.get_running_loop()
            self._alarm = (loop.call_at(when, self._ring) if when > loop.time()
                           else loop.call_soon(self._ring))

    def _stop_alarm(self):
        alarm, self._alarm = self._alarm, None
        if alarm is not None:
            alarm.cancel()

    def _ring(self):
        self._task.cancel()
        self._phase = _RINGING
        self._alarm = None

    async def __aenter__(self):
        self._phase = _INSIDE
        task = self._task = tasks.current_task()
        if task is None:
            raise RuntimeError('Timeout should be used inside a task')
        self._cancels_before = task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, kind, exc, traceback):
        self._stop_alarm()
        if self._phase == _INSIDE:
            self._phase = _LEFT
        elif self._phase == _RINGING:
            self._phase = _RANG
            ours_alone = self._task.uncancel() <= self._cancels_before
            if ours_alone and kind is exceptions.CancelledError:
                raise TimeoutError from exc


def timeout(delay):
    """A Timeout that ends `delay` seconds from now (None: never)."""
    return Timeout(delay if delay is None else events.get_running_loop().time() + delay)


def timeout_at(when):
    """A Timeout that ends at the time `when` of the loop's clock."""
    return Timeout(when)
