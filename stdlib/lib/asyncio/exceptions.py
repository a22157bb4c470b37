"""The exceptions that asyncio raises on its own account."""

__all__ = ("BrokenBarrierError", "CancelledError", "InvalidStateError",
           "TimeoutError", "IncompleteReadError", "LimitOverrunError",
           "SendfileNotAvailableError")


class CancelledError(BaseException):
    """The Future or Task was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Exception):
    """The operation does not fit the state the object is in."""


class SendfileNotAvailableError(RuntimeError):
    """The system cannot send this file by itself."""


class IncompleteReadError(EOFError):
    """The stream ended before the asked number of bytes was there.

    `partial` holds what was read, `expected` how many were asked for
    (None when the number is not known).
    """

    def __init__(self, partial, expected):
        wanted = "undefined" if expected is None else repr(expected)
        super().__init__(f"{len(partial)} bytes read on a total of "
                         f"{wanted} expected bytes")
        self.partial = partial
        self.expected = expected

    def __reduce__(self):
        return type(self), (self.partial, self.expected)


class LimitOverrunError(Exception):
    """The reader's limit was passed while it looked for a separator.

    `consumed` is the number of bytes that may be taken away.
    """

    def __init__(self, message, consumed):
        super().__init__(message)
        self.consumed = consumed

    def __reduce__(self):
        return type(self), (self.args[0], self.consumed)


class BrokenBarrierError(RuntimeError):
    """The barrier was broken while a task waited at it."""
