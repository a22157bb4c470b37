"""Concurrent programs with async/await: loops, tasks, streams, locks."""

from .exceptions import *
from .events import *
from .events import (_get_running_loop, _set_running_loop)
from .coroutines import *
from .futures import *
from .tasks import *
from .tasks import (_enter_task, _leave_task, _register_task,
                    _unregister_task)
from .locks import *
from .queues import *
from .runners import *
from .taskgroups import *
from .timeouts import *
from .protocols import *
from .transports import *
from .streams import *
from .subprocess import *
from .unix_events import *

__all__ = tuple(
    name for module in (exceptions, events, coroutines, futures, tasks, locks,
                        queues, runners, taskgroups, timeouts, protocols,
                        transports, streams, subprocess, unix_events)
    for name in module.__all__)

import sys as _sys

if "inspect" in _sys._xoptions:
    from . import inspector
    inspector.start()
