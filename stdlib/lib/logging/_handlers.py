"""Where records go: filters, and the handlers for streams and files. logging.handlers has more of them.

All handlers are on a list (_handlerList, of weak references), so that they can be closed at the end.
"""
import io
import logging as settings
import os
import sys
import threading
import weakref
from types import GenericAlias
from ._format import _defaultFormatter
from ._records import NOTSET, WARNING, _checkLevel, _lock, getLevelName

_handlers = weakref.WeakValueDictionary()  # by name
_handlerList = []
_at_fork_reinit_lock_weakset = weakref.WeakSet()  # handlers


def _after_fork_in_child():
    """Of the threads that held locks only the one that forked is left."""
    for handler in _at_fork_reinit_lock_weakset:
        handler._at_fork_reinit()
    _lock._at_fork_reinit()


os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_after_fork_in_child)


# --- filters ---

class Filter:
    """Lets pass what comes from a logger or one below it; without a name, everything."""

    def __init__(self, name=''):
        self.name, self.nlen = name, len(name)

    def filter(self, record):
        return not self.name or f'{record.name}.'.startswith(f'{self.name}.')


class Filterer:
    """What has filters: loggers and handlers."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters += [filter]

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        """Do all filters let the record pass? A filter may be a function."""
        for each in self.filters:
            if not getattr(each, 'filter', each)(record):
                return False
        return True


# --- handlers ---

def _addHandlerRef(handler):
    def forget(reference):
        with _lock:
            if reference in _handlerList:
                _handlerList.remove(reference)
    with _lock:
        _handlerList.append(weakref.ref(handler, forget))


class Handler(Filterer):
    """Takes records somewhere: a subclass says where, by emit."""

    _name = formatter = None
    _closed = False

    def __init__(self, level=NOTSET):
        super().__init__()
        self.level = _checkLevel(level)
        _addHandlerRef(self)
        self.createLock()

    def get_name(self):
        return self._name

    def set_name(self, name):
        with _lock:
            _handlers.pop(self._name, None)
            self._name = name
            if name:
                _handlers[name] = self

    name = property(get_name, set_name)

    def createLock(self):
        """The lock under which records are emitted; a handler may have none."""
        self.lock = threading.RLock()
        _at_fork_reinit_lock_weakset.add(self)

    def _at_fork_reinit(self):
        self.lock._at_fork_reinit()

    def acquire(self):
        if self.lock:
            self.lock.acquire()

    def release(self):
        if self.lock:
            self.lock.release()

    def setLevel(self, level):
        self.level = _checkLevel(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        raise NotImplementedError('emit must be implemented by Handler subclasses')

    def handle(self, record):
        """Emits the record if the filters let it pass; whether they did."""
        passes = self.filter(record)
        if passes:
            self.acquire()
            try:
                self.emit(record)
            finally:
                self.release()
        return passes

    def flush(self):
        """Has everything written out."""

    def close(self):
        with _lock:
            self._closed = True
            if self._name:
                _handlers.pop(self._name, None)

    def handleError(self, record):
        """emit failed: says so on stderr, and where the message came from."""
        if settings.raiseExceptions and sys.stderr:
            try:
                _report(record, sys.exc_info()[1], sys.stderr)
            except OSError:
                pass

    def __repr__(self):
        return f'<{type(self).__name__} ({getLevelName(self.level)})>'


def _report(record, error, stream):
    import traceback
    stream.write('--- Logging error ---\n')
    traceback.print_exception(error, file=stream)
    frame = error.__traceback__.tb_frame
    here = os.path.dirname(__file__)
    while frame and os.path.dirname(frame.f_code.co_filename) == here:
        frame = frame.f_back
    stream.write('Call stack:\n')
    if frame:
        traceback.print_stack(frame, file=stream)
    else:
        stream.write(f'Logged from file {record.filename}, line {record.lineno}\n')
    try:
        stream.write(f'Message: {record.msg!r}\nArguments: {record.args}\n')
    except RecursionError:
        raise
    except Exception:
        stream.write('Unable to print the message and arguments - possible formatting error.\n'
                     'Use the traceback above to help find the error.\n')


class StreamHandler(Handler):
    """Writes lines to a stream, stderr by default."""

    terminator = '\n'

    def __init__(self, stream=None):
        super().__init__()
        self.stream = sys.stderr if stream is None else stream

    def flush(self):
        self.acquire()
        try:
            if flush := getattr(self.stream or None, 'flush', None):
                flush()
        finally:
            self.release()

    def emit(self, record):
        try:
            self.stream.write(self.format(record) + self.terminator)
            self.flush()
        except RecursionError:  # there is no room to report it in
            raise
        except Exception:
            self.handleError(record)

    def setStream(self, stream):
        """Writes to another stream from now on; the old one, or None."""
        old = self.stream
        if old is stream:
            return None
        self.acquire()
        try:
            self.flush()
            self.stream = stream
        finally:
            self.release()
        return old

    def __repr__(self):
        facts = [type(self).__name__, str(getattr(self.stream, 'name', '')), f'({getLevelName(self.level)})']
        return f'<{" ".join(filter(None, facts))}>'

    __class_getitem__ = classmethod(GenericAlias)


class FileHandler(StreamHandler):
    """Writes lines to a file; with `delay` it is opened when the first comes."""

    def __init__(self, filename, mode='a', encoding=None, delay=False, errors=None):
        self.baseFilename = os.path.abspath(os.fspath(filename))
        self.mode, self.errors, self.delay = mode, errors, delay
        self.encoding = encoding if 'b' in mode else io.text_encoding(encoding)
        self._builtin_open = open  # still there while the interpreter ends
        Handler.__init__(self)
        self.stream = None if delay else self._open()

    def _open(self):
        return self._builtin_open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors)

    def emit(self, record):
        # A file that was opened to be overwritten is not opened again after its close.
        if self.stream is None and not (self._closed and self.mode == 'w'):
            self.stream = self._open()
        if self.stream:
            super().emit(record)

    def close(self):
        self.acquire()
        try:
            self._close_stream()
        finally:
            try:
                super().close()
            finally:
                self.release()

    def _close_stream(self):
        if not self.stream:
            return
        try:
            self.flush()
        finally:
            stream, self.stream = self.stream, None
            getattr(stream, 'close', bool)()

    def __repr__(self):
        return f'<{type(self).__name__} {self.baseFilename} ({getLevelName(self.level)})>'


class _StderrHandler(StreamHandler):
    """Writes to what sys.stderr is at the moment."""

    stream = property(lambda self: sys.stderr)

    def __init__(self, level=NOTSET):
        Handler.__init__(self, level)


class NullHandler(Handler):
    """Drops everything: for libraries whose users do not configure logging."""

    def createLock(self):
        self.lock = None

    def handle(self, record):
        """Nothing is done with it."""

    def emit(self, record):
        """Nothing is done with it."""


_defaultLastResort = _StderrHandler(WARNING)


def shutdown(handlerList=_handlerList):
    """Flushes and closes all handlers, the newest first; called at the end of the program."""
    for reference in handlerList[::-1]:
        try:
            handler = reference()
            if handler:
                _finish(handler)
        except Exception:
            if settings.raiseExceptions:
                raise


def _finish(handler):
    try:
        handler.acquire()
        if getattr(handler, 'flushOnClose', True):
            handler.flush()
        handler.close()
    except (OSError, ValueError):  # its file has been closed by somebody else
        pass
    finally:
        handler.release()
