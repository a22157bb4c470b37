"""Attempts one after the other, each with a head start over the next; the first that succeeds wins."""

__all__ = ('staggered_race',)

from . import events
from . import locks
from . import tasks


async def staggered_race(coro_fns, delay, *, loop=None):
    """Calls the functions in turn and awaits what they give: the next when the one before failed, or after `delay`
    seconds (None: only when it failed). The first result ends the race, and the others are cancelled.

    Gives (result, its index, exceptions): the exceptions of those that were started, None for the winner's.
    """
    loop = loop or events.get_running_loop()
    failures = []
    winner = None
    runners = set()
    wake = locks.Event()  # somebody failed or won

    async def attempt(index, function):
        nonlocal winner
        try:
            result = await function()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            failures[index] = exc
        else:
            if winner is None:
                winner = (result, index)
        wake.set()

    try:
        for index, function in enumerate(coro_fns):
            failures.append(None)
            runner = loop.create_task(attempt(index, function))
            runners.add(runner)
            await _wait_for(wake, delay)
            wake.clear()
            if winner is not None:
                break
        while winner is None and any(not runner.done() for runner in runners):
            await tasks.wait(runners, return_when=tasks.FIRST_COMPLETED)
            runners = {runner for runner in runners if not runner.done()}
    finally:
        losers = [runner for runner in runners if not runner.done()]
        for runner in losers:
            runner.cancel()
    if losers:
        await tasks.wait(losers)
    return (*(winner or (None, None)), failures)


async def _wait_for(event, seconds):
    try:
        await tasks.wait_for(event.wait(), seconds)
    except TimeoutError:
        pass
