"""Processes with the interface of threads: Process, queues, pipes, locks, shared values, pools and managers.

The functions of this module are those of its default context; get_context() gives one with another way of starting
processes.
"""
import sys
from . import context

__all__ = [name for name in dir(context._default_context) if not name.startswith('_')]
globals().update((name, getattr(context._default_context, name)) for name in __all__)

SUBDEBUG = 5
SUBWARNING = 25

# Objects of the main module are found under this name by processes that were spawned.
if '__main__' in sys.modules:
    sys.modules['__mp_main__'] = sys.modules['__main__']
