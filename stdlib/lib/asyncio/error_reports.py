"""Errors that nobody catches: a loop describes each in a dict, the context, and hands it to a handler."""

_ALWAYS_LEAVE = (SystemExit, KeyboardInterrupt)


class ErrorReports:
    """Mixed into every loop."""

    _report = None  # the program's own handler

    def get_exception_handler(self):
        return self._report

    def set_exception_handler(self, handler):
        """`handler(loop, context)` hears of errors from now on; None: they are logged."""
        if not (handler is None or callable(handler)):
            raise TypeError(f'A callable object or None is expected, got {handler!r}')
        self._report = handler

    def call_exception_handler(self, context):
        """Reports what `context` describes. A handler that fails is reported in its turn."""
        own = self._report
        try:
            self.default_exception_handler(context) if own is None else own(self, context)
        except _ALWAYS_LEAVE:
            raise
        except BaseException as exc:
            where = 'Exception in default exception handler'
            if own is not None:
                if self._was_logged(context, exc):
                    return
                where += ' while handling an unexpected error in custom exception handler'
            _log(where, True)

    def _was_logged(self, context, exc):
        """Logs that the program's handler failed."""
        try:
            self.default_exception_handler(
                {'message': 'Unhandled error in exception handler', 'exception': exc, 'context': context})
        except _ALWAYS_LEAVE:
            raise
        except BaseException:
            return False
        return True

    def default_exception_handler(self, context):
        """Logs the context: its message, the other entries a line each, and the traceback of its exception."""
        facts = dict(context)
        lines = [facts.pop('message', None) or 'Unhandled exception in event loop']
        exc = facts.pop('exception', None)
        lines += [_fact(name, facts[name]) for name in sorted(facts)]
        _log('\n'.join(lines), exc is not None and (type(exc), exc, exc.__traceback__))


def _log(text, exc_info):
    from .base_events import logger  # where programs replace it
    logger.error(text, exc_info=exc_info)


def _fact(name, value):
    if name != 'source_traceback':
        return f'{name}: {value!r}'
    import traceback
    stack = ''.join(traceback.format_list(value)).rstrip()
    return f'source_traceback: Object created at (most recent call last):\n{stack}'
