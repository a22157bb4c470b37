"""run() and Runner: a loop for one program, from its start to its end."""

import contextvars
import enum
import signal
import threading

from . import coroutines
from . import events
from . import exceptions
from . import tasks

__all__ = ("Runner", "run")


class _State(enum.Enum):
    CREATED = "created"
    INITIALIZED = "initialized"
    CLOSED = "closed"


class Runner:
    """Keeps one loop for several run() calls; closes it at the end."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = _State.CREATED
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = None
        self._context = None
        self._interrupts = 0
        self._set_event_loop = False

    def __enter__(self):
        self._start()
        return self

    def __exit__(self, exc_type, exc, tb):
        self.close()

    def close(self):
        """Cancels what is left, closes generators, executor and loop."""
        if self._state is not _State.INITIALIZED:
            return
        loop = self._loop
        try:
            _cancel_all_tasks(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            if self._set_event_loop:
                events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._state = _State.CLOSED

    def get_loop(self):
        self._start()
        return self._loop

    def run(self, coro, *, context=None):
        """Runs the coroutine on the runner's loop; gives its result."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running "
                               "event loop")
        self._start()
        task = self._loop.create_task(
            coro, context=self._context if context is None else context)
        handler = self._catch_interrupts(task)
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            if self._interrupts > 0:
                uncancel = getattr(task, "uncancel", None)
                if uncancel is not None and uncancel() == 0:
                    raise KeyboardInterrupt()
            raise
        finally:
            if (handler is not None
                    and signal.getsignal(signal.SIGINT) is handler):
                signal.signal(signal.SIGINT, signal.default_int_handler)

    def _catch_interrupts(self, task):
        """The first Ctrl-C cancels the task, the next ones interrupt."""
        self._interrupts = 0
        if (threading.current_thread() is not threading.main_thread()
                or signal.getsignal(signal.SIGINT)
                is not signal.default_int_handler):
            return None
        loop = self._loop

        def on_interrupt(number, frame):
            self._interrupts += 1
            if self._interrupts == 1 and not task.done():
                task.cancel()
                # The loop may sleep in its poll.
                loop.call_soon_threadsafe(_nothing)
                return
            raise KeyboardInterrupt()

        try:
            signal.signal(signal.SIGINT, on_interrupt)
        except ValueError:
            return None
        return on_interrupt

    def _start(self):
        if self._state is _State.CLOSED:
            raise RuntimeError("Runner is closed")
        if self._state is _State.INITIALIZED:
            return
        if self._loop_factory is None:
            self._loop = events.new_event_loop()
            if not self._set_event_loop:
                events.set_event_loop(self._loop)
                self._set_event_loop = True
        else:
            self._loop = self._loop_factory()
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = contextvars.copy_context()
        self._state = _State.INITIALIZED


def _nothing():
    pass


def run(main, *, debug=None):
    """Runs the coroutine on a loop of its own; gives its result."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running "
                           "event loop")
    with Runner(debug=debug) as runner:
        return runner.run(main)


def _cancel_all_tasks(loop):
    left = tasks.all_tasks(loop)
    if not left:
        return
    for task in left:
        task.cancel()
    loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                "message": "unhandled exception during asyncio.run() "
                           "shutdown",
                "exception": task.exception(),
                "task": task,
            })
