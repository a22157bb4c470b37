"""Waiting for many files at once, by the best means that the system has.

A selector keeps a table from descriptor to SelectorKey. What differs between the kinds (select, poll, epoll) is how the
descriptors are announced and how the wait is done.
"""
import math
import select
from abc import ABCMeta, abstractmethod
from collections import namedtuple
from collections.abc import Mapping

EVENT_READ = 1
EVENT_WRITE = 2

SelectorKey = namedtuple('SelectorKey', ['fileobj', 'fd', 'events', 'data'])
SelectorKey.__doc__ = 'A file object with its descriptor, the events that are watched for, and data of the program.'


def _descriptor_of(fileobj):
    # An int, or what fileno() says. ValueError for anything else.
    if isinstance(fileobj, int):
        fd = fileobj
    else:
        try:
            fd = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f'Invalid file object: {fileobj!r}') from None
    if fd < 0:
        raise ValueError(f'Invalid file descriptor: {fd}')
    return fd


class _KeyMapping(Mapping):
    """The registered file objects of a selector, seen as a mapping to their keys."""

    def __init__(self, selector):
        self._selector = selector

    def __len__(self):
        return len(self._selector._keys)

    def __getitem__(self, fileobj):
        try:
            return self._selector._keys[self._selector._find(fileobj)]
        except KeyError:
            raise KeyError(f'{fileobj!r} is not registered') from None

    def __iter__(self):
        return iter(self._selector._keys)


class BaseSelector(metaclass=ABCMeta):
    """What every selector can do."""

    @abstractmethod
    def register(self, fileobj, events, data=None):
        """Watch a file object; its key. KeyError when it is watched already."""
        raise NotImplementedError

    @abstractmethod
    def unregister(self, fileobj):
        """Watch a file object no more; the key it had. KeyError when it is not watched."""
        raise NotImplementedError

    def modify(self, fileobj, events, data=None):
        """Change what a file object is watched for, or its data; the new key."""
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    @abstractmethod
    def select(self, timeout=None):
        """Wait until something is ready: pairs of key and events. Not above zero: do not wait. None: wait for ever."""
        raise NotImplementedError

    def close(self):
        """Let go of what the selector holds."""

    def get_key(self, fileobj):
        """The key of a file object; KeyError when it is not watched."""
        mapping = self.get_map()
        if mapping is None:
            raise RuntimeError('Selector is closed')
        try:
            return mapping[fileobj]
        except KeyError:
            raise KeyError(f'{fileobj!r} is not registered') from None

    @abstractmethod
    def get_map(self):
        """The mapping from file objects to keys; None once the selector is closed."""
        raise NotImplementedError

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class _TableSelector(BaseSelector):
    """The table that the kinds share."""

    def __init__(self):
        self._keys = {}
        self._map = _KeyMapping(self)

    def _find(self, fileobj):
        # A file that was closed meanwhile is still found by identity.
        try:
            return _descriptor_of(fileobj)
        except ValueError:
            for key in self._keys.values():
                if key.fileobj is fileobj:
                    return key.fd
            raise

    def register(self, fileobj, events, data=None):
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError(f'Invalid events: {events!r}')
        key = SelectorKey(fileobj, self._find(fileobj), events, data)
        if key.fd in self._keys:
            raise KeyError(f'{fileobj!r} (FD {key.fd}) is already registered')
        self._keys[key.fd] = key
        return key

    def unregister(self, fileobj):
        try:
            return self._keys.pop(self._find(fileobj))
        except KeyError:
            raise KeyError(f'{fileobj!r} is not registered') from None

    def modify(self, fileobj, events, data=None):
        try:
            key = self._keys[self._find(fileobj)]
        except KeyError:
            raise KeyError(f'{fileobj!r} is not registered') from None
        if events != key.events:
            self.unregister(fileobj)
            return self.register(fileobj, events, data)
        if data != key.data:
            key = self._keys[key.fd] = key._replace(data=data)
        return key

    def close(self):
        self._keys.clear()
        self._map = None

    def get_map(self):
        return self._map

    def _key_from_fd(self, fd):
        return self._keys.get(fd)


class SelectSelector(_TableSelector):
    """By select()."""

    def __init__(self):
        super().__init__()
        self._readers = set()
        self._writers = set()

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        if events & EVENT_READ:
            self._readers.add(key.fd)
        if events & EVENT_WRITE:
            self._writers.add(key.fd)
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        self._readers.discard(key.fd)
        self._writers.discard(key.fd)
        return key

    def select(self, timeout=None):
        timeout = None if timeout is None else max(timeout, 0)
        try:
            readable, writable, _ = select.select(self._readers, self._writers, [], timeout)
        except InterruptedError:
            return []
        events = {}
        for fd in readable:
            events[fd] = EVENT_READ
        for fd in writable:
            events[fd] = events.get(fd, 0) | EVENT_WRITE
        keys = self._keys
        return [(keys[fd], mask & keys[fd].events) for fd, mask in events.items() if fd in keys]


class _ObjectSelector(_TableSelector):
    """By an object of the system that remembers the descriptors."""

    _selector_cls = None  # what makes the object
    _read_event = _write_event = 0

    def __init__(self):
        super().__init__()
        self._selector = self._selector_cls()

    def _mask(self, events):
        return (self._read_event if events & EVENT_READ else 0) | (self._write_event if events & EVENT_WRITE else 0)

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        try:
            self._selector.register(key.fd, self._mask(events))
        except:
            super().unregister(fileobj)
            raise
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        try:
            self._selector.unregister(key.fd)
        except OSError:
            pass  # the descriptor was closed: the kernel has forgotten it by itself
        return key

    def modify(self, fileobj, events, data=None):
        try:
            key = self._keys[self._find(fileobj)]
        except KeyError:
            raise KeyError(f'{fileobj!r} is not registered') from None
        if events != key.events:
            if not events or events & ~(EVENT_READ | EVENT_WRITE):
                raise ValueError(f'Invalid events: {events!r}')
            try:
                self._selector.modify(key.fd, self._mask(events))
            except:
                super().unregister(fileobj)
                raise
        if events != key.events or data != key.data:
            key = self._keys[key.fd] = key._replace(events=events, data=data)
        return key

    def _pairs(self, ready):
        # Errors and hang-ups count as both, so that whoever watches finds out by trying.
        pairs = []
        for fd, mask in ready:
            key = self._keys.get(fd)
            if key is None:
                continue
            events = 0
            if mask & ~self._read_event:
                events |= EVENT_WRITE
            if mask & ~self._write_event:
                events |= EVENT_READ
            pairs.append((key, events & key.events))
        return pairs


class PollSelector(_ObjectSelector):
    """By poll()."""

    _selector_cls = select.poll
    _read_event = select.POLLIN
    _write_event = select.POLLOUT

    def select(self, timeout=None):
        if timeout is not None:
            timeout = 0 if timeout <= 0 else math.ceil(timeout * 1e3)
        try:
            return self._pairs(self._selector.poll(timeout))
        except InterruptedError:
            return []


class EpollSelector(_ObjectSelector):
    """By epoll."""

    _selector_cls = select.epoll
    _read_event = select.EPOLLIN
    _write_event = select.EPOLLOUT

    def fileno(self):
        """The descriptor of the epoll object."""
        return self._selector.fileno()

    def select(self, timeout=None):
        if timeout is None:
            timeout = -1
        elif timeout <= 0:
            timeout = 0
        else:
            timeout = math.ceil(timeout * 1e3) * 1e-3  # epoll knows milliseconds: never too early
        try:
            return self._pairs(self._selector.poll(timeout, max(len(self._keys), 1)))
        except InterruptedError:
            return []

    def close(self):
        self._selector.close()
        super().close()


DefaultSelector = EpollSelector
