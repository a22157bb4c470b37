"""Messages of a program, by importance and by the part that they come from.

    _records     levels and records            _handlers    filters, and where records go
    _format      the text of a record          _loggers     the tree of loggers

In this file: the settings, which those rooms read here, and the functions that use the root logger.
"""
import io
import os
import sys
import threading
import time
import weakref

__all__ = ['BASIC_FORMAT', 'BufferingFormatter', 'CRITICAL', 'DEBUG', 'ERROR', 'FATAL', 'FileHandler', 'Filter',
           'Formatter', 'Handler', 'INFO', 'LogRecord', 'Logger', 'LoggerAdapter', 'NOTSET', 'NullHandler',
           'StreamHandler', 'WARN', 'WARNING', 'addLevelName', 'basicConfig', 'captureWarnings', 'critical',
           'debug', 'disable', 'error', 'exception', 'fatal', 'getLevelName', 'getLogger', 'getLoggerClass', 'info',
           'log', 'makeLogRecord', 'setLoggerClass', 'shutdown', 'warn', 'warning', 'getLogRecordFactory',
           'setLogRecordFactory', 'lastResort', 'raiseExceptions', 'getLevelNamesMapping']

raiseExceptions = logThreads = logMultiprocessing = logProcesses = True

from ._records import (  # noqa: E402
    CRITICAL, DEBUG, ERROR, FATAL, INFO, LogRecord, NOTSET, WARN, WARNING, _checkLevel, _levelToName, _lock,
    _nameToLevel, _startTime, addLevelName, getLevelName, getLevelNamesMapping, makeLogRecord)
from ._format import (  # noqa: E402
    BASIC_FORMAT, BufferingFormatter, Formatter, PercentStyle, StrFormatStyle, StringTemplateStyle, _STYLES,
    _check_style, _defaultFormatter)
from ._handlers import (  # noqa: E402
    FileHandler, Filter, Filterer, Handler, NullHandler, StreamHandler, _StderrHandler, _addHandlerRef,
    _at_fork_reinit_lock_weakset, _defaultLastResort, _handlerList, _handlers, shutdown)
from ._loggers import (  # noqa: E402
    Logger, LoggerAdapter, Manager, PlaceHolder, RootLogger, _LEVELS, _check_class, _deprecated, _is_internal_frame,
    _named, _own_files)

_acquireLock, _releaseLock = _lock.acquire, _lock.release
lastResort = _defaultLastResort


def currentframe():
    """The frame of whoever called."""
    return sys._getframe(1)


# A program that sets it to None does not want to know where messages come from.
_srcfile = os.path.normcase(currentframe.__code__.co_filename)
_own_files.add(_srcfile)

def __getattr__(name):
    """Programs reach modules by way of this one; this is not needed before something goes wrong."""
    if name != 'traceback':
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    import traceback
    return traceback


# --- what makes records and loggers ---

_logRecordFactory, _loggerClass = LogRecord, Logger


def setLogRecordFactory(factory):
    """What makes the records from now on."""
    global _logRecordFactory
    _logRecordFactory = factory


def getLogRecordFactory():
    return _logRecordFactory


def setLoggerClass(klass):
    """The class of the loggers to come."""
    global _loggerClass
    _check_class(klass)
    _loggerClass = klass


def getLoggerClass():
    return _loggerClass


# --- the root logger ---

root = Logger.root = RootLogger(WARNING)
Logger.manager = Manager(root)


def getLogger(name=None):
    """The logger of that name; the root logger without one."""
    if not name or isinstance(name, str) and name == root.name:
        return root
    return Logger.manager.getLogger(name)


def disable(level=CRITICAL):
    """Drops everything up to that level, whoever logs it."""
    root.manager.disable = level
    root.manager._clear_cache()


def _chosen_handlers(options):
    """Takes out of the options what says where basicConfig's records go; the handlers of that."""
    encoding, errors = options.pop('encoding', None), options.pop('errors', 'backslashreplace')
    handlers = options.pop('handlers', None)
    places = {'stream', 'filename'} & options.keys()
    if handlers is not None:
        if places:
            raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
        return handlers
    if len(places) > 1:
        raise ValueError("'stream' and 'filename' should not be specified together")
    filename, mode = options.pop('filename', None), options.pop('filemode', 'a')
    if not filename:
        return [StreamHandler(options.pop('stream', None))]
    return [FileHandler(filename, mode, encoding=encoding, errors=None if 'b' in mode else errors)]


def basicConfig(**kwargs):
    """Gives the root logger a handler, unless it has one (or `force`)."""
    with _lock:
        if kwargs.pop('force', False):
            for handler in [*root.handlers]:
                root.removeHandler(handler)
                handler.close()
        if root.handlers:
            return
        handlers = _chosen_handlers(kwargs)
        datefmt, style = kwargs.pop('datefmt', None), kwargs.pop('style', '%')
        _check_style(style)
        _, usual_format = _STYLES[style]
        formatter = Formatter(kwargs.pop('format', usual_format), datefmt, style)
        for handler in handlers:
            if handler.formatter is None:
                handler.setFormatter(formatter)
            root.addHandler(handler)
        level = kwargs.pop('level', None)
        if level is not None:
            root.setLevel(level)
        if kwargs:
            raise ValueError(f'Unrecognised argument(s): {", ".join(kwargs)}')


def _with_handler():
    if not root.handlers:
        basicConfig()
    return root


def log(level, msg, *args, **kwargs):
    _with_handler().log(level, msg, *args, **kwargs)


def _add_function(name):
    def function(msg, *args, **kwargs):
        getattr(_with_handler(), name)(msg, *args, **kwargs)
    globals()[name] = _named(function, name, doc=f'Logs a message of the level {name.upper()} with the root logger.')


for _name in _LEVELS:
    _add_function(_name)


def warn(msg, *args, **kwargs):
    _deprecated('function')
    warning(msg, *args, **kwargs)


def fatal(msg, *args, **kwargs):
    critical(msg, *args, **kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    error(msg, *args, exc_info=exc_info, **kwargs)


# --- warnings ---

_warnings_showwarning = None


def _showwarning(message, category, filename, lineno, file=None, line=None):
    if file is not None:
        if _warnings_showwarning is not None:
            _warnings_showwarning(message, category, filename, lineno, file, line)
        return
    import warnings
    logger = getLogger('py.warnings')
    if not logger.handlers:
        logger.addHandler(NullHandler())
    logger.warning(str(warnings.formatwarning(message, category, filename, lineno, line)))


def captureWarnings(capture):
    """Whether what the warnings module has to say is logged (by 'py.warnings')."""
    global _warnings_showwarning
    import warnings
    if bool(capture) is (_warnings_showwarning is not None):
        return
    if capture:
        warnings.showwarning, _warnings_showwarning = _showwarning, warnings.showwarning
    else:
        warnings.showwarning, _warnings_showwarning = _warnings_showwarning, None


# --- the rooms' things are the package's ---

import atexit  # noqa: E402

atexit.register(shutdown)
for _thing in [*globals().values()]:
    if (getattr(_thing, '__module__', None) or '').startswith('logging.'):
        _thing.__module__ = 'logging'
