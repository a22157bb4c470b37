"""What every event loop has beside its core: it runs until something is done, and looks after what it meets on the
way.

The core (queue, timers, turns, tasks) is native: _asyncio._LoopCore. Error reports, executors and asynchronous
generators have modules of their own.
"""

import importlib
import socket  # noqa: F401: the modules of connections take it from here
import sys
import threading
import time
import warnings

from _asyncio import _LoopCore

from . import coroutines
from . import events
from . import futures
from . import tasks
from .error_reports import ErrorReports
from .log import logger  # noqa: F401: looked for here
from .loop_services import AsyncGenerators, Executors
from .sendfile import SendfileCalls

# Cancelled timers are swept when there are more than this many timers and more than this part of them is cancelled: the
# figures of the core, for those who ask.
_MIN_SCHEDULED_TIMER_HANDLES, _MIN_CANCELLED_TIMER_HANDLES_FRACTION = 100, 0.5


def _run_until_complete_cb(future):
    exc = None if future.cancelled() else future.exception()
    if not isinstance(exc, (SystemExit, KeyboardInterrupt)):  # those end run_forever() by themselves
        future.get_loop().stop()


def _call_factory(factory, loop, coro, context):
    return factory(loop, coro, context=context)


class _RunningHere:
    """The thread's state while a loop runs in it: which loop, and the hooks of generators and coroutines."""

    def __init__(self, loop):
        self._loop = loop

    def __enter__(self):
        loop = self._loop
        self._before = sys.get_asyncgen_hooks(), sys.get_coroutine_origin_tracking_depth()
        loop._thread_id = threading.get_ident()
        if loop._debug:
            sys.set_coroutine_origin_tracking_depth(10)
        sys.set_asyncgen_hooks(firstiter=loop._asyncgen_started, finalizer=loop._asyncgen_dropped)
        events._set_running_loop(loop)

    def __exit__(self, *exc):
        hooks, depth = self._before
        self._loop._stopping, self._loop._thread_id = False, None
        events._set_running_loop(None)
        sys.set_coroutine_origin_tracking_depth(depth)
        sys.set_asyncgen_hooks(*hooks)


class BaseEventLoop(_LoopCore, ErrorReports, Executors, AsyncGenerators, SendfileCalls, events.AbstractEventLoop):
    """What does not depend on sockets."""

    def __init__(self):
        self._clock_resolution = time.get_clock_info('monotonic').resolution
        self._debug = coroutines._is_debug_mode()
        self.slow_callback_duration = 0.1

    def __repr__(self):
        state = f'running={self.is_running()} closed={self.is_closed()} debug={self.get_debug()}'
        return f'<{type(self).__name__} {state}>'

    def __del__(self):
        if getattr(self, '_closed', True):
            return
        warnings.warn(f'unclosed event loop {self!r}', ResourceWarning, source=self)
        if not self.is_running():
            self.close()

    # Tasks and calls.

    def get_task_factory(self):
        return self._task_factory

    def set_task_factory(self, factory):
        """`factory(loop, coro, context=...)` makes the tasks; None: asyncio.Task."""
        if not (factory is None or callable(factory)):
            raise TypeError('task factory must be a callable or None')
        self._task_factory = factory

    def set_debug(self, enabled):
        self._debug = enabled

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f'coroutines cannot be used with {method}()')
        if not callable(callback):
            raise TypeError(f'a callable object was expected by {method}(), got {callback!r}')

    def _add_callback(self, handle):
        ready = self._ready
        if not handle.cancelled():
            ready.append(handle)

    def _check_thread(self):
        if self._thread_id not in (None, threading.get_ident()):
            raise RuntimeError('Non-thread-safe operation invoked on an event loop other than the current one')

    # Running.

    def _check_can_run(self):
        self._check_closed()
        if self.is_running():
            raise RuntimeError('This event loop is already running')
        if events._get_running_loop() is not None:
            raise RuntimeError('Cannot run the event loop while another loop is running')

    def run_forever(self):
        """Runs until stop() is called."""
        self._check_can_run()
        with _RunningHere(self):
            self._run_turns()

    def run_until_complete(self, future):
        """Runs until the future (or coroutine) is done; gives its result."""
        self._check_can_run()
        task = tasks.ensure_future(future, loop=self)
        is_ours = not futures.isfuture(future)
        if is_ours:
            task._log_destroy_pending = False  # our caller sees what became of it
        task.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except:
            if is_ours and task.done() and not task.cancelled():
                task.exception()  # counts as retrieved: another error leaves
            raise
        finally:
            task.remove_done_callback(_run_until_complete_cb)
        if task.done():
            return task.result()
        raise RuntimeError('Event loop stopped before Future completed.')

    def close(self):
        """Ends the loop for good; it must not be running."""
        if self.is_running():
            raise RuntimeError('Cannot close a running event loop')
        if not self._closed:
            self._closed = True
            for calls in self._ready, self._scheduled:
                calls.clear()
            self._drop_executor()


# What is built on this module, and looked for in it all the same.
_ELSEWHERE = {'Server': 'servers', '_set_nodelay': 'socket_transports', '_ipaddr_info': 'addresses',
              '_interleave_addrinfos': 'addresses'}


def __getattr__(name):
    if name not in _ELSEWHERE:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return getattr(importlib.import_module(f'asyncio.{_ELSEWHERE[name]}'), name)
