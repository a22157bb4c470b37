"""Lock, Event, Condition, Semaphore, BoundedSemaphore and Barrier for tasks.

None of them is for threads: they rely on a loop running in one thread.
Waiters are served in the order in which they came.
"""

import collections
import enum

from . import exceptions
from . import mixins

__all__ = ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore",
           "Barrier")


class _Line(mixins.LoopBoundMixin):
    """Tasks that stand in line, each with a future of its own, until they are
    called: what all the classes here have in common."""

    def __init__(self):
        self._waiters = collections.deque()

    def _describe(self, state):
        if self._waiters:
            state = f"{state}, waiters:{len(self._waiters)}"
        return f"<{object.__repr__(self)[1:-1]} [{state}]>"

    async def _stand_in_line(self):
        """Until this task is called."""
        place = self._get_loop().create_future()
        self._waiters.append(place)
        try:
            await place
        except exceptions.CancelledError:
            self._waiters.remove(place)
            self._left_line(called=not place.cancelled())
            raise
        self._waiters.remove(place)

    def _left_line(self, called):
        """A task was cancelled in line, maybe after it had been called."""

    def _call(self, count):
        """Calls the next tasks in line; how many."""
        called = 0
        for place in self._waiters:
            if called == count:
                break
            if not place.done():
                place.set_result(None)
                called += 1
        return called


class _Acquirable:
    """`async with`: acquire at the start, release at the end."""

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *exc):
        self.release()


class Lock(_Acquirable, _Line):
    """A mutual exclusion lock."""

    def __init__(self):
        super().__init__()
        self._locked = False

    def __repr__(self):
        return self._describe("locked" if self._locked else "unlocked")

    def locked(self):
        return self._locked

    async def acquire(self):
        """Waits until the lock is free and takes it."""
        # It may be free and promised to the one that was called.
        if self._locked or not all(place.cancelled()
                                   for place in self._waiters):
            await self._stand_in_line()
        self._locked = True
        return True

    def release(self):
        """Gives the lock back; the first in line gets it."""
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._call_first()

    def _call_first(self):
        if self._waiters and not self._waiters[0].done():
            self._waiters[0].set_result(None)

    def _left_line(self, called):
        if not self._locked:
            self._call_first()


class Event(_Line):
    """A flag that tasks can wait for."""

    def __init__(self):
        super().__init__()
        self._value = False

    def __repr__(self):
        return self._describe("set" if self._value else "unset")

    def is_set(self):
        return self._value

    def set(self):
        if not self._value:
            self._value = True
            self._call(-1)

    def clear(self):
        self._value = False

    async def wait(self):
        """Waits until the flag is set; True."""
        if not self._value:
            await self._stand_in_line()
        return True


class Condition(_Acquirable, _Line):
    """A condition variable around a lock."""

    def __init__(self, lock=None):
        super().__init__()
        self._lock = Lock() if lock is None else lock
        self.locked = self._lock.locked
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __repr__(self):
        return self._describe("locked" if self.locked() else "unlocked")

    async def wait(self):
        """Lets the lock go until notified, and has it again at the end."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        self.release()
        try:
            await self._stand_in_line()
        finally:
            await self._take_lock_back()
        return True

    async def _take_lock_back(self):
        """Whatever happens; a cancellation meanwhile is raised afterwards."""
        cancelled = None
        while True:
            try:
                await self.acquire()
                break
            except exceptions.CancelledError as error:
                cancelled = error
        if cancelled is not None:
            try:
                raise cancelled
            finally:
                cancelled = None  # it refers to this frame

    async def wait_for(self, predicate):
        """Waits until `predicate()` is true; gives its value."""
        while not (value := predicate()):
            await self.wait()
        return value

    def notify(self, n=1):
        """Wakes at most `n` of the waiting tasks."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._call(n)

    def notify_all(self):
        self.notify(len(self._waiters))


class Semaphore(_Acquirable, _Line):
    """At most `value` holders at a time."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__()
        self._value = value

    def __repr__(self):
        return self._describe("locked" if self.locked()
                              else f"unlocked, value:{self._value}")

    def locked(self):
        """True when acquire() would have to wait."""
        return self._value == 0 or any(not place.cancelled()
                                       for place in self._waiters)

    async def acquire(self):
        if not self.locked():
            self._value -= 1
            return True
        await self._stand_in_line()
        if self._value > 0:
            self._give_away()
        return True

    def release(self):
        self._value += 1
        self._give_away()

    def _give_away(self):
        # The place is taken here, on behalf of the one that is called.
        self._value -= self._call(1)

    def _left_line(self, called):
        if called:
            self._value += 1
            self._give_away()


class BoundedSemaphore(Semaphore):
    """A Semaphore that must not be released more often than acquired."""

    def __init__(self, value=1):
        self._bound_value = value
        super().__init__(value)

    def release(self):
        if self._value >= self._bound_value:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class _BarrierState(enum.Enum):
    FILLING = "filling"
    DRAINING = "draining"
    RESETTING = "resetting"
    BROKEN = "broken"


class Barrier(mixins.LoopBoundMixin):
    """Lets tasks through once `parties` of them have come."""

    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition()
        self._parties = parties
        self._state = _BarrierState.FILLING
        self._count = 0

    def __repr__(self):
        state = self._state.value
        if not self.broken:
            state += f", waiters:{self.n_waiting}/{self.parties}"
        return f"<{object.__repr__(self)[1:-1]} [{state}]>"

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *exc):
        pass

    async def wait(self):
        """Waits for the others; gives each task its own index."""
        async with self._cond:
            await self._enter()
            try:
                index = self._count
                self._count += 1
                if index + 1 == self._parties:
                    self._state = _BarrierState.DRAINING
                    self._cond.notify_all()
                else:
                    await self._wait_until_full()
                return index
            finally:
                self._count -= 1
                self._leave()

    async def _enter(self):
        await self._cond.wait_for(lambda: self._state not in (
            _BarrierState.DRAINING, _BarrierState.RESETTING))
        if self._state is _BarrierState.BROKEN:
            raise exceptions.BrokenBarrierError("Barrier aborted")

    async def _wait_until_full(self):
        await self._cond.wait_for(
            lambda: self._state is not _BarrierState.FILLING)
        if self._state in (_BarrierState.BROKEN, _BarrierState.RESETTING):
            raise exceptions.BrokenBarrierError("Abort or reset of barrier")

    def _leave(self):
        if self._count == 0:
            if self._state in (_BarrierState.RESETTING,
                               _BarrierState.DRAINING):
                self._state = _BarrierState.FILLING
            self._cond.notify_all()

    async def reset(self):
        """Empties the barrier; tasks that wait get BrokenBarrierError."""
        async with self._cond:
            if self._count > 0:
                self._state = _BarrierState.RESETTING
            else:
                self._state = _BarrierState.FILLING
            self._cond.notify_all()

    async def abort(self):
        """Breaks the barrier for those who wait and who come later."""
        async with self._cond:
            self._state = _BarrierState.BROKEN
            self._cond.notify_all()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state is _BarrierState.FILLING else 0

    @property
    def broken(self):
        return self._state is _BarrierState.BROKEN
