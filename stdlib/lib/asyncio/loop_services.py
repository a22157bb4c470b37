"""What a loop looks after beside its calls: an executor for what blocks, and asynchronous generators left open."""

import concurrent.futures
import threading
import warnings
import weakref

from . import futures
from . import tasks


class Executors:
    """Mixed into every loop: calls that are made in other threads."""

    _default_executor = None
    _takes_no_more = False

    def set_default_executor(self, executor):
        """The ThreadPoolExecutor for calls that name none."""
        if not isinstance(executor, concurrent.futures.ThreadPoolExecutor):
            raise TypeError('executor must be ThreadPoolExecutor instance')
        self._default_executor = executor

    def run_in_executor(self, executor, func, *args):
        """A future for `func(*args)`, called by the executor."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, 'run_in_executor')
        pool = self._own_executor() if executor is None else executor
        return futures.wrap_future(pool.submit(func, *args), loop=self)

    def _own_executor(self):
        if self._takes_no_more:
            raise RuntimeError('Executor shutdown has been called')
        if self._default_executor is None:
            self._default_executor = concurrent.futures.ThreadPoolExecutor(thread_name_prefix='asyncio')
        return self._default_executor

    async def shutdown_default_executor(self):
        """Waits for the executor's threads, in one more thread, so that the loop is not blocked."""
        self._takes_no_more = True
        pool = self._default_executor
        if pool is None:
            return
        ended = self.create_future()

        def wait_for_all():
            finish, outcome = ended.set_result, None
            try:
                pool.shutdown(wait=True)
            except Exception as exc:
                finish, outcome = ended.set_exception, exc
            self.call_soon_threadsafe(finish, outcome)

        waiter = threading.Thread(target=wait_for_all)
        waiter.start()
        try:
            await ended
        finally:
            waiter.join()

    def _drop_executor(self):
        """The loop closes: nobody waits for what still runs."""
        self._takes_no_more = True
        pool, self._default_executor = self._default_executor, None
        if pool is not None:
            pool.shutdown(False)


class AsyncGenerators:
    """Mixed into every loop: the hooks of asynchronous generators while it runs. One that is dropped half-way may
    have an `await` in its `finally`, so its end is a task."""

    _generators_are_over = False

    def _asyncgen_started(self, generator):
        if self._generators_are_over:
            warnings.warn(f'asynchronous generator {generator!r} was scheduled after loop.shutdown_asyncgens() call',
                          ResourceWarning, source=self)
        self._open_generators().add(generator)

    def _asyncgen_dropped(self, generator):
        self._open_generators().discard(generator)
        if not self._closed:
            self.call_soon_threadsafe(self.create_task, generator.aclose())

    def _open_generators(self):
        if self._asyncgens is None:
            self._asyncgens = weakref.WeakSet()
        return self._asyncgens

    _asyncgens = None

    async def shutdown_asyncgens(self):
        """Closes every asynchronous generator that is still open."""
        self._generators_are_over = True
        still_open = list(self._asyncgens or ())
        if not still_open:
            return
        self._asyncgens.clear()
        ends = await tasks.gather(*(generator.aclose() for generator in still_open), return_exceptions=True)
        for generator, end in zip(still_open, ends):
            if isinstance(end, Exception):
                self.call_exception_handler({
                    'message': f'an error occurred during closing of asynchronous generator {generator!r}',
                    'exception': end, 'asyncgen': generator})
