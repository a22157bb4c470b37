"""Ctrl-C ends a run of tests after the test that is running; a second one ends it at once.

_interrupt_handler is what SIGINT calls while installHandler is in force; it stops every result that is registered.
"""
import weakref

__unittest = True

_results = weakref.WeakKeyDictionary()
_interrupt_handler = None


def _signal():
    # Programs that import unittest need the module only when they take over the signal.
    import signal
    return signal


def _as_function(handler):
    """What a value of signal.getsignal does, as something to call."""
    if not isinstance(handler, int):
        return handler
    signal = _signal()
    functions = {signal.SIG_DFL: signal.default_int_handler, signal.SIG_IGN: lambda signum, frame: None}
    if handler not in functions:
        raise TypeError('expected SIGINT signal handler to be signal.SIG_IGN, signal.SIG_DFL, or a callable object')
    return functions[handler]


class _InterruptHandler:
    """The handler of SIGINT: polite the first time, the one before it from then on."""

    def __init__(self, default_handler):
        self.original_handler = default_handler
        self.default_handler = _as_function(default_handler)
        self.called = False

    def __call__(self, signum, frame):
        signal = _signal()
        replaced = signal.getsignal(signal.SIGINT) is not self  # whoever came after passes the signal on
        if replaced or self.called:
            self.default_handler(signum, frame)
        self.called = True
        for result in list(_results):
            result.stop()


def registerResult(result):
    """Have Ctrl-C stop this result."""
    _results[result] = True


def removeResult(result):
    """Leave this result alone again; whether it was registered."""
    return _results.pop(result, False)


def installHandler():
    """Take over SIGINT, if that has not been done."""
    global _interrupt_handler
    if _interrupt_handler is not None:
        return
    signal = _signal()
    _interrupt_handler = _InterruptHandler(signal.getsignal(signal.SIGINT))
    signal.signal(signal.SIGINT, _interrupt_handler)


def _give_back():
    global _interrupt_handler
    handler, _interrupt_handler = _interrupt_handler, None
    if handler is not None:
        signal = _signal()
        signal.signal(signal.SIGINT, handler.original_handler)


def removeHandler(method=None):
    """Give SIGINT back; as a decorator, only while the method runs."""
    if method is None:
        return _give_back()
    from functools import wraps

    @wraps(method)
    def without_handler(*args, **kwargs):
        signal = _signal()
        current = signal.getsignal(signal.SIGINT)
        _give_back()
        try:
            return method(*args, **kwargs)
        finally:
            signal.signal(signal.SIGINT, current)
    return without_handler
