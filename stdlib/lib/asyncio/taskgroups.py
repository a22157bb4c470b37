"""TaskGroup: tasks that live no longer than an `async with` block."""

from . import events
from . import exceptions
from . import tasks

__all__ = ("TaskGroup",)

_STOPPERS = (SystemExit, KeyboardInterrupt)


class TaskGroup:
    """The block ends when all its tasks have. The first that fails, or the
    block itself, ends the others; the failures leave together, as a group."""

    def __init__(self):
        self._owner = None  # the task of the block; None: not entered
        self._loop = None
        self._leaving = False
        self._aborting = False
        self._woke_owner = False  # the owner was cancelled from here
        self._tasks = set()
        self._errors = []
        self._stopper = None  # a KeyboardInterrupt or SystemExit
        self._emptied = None  # what the end of the block waits for

    def __repr__(self):
        words = ["TaskGroup"]
        if self._tasks:
            words.append(f"tasks={len(self._tasks)}")
        if self._errors:
            words.append(f"errors={len(self._errors)}")
        if self._aborting:
            words.append("cancelling")
        elif self._owner is not None:
            words.append("entered")
        return f"<{' '.join(words)}>"

    async def __aenter__(self):
        if self._owner is not None:
            raise RuntimeError(f"TaskGroup {self!r} has been already entered")
        self._loop = events.get_running_loop()
        self._owner = tasks.current_task(self._loop)
        if self._owner is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the "
                               "parent task")
        return self

    async def __aexit__(self, kind, error, trace):
        self._leaving = True
        cancelled = isinstance(error, exceptions.CancelledError)
        outcome = error if cancelled else None
        if isinstance(error, _STOPPERS) and self._stopper is None:
            self._stopper = error
        # A cancellation that the group caused ends here; one that somebody
        # else asked for besides goes on.
        if self._woke_owner and self._owner.uncancel() == 0:
            outcome = None
        if error is not None and not self._aborting:
            self._abort()
        outcome = await self._wait_for_tasks() or outcome
        if self._stopper is not None:
            raise self._stopper
        if outcome is not None and not self._errors:
            raise outcome
        if error is not None and not cancelled:
            self._errors.append(error)
        errors, self._errors = self._errors, []
        if errors:
            try:
                raise BaseExceptionGroup("unhandled errors in a TaskGroup",
                                         errors) from None
            finally:
                errors = error = None  # they refer to this frame

    async def _wait_for_tasks(self):
        """Until the last task has ended; the cancellation that came from
        outside meanwhile, if any."""
        outside = None
        while self._tasks:
            self._emptied = self._loop.create_future()
            try:
                await self._emptied
            except exceptions.CancelledError as error:
                if not self._aborting:
                    outside = error
                    self._abort()
        self._emptied = None
        return outside

    def create_task(self, coro, *, name=None, context=None):
        """Starts a task of the group."""
        refusal = None
        if self._owner is None:
            refusal = "has not been entered"
        elif self._leaving and not self._tasks:
            refusal = "is finished"
        elif self._aborting:
            refusal = "is shutting down"
        if refusal is not None:
            raise RuntimeError(f"TaskGroup {self!r} {refusal}")
        keywords = {} if context is None else {"context": context}
        task = self._loop.create_task(coro, **keywords)
        tasks._set_task_name(task, name)
        self._tasks.add(task)
        if task.done():  # an eager one
            self._ended(task)
        else:
            task.add_done_callback(self._ended)
        return task

    def _abort(self):
        self._aborting = True
        for task in tuple(self._tasks):
            if not task.done():
                task.cancel()

    def _ended(self, task):
        self._tasks.discard(task)
        emptied = self._emptied
        if not self._tasks and emptied is not None and not emptied.done():
            emptied.set_result(None)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        self._errors.append(error)
        if isinstance(error, _STOPPERS) and self._stopper is None:
            self._stopper = error
        owner = self._owner
        if owner.done():
            self._loop.call_exception_handler({
                "message": f"Task {task!r} has errored out but its parent "
                           f"task {owner} is already completed",
                "exception": error,
                "task": task,
            })
        elif not (self._aborting or self._woke_owner):
            self._abort()
            self._woke_owner = True
            owner.cancel()
