"""Helpers for the with statement: managers made of generators, stacks of managers, ready-made managers.

The plain and the asynchronous half mirror each other. What both need of a generator's answer to an exception is in
`_is_the_same_stop`, what both stacks need is in `_StackBase`.
"""
import abc
import os
import sys
from collections import deque
from functools import wraps
from types import GenericAlias, MethodType
import _collections_abc

__all__ = ['asynccontextmanager', 'contextmanager', 'closing', 'nullcontext', 'AbstractContextManager',
           'AbstractAsyncContextManager', 'AsyncExitStack', 'ContextDecorator', 'ExitStack', 'redirect_stdout',
           'redirect_stderr', 'suppress', 'aclosing', 'chdir']


# --- what a manager is ---

class AbstractContextManager(abc.ABC):
    """What has __enter__ and __exit__; __enter__ returns the manager itself unless a class says otherwise."""

    __class_getitem__ = classmethod(GenericAlias)

    def __enter__(self):
        """Return `self`."""
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """Leave the block; a true answer swallows the exception."""
        return None

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is not AbstractContextManager:
            return NotImplemented
        return _collections_abc._check_methods(subclass, '__enter__', '__exit__')


class AbstractAsyncContextManager(abc.ABC):
    """What has __aenter__ and __aexit__."""

    __class_getitem__ = classmethod(GenericAlias)

    async def __aenter__(self):
        """Return `self`."""
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """Leave the block; a true answer swallows the exception."""
        return None

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is not AbstractAsyncContextManager:
            return NotImplemented
        return _collections_abc._check_methods(subclass, '__aenter__', '__aexit__')


class ContextDecorator:
    """Lets a manager be written as a decorator: each call of the function is a with block."""

    def _recreate_cm(self):
        """The manager for one call; those that can be used once only make a new one here."""
        return self

    def __call__(self, func):
        @wraps(func)
        def inside(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inside


class AsyncContextDecorator:
    """The same for coroutine functions."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        async def inside(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)
        return inside


# --- managers made of generators ---

def _is_the_same_stop(raised, thrown, stop_types):
    """Whether a RuntimeError is only the wrapping that a StopIteration gets on its way out of a generator."""
    return isinstance(thrown, stop_types) and raised.__cause__ is thrown


class _GeneratorParts:
    """A generator and what it was made from, so that a decorator can make it anew."""

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self._origin = func, args, kwds
        doc = getattr(func, '__doc__', None)
        self.__doc__ = type(self).__doc__ if doc is None else doc

    def _recreate_cm(self):
        return type(self)(*self._origin)


class _GeneratorContextManager(_GeneratorParts, AbstractContextManager, ContextDecorator):
    """The manager that a function decorated with contextmanager returns."""

    def __enter__(self):
        # Not needed any more, and it may be all that keeps large objects alive.
        self._origin = None
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, exc_type, value, traceback):
        if exc_type is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = exc_type()
        try:
            self.gen.throw(exc_type, value, traceback)
        except StopIteration as stop:
            # Swallowed, unless it is the very exception of the block.
            return stop is not value
        except RuntimeError as error:
            if error is not value and not _is_the_same_stop(error, value, StopIteration):
                raise
            value.__traceback__ = traceback
            return False
        except BaseException as error:
            if error is not value:
                raise
            error.__traceback__ = traceback
            return False
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(_GeneratorParts, AbstractAsyncContextManager, AsyncContextDecorator):
    """The manager that a function decorated with asynccontextmanager returns."""

    async def __aenter__(self):
        self._origin = None
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, exc_type, value, traceback):
        if exc_type is None:
            try:
                await anext(self.gen)
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = exc_type()
        try:
            await self.gen.athrow(exc_type, value, traceback)
        except StopAsyncIteration as stop:
            return stop is not value
        except RuntimeError as error:
            if error is not value and not _is_the_same_stop(error, value, (StopIteration, StopAsyncIteration)):
                raise
            value.__traceback__ = traceback
            return False
        except BaseException as error:
            if error is not value:
                raise
            error.__traceback__ = traceback
            return False
        raise RuntimeError("generator didn't stop after athrow()")


def contextmanager(func):
    """Make a manager of a generator function: what is before its yield enters, what is after it leaves.

        @contextmanager
        def opened(name):
            handle = acquire(name)
            try:
                yield handle
            finally:
                release(handle)
    """
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper


def asynccontextmanager(func):
    """Make an asynchronous manager of an asynchronous generator function."""
    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)
    return helper


# --- ready-made managers ---

class closing(AbstractContextManager):
    """Calls thing.close() at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Awaits thing.aclose() at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class _RedirectStream(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        # A stack, so that one object can be entered again inside itself.
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exc_type, exc_value, traceback):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """While the block runs, sys.stdout is another file."""

    _stream = 'stdout'


class redirect_stderr(_RedirectStream):
    """While the block runs, sys.stderr is another file."""

    _stream = 'stderr'


class suppress(AbstractContextManager):
    """Swallows the exceptions of the given classes; the program goes on after the block."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exc_type, exc_value, traceback):
        return exc_type is not None and issubclass(exc_type, self._exceptions)


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Does nothing: stands where a manager is expected and none is needed."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *excinfo):
        pass


class chdir(AbstractContextManager):
    """While the block runs, the working directory is another one: for the whole process, so mind the threads."""

    def __init__(self, path):
        self.path = path
        self._old_cwd = []

    def __enter__(self):
        self._old_cwd.append(os.getcwd())
        os.chdir(self.path)

    def __exit__(self, *excinfo):
        os.chdir(self._old_cwd.pop())


# --- stacks of managers ---

def _method_of_type(manager, name):
    """A special method of the manager's class, unbound; AttributeError if there is none."""
    return getattr(type(manager), name)


def _not_a_manager(manager, protocol):
    cls = type(manager)
    return TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the {protocol} protocol")


class _StackBase:
    """What is to be called at the end: pairs (whether it is a plain call, the call), the last one first."""

    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Move everything to a new stack and return that: this one's end does nothing."""
        other = type(self)()
        other._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = deque()
        return other

    def push(self, exit):
        """Register an object with __exit__, or a function with the same arguments; returned unchanged."""
        try:
            method = _method_of_type(exit, '__exit__')
        except AttributeError:
            self._push(exit)
        else:
            self._push(MethodType(method, exit))
        return exit

    def enter_context(self, cm):
        """Enter the manager, register its __exit__, return what __enter__ returned."""
        try:
            enter, leave = _method_of_type(cm, '__enter__'), _method_of_type(cm, '__exit__')
        except AttributeError:
            raise _not_a_manager(cm, 'context manager') from None
        result = enter(cm)
        self._push(MethodType(leave, cm))
        return result

    def callback(self, callback, /, *args, **kwds):
        """Register a call of any function with these arguments; the function is returned unchanged."""
        def run(exc_type, exc, traceback):
            callback(*args, **kwds)
        run.__wrapped__ = callback
        self._push(run)
        return callback

    def _push(self, callback, plain=True):
        self._exit_callbacks.append((plain, callback))


class _Unwinding:
    """The state of a stack that is being unwound: which exception is on its way, and whether one was swallowed."""

    def __init__(self, exc_details):
        self.received = exc_details[0] is not None
        self.details = exc_details
        self.swallowed = False
        self.raised = False
        # What was being handled around the with block: there the chain of contexts has to end.
        self.outside = sys.exc_info()[1]

    def swallow(self):
        self.details = (None, None, None)
        self.swallowed, self.raised = True, False

    def replace(self, error):
        """A callback has raised: the exception so far becomes the end of its chain of contexts, as in nested blocks."""
        previous, link = self.details[1], error
        while link is not previous:
            context = link.__context__
            if context is None or context is previous:
                break
            if context is self.outside:
                link.__context__ = previous
                break
            link = context
        self.details = (type(error), error, error.__traceback__)
        self.raised = True

    def answer(self):
        if self.raised:
            error = self.details[1]
            context = error.__context__
            try:
                raise error
            except BaseException:
                # Raising has set the context to what is handled here.
                error.__context__ = context
                raise
        return self.received and self.swallowed


class ExitStack(_StackBase, AbstractContextManager):
    """Any number of managers and callbacks, unwound in reverse order as nested with blocks would be.

        with ExitStack() as stack:
            files = [stack.enter_context(open(name)) for name in names]
    """

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        state = _Unwinding(exc_details)
        while self._exit_callbacks:
            _, callback = self._exit_callbacks.pop()
            try:
                if callback(*state.details):
                    state.swallow()
            except BaseException as error:
                state.replace(error)
        return state.answer()

    def close(self):
        """Unwind the stack now."""
        self.__exit__(None, None, None)


class AsyncExitStack(_StackBase, AbstractAsyncContextManager):
    """An ExitStack that takes asynchronous managers and coroutine functions, too."""

    async def enter_async_context(self, cm):
        """Enter the asynchronous manager, register its __aexit__, return what __aenter__ returned."""
        try:
            enter, leave = _method_of_type(cm, '__aenter__'), _method_of_type(cm, '__aexit__')
        except AttributeError:
            raise _not_a_manager(cm, 'asynchronous context manager') from None
        result = await enter(cm)
        self._push(MethodType(leave, cm), False)
        return result

    def push_async_exit(self, exit):
        """Register an object with __aexit__, or a coroutine function with the same arguments."""
        try:
            method = _method_of_type(exit, '__aexit__')
        except AttributeError:
            self._push(exit, False)
        else:
            self._push(MethodType(method, exit), False)
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        """Register a call of a coroutine function with these arguments."""
        async def run(exc_type, exc, traceback):
            await callback(*args, **kwds)
        run.__wrapped__ = callback
        self._push(run, False)
        return callback

    async def aclose(self):
        """Unwind the stack now."""
        await self.__aexit__(None, None, None)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        state = _Unwinding(exc_details)
        while self._exit_callbacks:
            plain, callback = self._exit_callbacks.pop()
            try:
                answer = callback(*state.details)
                if not plain:
                    answer = await answer
                if answer:
                    state.swallow()
            except BaseException as error:
                state.replace(error)
        return state.answer()
