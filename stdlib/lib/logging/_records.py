"""What is logged: levels and their names, and the record of one message.

What a program may set in the package (logThreads and its kin, the factory of records) is read there each time.
"""
import logging as settings
import os
import sys
import threading
import time

CRITICAL = FATAL = 50
ERROR, INFO, DEBUG, NOTSET = 40, 20, 10, 0
WARNING = WARN = 30

_levelToName = {CRITICAL: 'CRITICAL', ERROR: 'ERROR', WARNING: 'WARNING', INFO: 'INFO', DEBUG: 'DEBUG',
                NOTSET: 'NOTSET'}
_nameToLevel = {**{name: level for level, name in _levelToName.items()}, 'FATAL': FATAL, 'WARN': WARN}

# Guards what all loggers share: levels, handlers, the tree.
_lock = threading.RLock()
_startTime = time.time()


# --- levels ---

def getLevelNamesMapping():
    """A copy of the dict from names of levels to numbers."""
    return dict(_nameToLevel)


def getLevelName(level):
    """The name of a level (or the number of a name); 'Level 7' when it has none."""
    for table in _levelToName, _nameToLevel:
        if level in table:
            return table[level]
    return f'Level {level}'


def addLevelName(level, levelName):
    """Gives a number a name."""
    with _lock:
        _nameToLevel[levelName] = level
        _levelToName[level] = levelName


def _checkLevel(level):
    """The number of what may be a name."""
    if isinstance(level, int):
        return level
    if level != str(level):
        raise TypeError(f'Level not an integer or a valid string: {level!r}')
    if level in _nameToLevel:
        return _nameToLevel[level]
    raise ValueError(f'Unknown level: {level!r}')


# --- records ---

class LogRecord:
    """One message and what is known about it."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        self.name, self.levelno, self.levelname = name, level, getLevelName(level)
        self.msg, self.args = msg, _mapping_of(args)
        self.exc_info, self.exc_text, self.stack_info = exc_info, None, sinfo
        self.pathname, self.lineno, self.funcName = pathname, lineno, func
        self.filename, self.module = _file_and_module(pathname)
        self.created = now = time.time()
        self.msecs = now * 1000 // 1 % 1000
        self.relativeCreated = (now - _startTime) * 1000
        self.thread = self.threadName = self.process = None
        if settings.logThreads:
            self.thread, self.threadName = threading.get_ident(), threading.current_thread().name
        self.processName = _process_name() if settings.logMultiprocessing else None
        if settings.logProcesses:
            self.process = os.getpid()

    def __repr__(self):
        return f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, "{self.msg}">'

    def getMessage(self):
        """The message with its arguments put in."""
        text = str(self.msg)
        return text % self.args if self.args else text


def _mapping_of(args):
    """The arguments of %: one mapping stands for itself, so that a format can name its keys."""
    if args and len(args) == 1:
        only = args[0]
        if only and (isinstance(only, dict) or _is_mapping(only)):
            return only
    return args


def _is_mapping(value):
    from collections.abc import Mapping
    return isinstance(value, Mapping)


def _file_and_module(path):
    try:
        file = os.path.basename(path)
        return file, os.path.splitext(file)[0]
    except (TypeError, ValueError, AttributeError):
        return path, 'Unknown module'


def _process_name():
    processes = sys.modules.get('multiprocessing')
    try:
        return processes.current_process().name
    except Exception:  # not imported, or only half
        return 'MainProcess'


def makeLogRecord(dict):
    """A record with these attributes, as it came from elsewhere."""
    record = settings._logRecordFactory(None, None, '', 0, '', (), None, None)
    vars(record).update(dict)
    return record
