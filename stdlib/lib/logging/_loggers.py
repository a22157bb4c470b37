"""The tree of loggers: who takes messages, and how they find their handlers.

A logger is found by its name, "a.b" below "a". Whether it takes a level is remembered in its _cache, which is emptied
in all loggers when a level changes anywhere.
"""
import logging as settings
import sys
from types import GenericAlias
from ._handlers import Filterer
from ._records import CRITICAL, DEBUG, ERROR, INFO, NOTSET, WARNING, _checkLevel, _lock, getLevelName

# Code of these files is no part of the program that logs.
_own_files = {Filterer.filter.__code__.co_filename, getLevelName.__code__.co_filename}
_LEVELS = {'debug': DEBUG, 'info': INFO, 'warning': WARNING, 'error': ERROR, 'critical': CRITICAL}


def _is_internal_frame(frame):
    return frame.f_code.co_filename in _own_files


def _named(function, name, owner=None, doc=None):
    """A function that was made from a pattern gets the name and the words of its own."""
    function.__name__, function.__doc__ = name, doc
    function.__qualname__ = f'{owner}.{name}' if owner else name
    return function


def _deprecated(what):
    import warnings
    warnings.warn(f"The 'warn' {what} is deprecated, use 'warning' instead", DeprecationWarning, 3)


class PlaceHolder:
    """A name in the tree that nobody has asked for yet, though for one below it."""

    def __init__(self, alogger):
        self.loggerMap = dict.fromkeys([alogger])

    def append(self, alogger):
        self.loggerMap[alogger] = None


def _check_class(klass):
    if klass is not Logger and not issubclass(klass, Logger):
        raise TypeError(f'logger not derived from logging.Logger: {klass.__name__}')


class Manager:
    """The tree of loggers."""

    loggerClass = logRecordFactory = None
    emittedNoHandlerWarning = False
    _disable = 0

    def __init__(self, rootnode):
        self.root, self.loggerDict = rootnode, {}

    @property
    def disable(self):
        """Messages up to this level are dropped, whoever logs them."""
        return self._disable

    @disable.setter
    def disable(self, value):
        self._disable = _checkLevel(value)

    def setLoggerClass(self, klass):
        _check_class(klass)
        self.loggerClass = klass

    def setLogRecordFactory(self, factory):
        self.logRecordFactory = factory

    def getLogger(self, name):
        """The logger of that name, made when it is asked for first."""
        if not isinstance(name, str):
            raise TypeError('A logger name must be a string')
        with _lock:
            there = self.loggerDict.get(name)
            if there is None or isinstance(there, PlaceHolder):
                return self._make(name, there)
            return there

    def _make(self, name, place):
        logger = (self.loggerClass or settings._loggerClass)(name)
        logger.manager = self
        self.loggerDict[name] = logger
        if place is not None:
            self._fixupChildren(place, logger)
        self._fixupParents(logger)
        return logger

    def _fixupParents(self, logger):
        """Finds the next logger above; the names between get placeholders that know of it."""
        above = logger.name.rpartition('.')[0]
        while above:
            there = self.loggerDict.setdefault(above, None)
            if isinstance(there, Logger):
                logger.parent = there
                return
            if there is None:
                self.loggerDict[above] = PlaceHolder(logger)
            else:
                there.append(logger)
            above = above.rpartition('.')[0]
        logger.parent = self.root

    def _fixupChildren(self, place, logger):
        """The loggers that a placeholder knows of are below this one now, unless another is between."""
        for child in place.loggerMap:
            if not child.parent.name.startswith(logger.name):
                logger.parent, child.parent = child.parent, logger

    def _clear_cache(self):
        with _lock:
            for logger in (self.root, *self.loggerDict.values()):
                if isinstance(logger, Logger):
                    logger._cache.clear()


class Logger(Filterer):
    """Takes the messages of one part of the program."""

    parent, propagate, disabled = None, True, False

    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name, self.level = name, _checkLevel(level)
        self.handlers, self._cache = [], {}
        # In each, so that vars() shows them and subclasses cannot mistake them.
        self.parent, self.propagate, self.disabled = None, True, False

    def __repr__(self):
        return f'<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'

    def __reduce__(self):
        if settings.getLogger(self.name) is self:
            return settings.getLogger, (self.name,)
        from pickle import PicklingError
        raise PicklingError('logger cannot be pickled')

    # --- levels ---

    def setLevel(self, level):
        self.level = _checkLevel(level)
        self.manager._clear_cache()

    def _lineage(self, through=lambda logger: True):
        """This logger and those above it; not beyond one that does not let through."""
        logger = self
        while logger:
            yield logger
            logger = logger.parent if through(logger) else None

    def getEffectiveLevel(self):
        """The level of this logger, or of the next one above that has one."""
        return next((logger.level for logger in self._lineage() if logger.level), NOTSET)

    def isEnabledFor(self, level):
        """Would a message of that level be handled?"""
        if self.disabled:
            return False
        known = self._cache.get(level)
        if known is None:
            with _lock:
                enough = level >= self.getEffectiveLevel()
                known = self._cache[level] = enough and level > self.manager.disable
        return known

    def getChild(self, suffix):
        """The logger below this one."""
        return self.manager.getLogger(suffix if self is self.root else f'{self.name}.{suffix}')

    # --- messages: debug, info, warning, error and critical are added below ---

    def warn(self, msg, *args, **kwargs):
        _deprecated('method')
        self.warning(msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """error() with the exception that is being handled."""
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def fatal(self, msg, *args, **kwargs):
        """The old name of critical()."""
        self.critical(msg, *args, **kwargs)

    def log(self, level, msg, *args, **kwargs):
        if isinstance(level, int):
            if self.isEnabledFor(level):
                self._log(level, msg, args, **kwargs)
        elif settings.raiseExceptions:
            raise TypeError('level must be an integer')

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        file, line, function, stack = _UNKNOWN_CALLER
        if settings._srcfile:
            try:
                file, line, function, stack = self.findCaller(stack_info, stacklevel)
            except ValueError:
                pass
        if isinstance(exc_info, BaseException):
            exc_info = type(exc_info), exc_info, exc_info.__traceback__
        elif exc_info and not isinstance(exc_info, tuple):
            exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, file, line, msg, args, exc_info, function, extra, stack))

    def findCaller(self, stack_info=False, stacklevel=1):
        """(file, line, function, stack) of whoever logs."""
        frame = sys._getframe(1)
        while frame and _is_internal_frame(frame):
            frame = frame.f_back
        if frame is None:
            return _UNKNOWN_CALLER
        while stacklevel > 1 and frame.f_back:
            frame = frame.f_back
            stacklevel -= not _is_internal_frame(frame)
        code = frame.f_code
        return code.co_filename, frame.f_lineno, code.co_name, _stack_text(frame) if stack_info else None

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        record = settings._logRecordFactory(name, level, fn, lno, msg, args, exc_info, func, sinfo)
        attributes = vars(record)
        for key, value in (extra or {}).items():
            if key in attributes or key in ('message', 'asctime'):
                raise KeyError(f'Attempt to overwrite {key!r} in LogRecord')
            attributes[key] = value
        return record

    # --- handlers ---

    def handle(self, record):
        """Passes the record to the handlers, if the filters let it pass."""
        if not self.disabled and self.filter(record):
            self.callHandlers(record)

    def addHandler(self, hdlr):
        with _lock:
            if hdlr not in self.handlers:
                self.handlers += [hdlr]

    def removeHandler(self, hdlr):
        with _lock:
            if hdlr in self.handlers:
                self.handlers.remove(hdlr)

    def hasHandlers(self):
        """Has this logger, or one whose handlers it uses, a handler?"""
        return any(logger.handlers for logger in self._lineage(lambda logger: logger.propagate))

    def callHandlers(self, record):
        """To the handlers of this logger and of those above it; to the last resort if there are none."""
        logger, found = self, False
        while logger:
            for handler in logger.handlers:
                found = True
                if record.levelno >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not found:
            self._without_handlers(record)

    def _without_handlers(self, record):
        resort = settings.lastResort
        if resort:
            if record.levelno >= resort.level:
                resort.handle(record)
        elif settings.raiseExceptions and not self.manager.emittedNoHandlerWarning:
            self.manager.emittedNoHandlerWarning = True
            sys.stderr.write(f'No handlers could be found for logger "{self.name}"\n')


_UNKNOWN_CALLER = '(unknown file)', 0, '(unknown function)', None


def _stack_text(frame):
    import io
    import traceback
    text = io.StringIO()
    text.write('Stack (most recent call last):\n')
    traceback.print_stack(frame, file=text)
    return text.getvalue().removesuffix('\n')


def _add_logger_method(name, level):
    def method(self, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)
    setattr(Logger, name, _named(method, name, 'Logger', f'Logs a message of the level {name.upper()}.'))


class RootLogger(Logger):
    """The logger above all others."""

    def __init__(self, level):
        super().__init__('root', level)

    def __reduce__(self):
        return settings.getLogger, ()


class LoggerAdapter:
    """A logger that adds something to all its messages."""

    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra

    def process(self, msg, kwargs):
        """What is logged instead."""
        kwargs['extra'] = self.extra
        return msg, kwargs

    # debug, info, warning, error and critical are added below.

    def warn(self, msg, *args, **kwargs):
        _deprecated('method')
        self.warning(msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def log(self, level, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            text, options = self.process(msg, kwargs)
            self.logger.log(level, text, *args, **options)

    # --- the rest is the logger's ---

    def isEnabledFor(self, level):
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        return self.logger.hasHandlers()

    def _log(self, level, msg, args, **kwargs):
        return self.logger._log(level, msg, args, **kwargs)

    name = property(lambda self: self.logger.name)
    manager = property(lambda self: self.logger.manager, lambda self, value: setattr(self.logger, 'manager', value))

    def __repr__(self):
        return f'<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'

    __class_getitem__ = classmethod(GenericAlias)


def _add_adapter_method(name, level):
    def method(self, msg, *args, **kwargs):
        self.log(level, msg, *args, **kwargs)
    setattr(LoggerAdapter, name, _named(method, name, 'LoggerAdapter'))


for _name, _level in _LEVELS.items():
    _add_logger_method(_name, _level)
    _add_adapter_method(_name, _level)
_own_files.add(Logger.log.__code__.co_filename)
