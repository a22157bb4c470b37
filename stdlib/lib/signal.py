"""Signals: handlers, timers, masks and waits. The work is done in _signal; here its numbers become enums, and back."""
import _signal
from _signal import *
from enum import IntEnum as _IntEnum

_IntEnum._convert_('Signals', __name__,
                   lambda name: name.isupper() and name.startswith('SIG') and not name.startswith('SIG_'))
_IntEnum._convert_('Handlers', __name__, lambda name: name in ('SIG_DFL', 'SIG_IGN'))
_IntEnum._convert_('Sigmasks', __name__, lambda name: name in ('SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'))


def _as_enum(value, kind):
    # The member for a number, or what it was when there is none (a function, an unnamed signal).
    if not isinstance(value, int):
        return value
    try:
        return kind(value)
    except ValueError:
        return value


def _as_number(value):
    return int(value) if isinstance(value, _IntEnum) else value


def _members(numbers):
    return {_as_enum(number, Signals) for number in numbers}


def signal(signalnum, handler):
    """Set the handler of a signal: SIG_DFL, SIG_IGN or function(number, frame). Return the old one."""
    return _as_enum(_signal.signal(_as_number(signalnum), _as_number(handler)), Handlers)


def getsignal(signalnum):
    """The handler of a signal; None when it was not set from here."""
    return _as_enum(_signal.getsignal(signalnum), Handlers)


def pthread_sigmask(how, mask):
    """Change which signals are blocked for the running thread; return which were."""
    return _members(_signal.pthread_sigmask(how, mask))


def sigpending():
    """The signals that wait because they are blocked."""
    return _members(_signal.sigpending())


def sigwait(sigset):
    """Wait for one of the signals and return it."""
    return _as_enum(_signal.sigwait(sigset), Signals)


def valid_signals():
    """The signals that there are on this system."""
    return _members(_signal.valid_signals())
