"""Tasks: the class is native (_asyncio); here are the functions around it."""

import inspect
import types
import weakref

from _asyncio import (Task, create_task, current_task, _enter_task,
                      _leave_task, _LoopCore, _yield_once)

from . import coroutines
from . import events
from . import futures

__all__ = ("Task", "create_task", "ensure_future", "current_task",
           "all_tasks", "sleep", "eager_task_factory",
           "create_eager_task_factory", "_register_task", "_unregister_task",
           "_enter_task", "_leave_task")

# There is one implementation; tools ask for it under these names too.
_CTask = _PyTask = Task
# Tasks that are not in the list of a native loop.
_other_tasks = weakref.WeakSet()


def _create_task_on(loop, coro, name, context):
    """create_task() for a loop that makes its tasks in its own way."""
    if context is None:
        task = loop.create_task(coro)
    else:
        task = loop.create_task(coro, context=context)
    _set_task_name(task, name)
    return task


def _set_task_name(task, name):
    if name is not None:
        set_name = getattr(task, "set_name", None)
        if set_name is not None:
            set_name(name)


def create_eager_task_factory(custom_task_constructor):
    """A task factory whose tasks run at once, up to their first wait."""
    def factory(loop, coro, *, name=None, context=None):
        return custom_task_constructor(coro, loop=loop, name=name,
                                       context=context, eager_start=True)
    return factory


eager_task_factory = create_eager_task_factory(Task)


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


def all_tasks(loop=None):
    """The set of the loop's tasks that are not done."""
    if loop is None:
        loop = events.get_running_loop()
    tasks = set(loop._pending_tasks()) if isinstance(loop, _LoopCore) else (
        set())
    while True:
        try:
            others = list(_other_tasks)
        except RuntimeError:  # other threads made some meanwhile
            continue
        break
    tasks.update(task for task in others
                 if futures._get_loop(task) is loop)
    return {task for task in tasks if not task.done()}


def _register_task(task):
    _other_tasks.add(task)


def _unregister_task(task):
    _other_tasks.discard(task)


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

# Tools ask for these by the names of either implementation.
_py_register_task = _c_register_task = _register_task
_py_unregister_task = _c_unregister_task = _unregister_task
_py_enter_task = _c_enter_task = _enter_task
_py_leave_task = _c_leave_task = _leave_task
_py_current_task = _c_current_task = current_task
