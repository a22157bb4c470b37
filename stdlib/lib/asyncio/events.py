"""Which event loop is running, which belongs to a thread, and the policies.

The running loop is per thread: one loop a thread, several threads may run
theirs at the same time.
"""

import threading

from _asyncio import (Handle, TimerHandle, _get_running_loop,
                      _set_running_loop, get_event_loop, get_running_loop)

__all__ = ("AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer",
           "get_event_loop_policy", "set_event_loop_policy",
           "Handle", "TimerHandle", "get_event_loop", "set_event_loop", "new_event_loop",
           "get_child_watcher", "set_child_watcher",
           "_set_running_loop", "get_running_loop", "_get_running_loop")


def _abstract(cls, *, plain='', asynchronous=''):
    """Gives `cls` methods that only say that somebody else has to give them."""
    def refusing(name, is_async):
        def method(self, *args, **kwargs):
            raise NotImplementedError

        async def async_method(self, *args, **kwargs):
            raise NotImplementedError

        chosen = async_method if is_async else method
        chosen.__name__ = name
        chosen.__qualname__ = f"{cls.__name__}.{name}"
        return chosen

    for names, is_async in (plain, False), (asynchronous, True):
        for name in names.split():
            setattr(cls, name, refusing(name, is_async))
    return cls


class AbstractServer:
    """What a server object offers; as a context manager it closes at the end of the block."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        closed = self.wait_closed()
        await closed


_abstract(AbstractServer, plain="close get_loop is_serving", asynchronous="start_serving serve_forever wait_closed")


class AbstractEventLoop:
    """The base of every event loop; each method is for the loop to give."""


_abstract(
    AbstractEventLoop,
    plain="""
        run_forever run_until_complete stop is_running is_closed close
        call_soon call_later call_at call_soon_threadsafe time create_future create_task
        set_task_factory get_task_factory run_in_executor set_default_executor
        add_reader remove_reader add_writer remove_writer add_signal_handler remove_signal_handler
        get_exception_handler set_exception_handler default_exception_handler call_exception_handler
        get_debug set_debug""",
    asynchronous="""
        shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo
        create_connection create_server create_unix_connection create_unix_server create_datagram_endpoint
        connect_accepted_socket connect_read_pipe connect_write_pipe start_tls sendfile
        subprocess_shell subprocess_exec
        sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_sendfile
        sock_connect sock_accept""")


class AbstractEventLoopPolicy:
    """Decides which loop belongs to the current context, and who watches child processes."""


_abstract(AbstractEventLoopPolicy,
          plain="get_event_loop set_event_loop new_event_loop get_child_watcher set_child_watcher")


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """One loop a thread; only the main thread gets one unasked."""

    _loop_factory = None

    class _Local(threading.local):
        _loop = None
        _was_set = False

    def __init__(self):
        self._local = self._Local()
        self._watcher = None

    def get_event_loop(self):
        local = self._local
        if (local._loop is None and not local._was_set
                and threading.current_thread() is threading.main_thread()):
            self.set_event_loop(self.new_event_loop())
        if local._loop is None:
            raise RuntimeError("There is no current event loop in thread "
                               f"{threading.current_thread().name!r}.")
        return local._loop

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError("loop must be an instance of AbstractEventLoop "
                            f"or None, not '{type(loop).__name__}'")
        self._local._was_set = True
        self._local._loop = loop

    def new_event_loop(self):
        return self._loop_factory()

    def get_child_watcher(self):
        return self._watcher

    def set_child_watcher(self, watcher):
        self._watcher = watcher


_event_loop_policy = None
_policy_lock = threading.Lock()


def get_event_loop_policy():
    global _event_loop_policy
    if _event_loop_policy is None:
        from .unix_events import DefaultEventLoopPolicy
        with _policy_lock:
            if _event_loop_policy is None:
                _event_loop_policy = DefaultEventLoopPolicy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Sets the process's policy; None brings the default one back."""
    global _event_loop_policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError("policy must be an instance of "
                        "AbstractEventLoopPolicy or None, not "
                        f"'{type(policy).__name__}'")
    _event_loop_policy = policy


def _get_policy_loop():
    return get_event_loop_policy().get_event_loop()


def set_event_loop(loop):
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    return get_event_loop_policy().set_child_watcher(watcher)


# Tools ask for these by the names of either implementation.
_py__get_running_loop = _c__get_running_loop = _get_running_loop
_py__set_running_loop = _c__set_running_loop = _set_running_loop
_py_get_running_loop = _c_get_running_loop = get_running_loop
_py_get_event_loop = _c_get_event_loop = get_event_loop
