"""timeout() and timeout_at(): a limit on the time a block may take."""

import enum

from . import events
from . import exceptions
from . import tasks

__all__ = ("Timeout", "timeout", "timeout_at")


class _State(enum.Enum):
    CREATED = "created"
    ENTERED = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    EXITED = "finished"


class Timeout:
    """Cancels the task in its block when the time is over; the
    cancellation leaves the block as TimeoutError."""

    def __init__(self, when):
        self._state = _State.CREATED
        self._when = when
        self._timer = None
        self._task = None
        self._cancels_before = 0

    def __repr__(self):
        words = f"[{self._state.value}]"
        if self._state is _State.ENTERED:
            when = None if self._when is None else round(self._when, 3)
            words += f" when={when}"
        return f"<Timeout {words}>"

    def when(self):
        """The deadline by the loop's clock, or None."""
        return self._when

    def reschedule(self, when):
        """Sets another deadline (None: no limit)."""
        assert self._state is not _State.CREATED
        if self._state is not _State.ENTERED:
            raise RuntimeError("Cannot change state of "
                               f"{self._state.value} Timeout")
        self._when = when
        if self._timer is not None:
            self._timer.cancel()
        if when is None:
            self._timer = None
            return
        loop = events.get_running_loop()
        if when <= loop.time():
            self._timer = loop.call_soon(self._expire)
        else:
            self._timer = loop.call_at(when, self._expire)

    def expired(self):
        """True when the deadline was passed inside the block."""
        return self._state in (_State.EXPIRING, _State.EXPIRED)

    async def __aenter__(self):
        self._state = _State.ENTERED
        self._task = tasks.current_task()
        if self._task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._cancels_before = self._task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc, tb):
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._state is _State.EXPIRING:
            self._state = _State.EXPIRED
            if (self._task.uncancel() <= self._cancels_before
                    and exc_type is exceptions.CancelledError):
                raise TimeoutError from exc
        elif self._state is _State.ENTERED:
            self._state = _State.EXITED
        return None

    def _expire(self):
        self._task.cancel()
        self._state = _State.EXPIRING
        self._timer = None


def timeout(delay):
    """A Timeout that ends `delay` seconds from now (None: never)."""
    loop = events.get_running_loop()
    return Timeout(None if delay is None else loop.time() + delay)


def timeout_at(when):
    """A Timeout that ends at the time `when` of the loop's clock."""
    return Timeout(when)
