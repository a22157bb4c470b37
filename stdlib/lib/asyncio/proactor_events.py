"""Loops on completion ports, which only Windows has.

Programs ask whether their loop is one of these; here none is.
"""

from .base_events import BaseEventLoop


class BaseProactorEventLoop(BaseEventLoop):
    """The base of such loops."""
