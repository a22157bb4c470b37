"""Task: drives a coroutine on a loop, one step a call.

A step sends into the coroutine until it yields a Future to wait for (the
Future's callback makes the next step) or None (the loop makes it at once).
"""

import contextvars
import inspect
import itertools
import types
import weakref

from . import coroutines
from . import events
from . import exceptions
from . import futures
from .futures import _PENDING, Future

__all__ = ("Task", "create_task", "ensure_future", "current_task",
           "all_tasks", "sleep", "_register_task", "_unregister_task",
           "_enter_task", "_leave_task")

CancelledError = exceptions.CancelledError

_next_number = itertools.count(1).__next__
_copy_context = contextvars.copy_context
_future_cancel = Future.cancel
_future_set_result = Future.set_result
_future_set_exception = Future.set_exception

# The task that runs now, by loop.
_current_tasks = {}
# Tasks of loops that keep no registry of their own.
_other_tasks = weakref.WeakSet()


def _registry_of(loop):
    registry = getattr(loop, "_task_registry", None)
    return registry if type(registry) is weakref.WeakSet else _other_tasks


def _loop_of(future):
    try:
        return future.get_loop()
    except AttributeError:  # futures of an older kind have the field only
        return future._loop


class Task(Future):
    """A coroutine wrapped in a Future."""

    __slots__ = ("_coro", "_context", "_must_cancel", "_waiting_on", "_name",
                 "_cancels_requested", "_log_destroy_pending")

    def __init__(self, coro, *, loop=None, name=None, context=None):
        Future.__init__(self, loop=loop)
        self._log_destroy_pending = False
        if not coroutines.iscoroutine(coro):
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._log_destroy_pending = True
        self._name = (f"Task-{_next_number()}" if name is None else str(name))
        self._must_cancel = False
        self._waiting_on = None
        self._cancels_requested = 0
        self._coro = coro
        self._context = _copy_context() if context is None else context
        self._loop.call_soon(self._step, context=self._context)
        _registry_of(self._loop).add(self)

    def __del__(self):
        try:
            if self._state == _PENDING and self._log_destroy_pending:
                context = {"task": self,
                           "message": "Task was destroyed but it is pending!"}
                if self._source_traceback:
                    context["source_traceback"] = self._source_traceback
                self._loop.call_exception_handler(context)
        except AttributeError:  # __init__ did not run to its end
            return
        Future.__del__(self)

    __class_getitem__ = classmethod(types.GenericAlias)

    @property
    def _fut_waiter(self):
        return self._waiting_on

    def _repr_info(self):
        info = Future._repr_info(self)
        if self._cancels_requested and self._state == _PENDING:
            info[0] = "cancelling"
        extra = [f"name={self._name!r}",
                 f"coro=<{coroutines.describe_coroutine(self._coro)}>"]
        if self._waiting_on is not None:
            extra.append(f"wait_for={self._waiting_on!r}")
        info[1:1] = extra
        return info

    def get_coro(self):
        """The coroutine that the task drives."""
        return self._coro

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def get_stack(self, *, limit=None):
        """The frames the task is suspended in, or its traceback's."""
        frames = []
        if self._coro is not None and self._exception is None:
            frame = (getattr(self._coro, "cr_frame", None)
                     or getattr(self._coro, "gi_frame", None))
            while frame is not None:
                if limit is not None and len(frames) >= limit:
                    break
                frames.append(frame)
                frame = frame.f_back
            frames.reverse()
        elif self._exception is not None:
            entry = self._exception.__traceback__
            while entry is not None:
                if limit is not None and len(frames) >= limit:
                    break
                frames.append(entry.tb_frame)
                entry = entry.tb_next
        return frames

    def print_stack(self, *, limit=None, file=None):
        """Prints the stack, or the traceback, of the task's coroutine."""
        import linecache
        import sys
        import traceback
        file = sys.stderr if file is None else file
        frames = self.get_stack(limit=limit)
        entries = []
        for frame in frames:
            name = frame.f_code.co_filename
            linecache.checkcache(name)
            line = linecache.getline(name, frame.f_lineno, frame.f_globals)
            entries.append((name, frame.f_lineno, frame.f_code.co_name, line))
        exc = self._exception
        if not entries:
            print(f"No stack for {self!r}", file=file)
        elif exc is not None:
            print(f"Traceback for {self!r} (most recent call last):",
                  file=file)
        else:
            print(f"Stack for {self!r} (most recent call last):", file=file)
        traceback.print_list(entries, file=file)
        if exc is not None:
            for line in traceback.format_exception_only(type(exc), exc):
                print(line, file=file, end="")

    def cancel(self, msg=None):
        """Asks for a CancelledError to be thrown into the coroutine."""
        self._log_traceback = False
        if self._state != _PENDING:
            return False
        self._cancels_requested += 1
        waiting_on = self._waiting_on
        if waiting_on is not None and waiting_on.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        """How many times cancel() was asked for and not taken back."""
        return self._cancels_requested

    def uncancel(self):
        """Takes one request to cancel back; gives the number left."""
        if self._cancels_requested > 0:
            self._cancels_requested -= 1
        return self._cancels_requested

    def _step(self, exc=None):
        if self._state != _PENDING:
            raise exceptions.InvalidStateError(
                f"_step(): already done: {self!r}, {exc!r}")
        if self._must_cancel:
            if not isinstance(exc, CancelledError):
                exc = self._make_cancelled_error()
            self._must_cancel = False
        self._waiting_on = None
        loop = self._loop
        if loop in _current_tasks:
            _enter_task(loop, self)
        _current_tasks[loop] = self
        try:
            if exc is None:
                awaited = self._coro.send(None)
            else:
                awaited = self._coro.throw(exc)
        except StopIteration as stop:
            if self._must_cancel:
                self._must_cancel = False
                _future_cancel(self, self._cancel_message)
            else:
                _future_set_result(self, stop.value)
        except CancelledError as error:
            self._exception = error
            _future_cancel(self)
        except (KeyboardInterrupt, SystemExit) as error:
            _future_set_exception(self, error)
            raise
        except BaseException as error:
            _future_set_exception(self, error)
        else:
            if awaited is None:
                loop.call_soon(self._step, context=self._context)
            else:
                self._wait_for(awaited)
        finally:
            del _current_tasks[loop]
            exc = None

    def _wait_for(self, awaited):
        """Has the next step made when `awaited` is done."""
        blocking = getattr(awaited, "_asyncio_future_blocking", None)
        same_loop = blocking is None or _loop_of(awaited) is self._loop
        if blocking and same_loop and awaited is not self:
            awaited._asyncio_future_blocking = False
            awaited.add_done_callback(self._wakeup, context=self._context)
            self._waiting_on = awaited
            if self._must_cancel and awaited.cancel(msg=self._cancel_message):
                self._must_cancel = False
            return
        if not same_loop:
            words = (f"Task {self!r} got Future {awaited!r} attached to a "
                     "different loop")
        elif blocking:
            words = f"Task cannot await on itself: {self!r}"
        elif blocking is not None:
            words = ("yield was used instead of yield from in task "
                     f"{self!r} with {awaited!r}")
        elif inspect.isgenerator(awaited):
            words = ("yield was used instead of yield from for generator in "
                     f"task {self!r} with {awaited!r}")
        else:
            words = f"Task got bad yield: {awaited!r}"
        self._loop.call_soon(self._step, RuntimeError(words),
                             context=self._context)

    def _wakeup(self, future):
        # The coroutine's own `await` takes the result from the future; only
        # the exception of a foreign future has to be thrown from here.
        if isinstance(future, Future):
            self._step()
            return
        try:
            future.result()
        except BaseException as exc:
            self._step(exc)
        else:
            self._step()

    _wakeup.__qualname__ = "Task.task_wakeup"
    _step.__qualname__ = "TaskStepMethWrapper"


def create_task(coro, *, name=None, context=None):
    """A Task for `coro` on the running loop."""
    loop = events.get_running_loop()
    if context is None:
        task = loop.create_task(coro)
    else:
        task = loop.create_task(coro, context=context)
    if name is not None:
        task.set_name(name)
    return task


@types.coroutine
def _await_any(awaitable):
    return (yield from awaitable.__await__())


def ensure_future(coro_or_future, *, loop=None):
    """A Future for a coroutine, an awaitable, or the Future itself."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future.get_loop():
            raise ValueError("The future belongs to a different loop than "
                             "the one specified as the loop argument")
        return coro_or_future
    coro = coro_or_future
    if not coroutines.iscoroutine(coro):
        if not inspect.isawaitable(coro):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable "
                            "is required")
        coro = _await_any(coro)
    if loop is None:
        loop = events.get_event_loop()
    return loop.create_task(coro)


def current_task(loop=None):
    """The task that runs in `loop` now, or None."""
    if loop is None:
        loop = events.get_running_loop()
    return _current_tasks.get(loop)


def all_tasks(loop=None):
    """The set of the loop's tasks that are not done."""
    if loop is None:
        loop = events.get_running_loop()
    return {task for task in list(_registry_of(loop))
            if task.get_loop() is loop and not task.done()}


def _register_task(task):
    _registry_of(task.get_loop()).add(task)


def _unregister_task(task):
    _registry_of(task.get_loop()).discard(task)


def _enter_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another "
                           f"task {running!r} is being executed.")
    _current_tasks[loop] = task


def _leave_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the "
                           f"current task {running!r}.")
    del _current_tasks[loop]


class _YieldOnce:
    __slots__ = ()

    def __await__(self):
        yield


_yield_once = _YieldOnce()


async def sleep(delay, result=None):
    """Gives `result` after `delay` seconds; sleep(0) lets others run."""
    if delay <= 0:
        await _yield_once
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled,
                            future, result)
    try:
        return await future
    finally:
        timer.cancel()


# The functions that wait for several futures belong to this module's names.
from .waiting import *  # noqa: E402,F401,F403
from .waiting import (FIRST_COMPLETED, FIRST_EXCEPTION,  # noqa: E402,F401
                      ALL_COMPLETED)
from . import waiting as _waiting  # noqa: E402

__all__ += _waiting.__all__
