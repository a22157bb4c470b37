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
    try:
        fd = fileobj if isinstance(fileobj, int) else int(fileobj.fileno())
    except (AttributeError, TypeError, ValueError):
        raise ValueError(f'Invalid file object: {fileobj!r}') from None
    if fd < 0:
        raise ValueError(f'Invalid file descriptor: {fd}')
    return fd


def _not_registered(fileobj):
    return KeyError(f'{fileobj!r} is not registered')


def _check_events(events):
    if events not in (EVENT_READ, EVENT_WRITE, EVENT_READ | EVENT_WRITE):
        raise ValueError(f'Invalid events: {events!r}')


class _KeyMapping(Mapping):
    """The registered file objects of a selector, seen as a mapping to their keys."""

    def __init__(self, selector):
        self._selector = selector

    def __getitem__(self, fileobj):
        return self._selector._key_of(fileobj)

    def __iter__(self):
        yield from self._selector._keys

    def __len__(self):
        return len(self._selector._keys)


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
        keys = self.get_map()
        if keys is None:
            raise RuntimeError('Selector is closed')
        if fileobj not in keys:
            raise _not_registered(fileobj)
        return keys[fileobj]

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
            known = [fd for fd, key in self._keys.items() if key.fileobj is fileobj]
            if not known:
                raise
            return known[0]

    def _key_of(self, fileobj):
        try:
            return self._keys[self._find(fileobj)]
        except KeyError:
            raise _not_registered(fileobj) from None

    def register(self, fileobj, events, data=None):
        _check_events(events)
        key = SelectorKey(fileobj, self._find(fileobj), events, data)
        if key.fd in self._keys:
            raise KeyError(f'{fileobj!r} (FD {key.fd}) is already registered')
        self._keys[key.fd] = key
        return key

    def unregister(self, fileobj):
        key = self._key_of(fileobj)
        del self._keys[key.fd]
        return key

    def modify(self, fileobj, events, data=None):
        key = self._key_of(fileobj)
        if events != key.events:
            self.unregister(fileobj)
            return self.register(fileobj, events, data)
        if data != key.data:
            key = self._keys[key.fd] = key._replace(data=data)
        return key

    def close(self):
        self._map = None
        self._keys.clear()

    def get_map(self):
        return self._map

    def _key_from_fd(self, fd):
        return self._keys.get(fd)


class SelectSelector(_TableSelector):
    """By select()."""

    def _watched_for(self, event):
        return [fd for fd, key in self._keys.items() if key.events & event]

    def select(self, timeout=None):
        if timeout is not None:
            timeout = max(timeout, 0)
        try:
            readable, writable, _ = select.select(self._watched_for(EVENT_READ), self._watched_for(EVENT_WRITE), [],
                                                  timeout)
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
        return bool(events & EVENT_READ) * self._read_event | bool(events & EVENT_WRITE) * self._write_event

    def _tell_system(self, announce, key, events):
        try:
            announce(key.fd, self._mask(events))
        except BaseException:
            # What the system refuses is not in the table either.
            del self._keys[key.fd]
            raise

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        self._tell_system(self._selector.register, key, events)
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        try:
            self._selector.unregister(key.fd)
        except OSError:
            pass  # a descriptor that was closed: the kernel has forgotten it by itself
        return key

    def modify(self, fileobj, events, data=None):
        key = self._key_of(fileobj)
        if events != key.events:
            _check_events(events)
            self._tell_system(self._selector.modify, key, events)
        if (events, data) != (key.events, key.data):
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
            timeout = math.ceil(max(timeout, 0) * 1000)  # milliseconds, never too early
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
        # epoll counts milliseconds: rounded up, never too early.
        timeout = -1 if timeout is None else math.ceil(max(timeout, 0) * 1000) / 1000
        try:
            return self._pairs(self._selector.poll(timeout, max(len(self._keys), 1)))
        except InterruptedError:
            return []

    def close(self):
        self._selector.close()
        super().close()


DefaultSelector = EpollSelector
