"""run() and Runner: from a plain program into a loop, and back out of it."""

import contextvars
import functools
import _signal
import signal
import threading

from . import coroutines
from . import events
from . import exceptions
from . import tasks

__all__ = ("Runner", "run")


class Runner:
    """One loop for several run() calls, made when it is first needed."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._debug = debug
        self._factory = loop_factory
        self._loop = None
        self._context = None
        self._closed = False
        self._interrupts = 0

    def __enter__(self):
        self._prepare()
        return self

    def __exit__(self, *exc):
        self.close()

    def _prepare(self):
        if self._closed:
            raise RuntimeError("Runner is closed")
        if self._loop is not None:
            return
        if self._factory is not None:
            loop = self._factory()
        else:
            loop = events.new_event_loop()
            events.set_event_loop(loop)
        if self._debug is not None:
            loop.set_debug(self._debug)
        self._context = contextvars.copy_context()
        self._loop = loop

    def get_loop(self):
        """The runner's loop."""
        self._prepare()
        return self._loop

    def close(self):
        """Ends what still runs (tasks, generators, the executor's threads)
        and then the loop."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        self._closed = True
        try:
            _end_tasks(loop)
            for shut_down in (loop.shutdown_asyncgens,
                              loop.shutdown_default_executor):
                loop.run_until_complete(shut_down())
        finally:
            if self._factory is None:
                events.set_event_loop(None)
            loop.close()

    def run(self, coro, *, context=None):
        """The result of the coroutine, which runs as a task."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running "
                               "event loop")
        self._prepare()
        task = self._loop.create_task(
            coro, context=self._context if context is None else context)
        self._interrupts = 0
        handler = self._watch_for_interrupt(task)
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            # Nobody but Ctrl-C has cancelled it: that is what the caller sees.
            take_back = getattr(task, "uncancel", None)
            if self._interrupts and take_back is not None and not take_back():
                raise KeyboardInterrupt()
            raise
        finally:
            if handler is not None and (
                    signal.getsignal(signal.SIGINT) is handler):
                signal.signal(signal.SIGINT, signal.default_int_handler)

    def _watch_for_interrupt(self, task):
        """Installs the handler for Ctrl-C, unless the program has its own or
        this is not the main thread; the handler, or None."""
        if threading.current_thread() is not threading.main_thread():
            return None
        if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            return None
        handler = functools.partial(self._interrupted, task)
        try:
            signal.signal(signal.SIGINT, handler)
            _signal._only_interrupts(signal.SIGINT)
        except ValueError:  # signals are not for this interpreter
            return None
        return handler

    def _interrupted(self, task, number, frame):
        """The first Ctrl-C ends the task in order, the next one at once."""
        self._interrupts += 1
        if self._interrupts > 1 or task.done():
            raise KeyboardInterrupt()
        task.cancel()
        self._loop.call_soon_threadsafe(int)  # it may sleep in its poll


def run(main, *, debug=None):
    """The result of the coroutine, run on a loop of its own."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running "
                           "event loop")
    with Runner(debug=debug) as runner:
        return runner.run(main)


def _end_tasks(loop):
    """Cancels the tasks that are left and waits; what they raise instead of
    ending goes to the exception handler."""
    left = tasks.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    for task in left:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            loop.call_exception_handler({
                "message": "unhandled exception during asyncio.run() "
                           "shutdown",
                "exception": error,
                "task": task,
            })
