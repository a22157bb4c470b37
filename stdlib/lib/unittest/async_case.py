"""IsolatedAsyncioTestCase: test methods that are coroutines, each run in an event loop of its own.

TestCase calls setUp, test, tearDown and cleanups through _callSetUp and its kin; here these go through _step, which
runs coroutine functions in the loop and other functions beside it, all in one context, so that context variables
carry over.
"""
import asyncio
import contextvars
import inspect

from .case import TestCase

__unittest = True


class IsolatedAsyncioTestCase(TestCase):
    """A TestCase whose tests, asyncSetUp, asyncTearDown and cleanups may be coroutines."""

    def __init__(self, methodName='runTest'):
        super().__init__(methodName)
        self._context = contextvars.copy_context()
        self._runner = None

    async def asyncSetUp(self):
        """For subclasses: comes after setUp."""

    async def asyncTearDown(self):
        """For subclasses: comes before tearDown."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        """Await func(...) when the test is over. It is one stack with the cleanups of addCleanup."""
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        """What the asynchronous context manager gives; it is left when the test is over."""
        kind = type(cm)
        enter, leave = (getattr(kind, name, None) for name in ('__aenter__', '__aexit__'))
        if enter is None or leave is None:
            name = f'{kind.__module__}.{kind.__qualname__}'
            raise TypeError(f"'{name}' object does not support the asynchronous context manager protocol")
        value = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return value

    # --- the steps of a test ---

    def _step(self, function, *args, **kwargs):
        if self._runner is None:
            raise AssertionError('asyncio runner is not initialized')
        if inspect.iscoroutinefunction(function):
            return self._runner.run(function(*args, **kwargs), context=self._context)
        return self._context.run(function, *args, **kwargs)

    def _callSetUp(self):
        self._runner.get_loop()  # setUp may ask for it
        self._step(self.setUp)
        self._step(self.asyncSetUp)

    def _callTestMethod(self, method):
        if self._step(method) is not None:
            import warnings
            warnings.warn(f'It is deprecated to return a value that is not None from a test case ({method})',
                          DeprecationWarning, stacklevel=5)

    def _callTearDown(self):
        self._step(self.asyncTearDown)
        self._step(self.tearDown)

    def _callCleanup(self, function, *args, **kwargs):
        self._step(function, *args, **kwargs)

    # --- the loop ---

    def _setupAsyncioRunner(self):
        if self._runner is not None:
            raise AssertionError('asyncio runner is already initialized')
        self._runner = asyncio.Runner(debug=True)

    def _tearDownAsyncioRunner(self):
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.close()

    def run(self, result=None):
        self._setupAsyncioRunner()
        try:
            return super().run(result)
        finally:
            self._tearDownAsyncioRunner()

    def debug(self):
        # A test that fails leaves the loop open, so that a debugger finds it; it goes with the test case.
        self._setupAsyncioRunner()
        super().debug()
        self._tearDownAsyncioRunner()

    def __del__(self):
        self._tearDownAsyncioRunner()
