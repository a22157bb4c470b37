"""A scheduler of events: each is a function to be called at a time, by priority among those of the same time.

The clock and the way to wait are given to the scheduler, so that it can run on a simulated time as well.
"""
import heapq
import itertools
import threading
from collections import namedtuple
from time import monotonic as _monotonic, sleep as _sleep

__all__ = ['scheduler']

_no_kwargs = {}


class Event(namedtuple('Event', 'time, priority, sequence, action, argument, kwargs')):
    """What enter() and enterabs() give: the time, priority, number, function and arguments of a call to come."""

    __slots__ = ()


Event.sequence.__doc__ = 'A number that grows from event to event: those of equal time and priority run in that order.'


class scheduler:
    """Runs events in order. timefunc() tells the time, delayfunc(n) waits for n of its units."""

    def __init__(self, timefunc=_monotonic, delayfunc=_sleep):
        self._queue = []
        self._lock = threading.RLock()
        self._numbers = itertools.count()
        self.timefunc = timefunc
        self.delayfunc = delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs=_no_kwargs):
        """Add an event at a time of the clock; the event returned can be cancelled."""
        if kwargs is _no_kwargs:
            kwargs = {}
        with self._lock:
            event = Event(time, priority, next(self._numbers), action, argument, kwargs)
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_no_kwargs):
        """Add an event that many units from now."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Remove an event; ValueError when it is not in the queue."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        """Are there no events?"""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Run every event at its time. With blocking=False only those that are due, and return how long the next one has."""
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                wait = event.time - self.timefunc()
                if wait <= 0:
                    heapq.heappop(self._queue)
            if wait > 0:
                if not blocking:
                    return wait
                self.delayfunc(wait)
            else:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)  # a chance for other threads

    @property
    def queue(self):
        """The events in the order in which they will run."""
        with self._lock:
            events = self._queue[:]
        return [heapq.heappop(events) for _ in range(len(events))]
