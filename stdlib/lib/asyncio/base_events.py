"""What every event loop does beside the core: running until something is
done, executors, asynchronous generators, errors nobody catches.

The core itself (queue, timers, turns, tasks) is native: _asyncio._LoopCore.
"""

import concurrent.futures
import socket  # noqa: F401: the modules of connections take it from here
import sys
import threading
import time
import warnings
import weakref

from _asyncio import _LoopCore

from . import coroutines
from . import events
from . import futures
from . import tasks
from .log import logger
from .sendfile import SendfileCalls

# Cancelled timers are swept when there are more than this many of them and
# they are more than this part of all (the core's own figures).
_MIN_SCHEDULED_TIMER_HANDLES = 100
_MIN_CANCELLED_TIMER_HANDLES_FRACTION = 0.5


def _call_factory(factory, loop, coro, context):
    return factory(loop, coro, context=context)


def _run_until_complete_cb(future):
    if not future.cancelled():
        exc = future.exception()
        if isinstance(exc, (SystemExit, KeyboardInterrupt)):
            return  # run_forever ends with it anyway
    future.get_loop().stop()


class BaseEventLoop(_LoopCore, SendfileCalls, events.AbstractEventLoop):
    """What does not depend on sockets."""

    def __init__(self):
        self._exception_handler = None
        self._default_executor = None
        self._executor_shutdown_called = False
        self._asyncgens = weakref.WeakSet()
        self._asyncgens_shutdown_called = False
        self._clock_resolution = time.get_clock_info("monotonic").resolution
        self.slow_callback_duration = 0.1
        self._debug = coroutines._is_debug_mode()

    def __repr__(self):
        return (f"<{type(self).__name__} running={self.is_running()} "
                f"closed={self.is_closed()} debug={self.get_debug()}>")

    def __del__(self):
        if not getattr(self, "_closed", True):
            warnings.warn(f"unclosed event loop {self!r}", ResourceWarning,
                          source=self)
            if not self.is_running():
                self.close()

    # Tasks and calls.

    def set_task_factory(self, factory):
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    def _check_callback(self, callback, method):
        if (coroutines.iscoroutine(callback)
                or coroutines.iscoroutinefunction(callback)):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), "
                            f"got {callback!r}")

    def _add_callback(self, handle):
        if not handle._cancelled:
            self._ready.append(handle)

    def _check_thread(self):
        if self._thread_id not in (None, threading.get_ident()):
            raise RuntimeError("Non-thread-safe operation invoked on an "
                               "event loop other than the current one")

    # Running.

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop "
                               "is running")

    def run_forever(self):
        """Runs until stop() is called."""
        self._check_closed()
        self._check_running()
        old_hooks = sys.get_asyncgen_hooks()
        old_depth = sys.get_coroutine_origin_tracking_depth()
        try:
            self._thread_id = threading.get_ident()
            if self._debug:
                sys.set_coroutine_origin_tracking_depth(10)
            sys.set_asyncgen_hooks(firstiter=self._asyncgen_started,
                                   finalizer=self._asyncgen_dropped)
            events._set_running_loop(self)
            self._run_turns()
        finally:
            self._stopping = False
            self._thread_id = None
            events._set_running_loop(None)
            sys.set_coroutine_origin_tracking_depth(old_depth)
            sys.set_asyncgen_hooks(*old_hooks)

    def run_until_complete(self, future):
        """Runs until the future (or coroutine) is done; gives its result."""
        self._check_closed()
        self._check_running()
        is_new = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if is_new:
            # The caller sees the outcome: no word about a pending task.
            future._log_destroy_pending = False
        future.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except:
            if is_new and future.done() and not future.cancelled():
                future.exception()  # counts as retrieved
            raise
        finally:
            future.remove_done_callback(_run_until_complete_cb)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def close(self):
        """Ends the loop for good; it must not be running."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        self._closed = True
        self._ready.clear()
        self._scheduled.clear()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def set_debug(self, enabled):
        self._debug = enabled

    # Asynchronous generators.

    def _asyncgen_started(self, agen):
        if self._asyncgens_shutdown_called:
            warnings.warn(f"asynchronous generator {agen!r} was scheduled "
                          "after loop.shutdown_asyncgens() call",
                          ResourceWarning, source=self)
        self._asyncgens.add(agen)

    def _asyncgen_dropped(self, agen):
        self._asyncgens.discard(agen)
        if not self._closed:
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        """Closes every asynchronous generator that is still open."""
        self._asyncgens_shutdown_called = True
        open_generators = list(self._asyncgens)
        self._asyncgens.clear()
        if not open_generators:
            return
        results = await tasks.gather(
            *[agen.aclose() for agen in open_generators],
            return_exceptions=True)
        for result, agen in zip(results, open_generators):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    "message": "an error occurred during closing of "
                               f"asynchronous generator {agen!r}",
                    "exception": result,
                    "asyncgen": agen,
                })

    # Executors.

    def run_in_executor(self, executor, func, *args):
        """A future for `func(*args)`, called by the executor."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, "run_in_executor")
        if executor is None:
            if self._executor_shutdown_called:
                raise RuntimeError("Executor shutdown has been called")
            executor = self._default_executor
            if executor is None:
                executor = concurrent.futures.ThreadPoolExecutor(
                    thread_name_prefix="asyncio")
                self._default_executor = executor
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        if not isinstance(executor, concurrent.futures.ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    async def shutdown_default_executor(self):
        """Waits, without blocking the loop, for the executor's threads."""
        self._executor_shutdown_called = True
        executor = self._default_executor
        if executor is None:
            return
        finished = self.create_future()

        def shut_down():
            try:
                executor.shutdown(wait=True)
            except Exception as exc:
                self.call_soon_threadsafe(finished.set_exception, exc)
            else:
                self.call_soon_threadsafe(finished.set_result, None)

        thread = threading.Thread(target=shut_down)
        thread.start()
        try:
            await finished
        finally:
            thread.join()

    # Errors nobody catches.

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError("A callable object or None is expected, "
                            f"got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Logs the context of an error, its traceback with it."""
        message = context.get("message") or (
            "Unhandled exception in event loop")
        exc = context.get("exception")
        lines = [message]
        for key in sorted(context):
            if key == "source_traceback":
                import traceback
                stack = "".join(traceback.format_list(context[key]))
                lines.append("source_traceback: Object created at "
                             "(most recent call last):\n"
                             + stack.rstrip())
            elif key not in ("message", "exception"):
                lines.append(f"{key}: {context[key]!r}")
        info = (type(exc), exc, exc.__traceback__) if exc is not None else (
            False)
        logger.error("\n".join(lines), exc_info=info)

    def call_exception_handler(self, context):
        """Hands the context of an error to the handler that is set."""
        handler = self._exception_handler
        try:
            if handler is None:
                self.default_exception_handler(context)
            else:
                handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._exception_handler_failed(handler, context, exc)

    def _exception_handler_failed(self, handler, context, exc):
        while_doing = ""
        if handler is not None:
            while_doing = (" while handling an unexpected error in custom "
                           "exception handler")
            try:
                self.default_exception_handler({
                    "message": "Unhandled error in exception handler",
                    "exception": exc,
                    "context": context,
                })
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException:
                pass
        logger.error("Exception in default exception handler" + while_doing,
                     exc_info=True)


# Built on this module, and looked for here by those who use them.
_ELSEWHERE = {
    "Server": "servers",
    "_set_nodelay": "socket_transports",
    "_ipaddr_info": "addresses",
    "_interleave_addrinfos": "addresses",
}


def __getattr__(name):
    module = _ELSEWHERE.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib
    return getattr(importlib.import_module(f"asyncio.{module}"), name)
