"""DB-API 2.0 on SQLite: connections, cursors, rows, adapters and converters, the names of PEP 249."""
import collections.abc
import datetime
import time

import _sqlite3
from _sqlite3 import complete_statement, enable_callback_tracebacks, sqlite_version
from sqlite3._adapters import (
    PrepareProtocol, adapt, adapters, converters, for_binding, register_adapter, register_converter,
)
from sqlite3._connection import Connection
from sqlite3._cursor import PARSE_COLNAMES, PARSE_DECLTYPES, Cursor
from sqlite3._errors import (
    CLASSES, DatabaseError, DataError, Error, IntegrityError, InterfaceError, InternalError, NotSupportedError,
    OperationalError, ProgrammingError, Warning,
)
from sqlite3._rows import Blob, Row

_sqlite3._connect(CLASSES, for_binding)
for _name in dir(_sqlite3):
    if _name.startswith('SQLITE_'):
        globals()[_name] = getattr(_sqlite3, _name)

paramstyle = 'qmark'
threadsafety = {0: 0, 1: 3, 2: 1}[_sqlite3.threading_mode]
apilevel = '2.0'
version = '2.6.0'
version_info = (2, 6, 0)
sqlite_version_info = tuple(map(int, sqlite_version.split('.')))
_deprecated_version = version

Date, Time, Timestamp = datetime.date, datetime.time, datetime.datetime
Binary = memoryview
collections.abc.Sequence.register(Row)


def DateFromTicks(ticks):
    """The day of a time in seconds."""
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):
    """The time of day of a time in seconds."""
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):
    """Day and time of a time in seconds."""
    return Timestamp(*time.localtime(ticks)[:6])


_FACTORY_PLACE = 5


def connect(*args, **kwargs):
    """Opens a database, a file or ':memory:'. The arguments are Connection's; `factory` is the class to make instead."""
    factory = kwargs.get('factory') if len(args) <= _FACTORY_PLACE else args[_FACTORY_PLACE]
    return (Connection if factory is None else factory)(*args, **kwargs)


connect.__text_signature__ = ("(database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, "
                              "factory=<class 'sqlite3.Connection'>, cached_statements=128, uri=False)")


def enable_shared_cache(enable):
    """Deprecated; SQLite advises against it."""
    import warnings
    warnings.warn('enable_shared_cache is deprecated and will be removed in Python 3.12. '
                  'Shared cache is strongly discouraged by the SQLite 3 documentation. '
                  'If shared cache must be used, open the database in URI mode using '
                  'the cache=shared query parameter.', DeprecationWarning, stacklevel=2)


def _hidden(module, name):
    """Names that are there only for those who ask."""
    if name == 'OptimizedUnicode':
        import warnings
        warnings.warn('\n            OptimizedUnicode is deprecated and will be removed in Python 3.12.\n'
                      '            Since Python 3.3 it has simply been an alias for \'str\'.\n        ',
                      DeprecationWarning, stacklevel=3)
        return str
    raise AttributeError(f"module 'sqlite3' has no attribute '{name}'")
