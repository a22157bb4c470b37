"""Connection: an open database, its transactions and what the program puts into it."""
import time
from threading import get_ident

import _sqlite3
from sqlite3 import _cursor, _errors
from sqlite3._cursor import Cursor
from sqlite3._errors import ProgrammingError
from sqlite3._rows import Blob, _class_name, _plain_bytes

_LEVELS = ('', 'DEFERRED', 'IMMEDIATE', 'EXCLUSIVE')


def _level(value):
    """The word behind BEGIN; None: no transactions are begun for the program."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError('isolation_level must be str or None')
    level = str.upper(value)
    if level not in _LEVELS:
        raise ValueError("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'")
    return level


class Connection:
    """An open database."""

    _db = None
    _ready = False

    def __init__(self, database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=None,
                 cached_statements=128, uri=False):
        import sys
        sys.audit('sqlite3.connect', database)
        if not hasattr(detect_types, '__index__'):
            raise TypeError(f"'{type(detect_types).__name__}' object cannot be interpreted as an integer")
        isolation = _level(isolation_level)
        self._ready = False  # cursors from before go on in the database that they have
        self._db = _sqlite3.Database(database, timeout, uri)
        self._open = True
        self._isolation = isolation
        self._detect = detect_types.__index__()
        self._thread = get_ident() if check_same_thread else None
        self._room = cached_statements
        self._statements = {}       # text -> a statement that nobody uses
        self.row_factory = None
        self.text_factory = str
        self._ready = True
        sys.audit('sqlite3.connect/handle', self)

    def _check_thread(self):
        if not self._ready:
            raise ProgrammingError('Base Connection.__init__ not called.')
        if self._thread is not None and self._thread != get_ident():
            raise ProgrammingError(
                'SQLite objects created in a thread can only be used in that same thread. '
                f'The object was created in thread id {self._thread} and this is thread id {get_ident()}.')

    def _check_open(self):
        if not self._ready:
            raise ProgrammingError('Base Connection.__init__ not called.')
        if not self._open:
            raise ProgrammingError('Cannot operate on a closed database.')

    def _check(self):
        # Asked several times for each statement: the usual case without further calls.
        if self._ready and self._open and (self._thread is None or self._thread == get_ident()):
            return
        self._check_thread()
        self._check_open()

    # --- statements ---

    def _take_statement(self, sql):
        """A statement that nobody uses, from those at hand or new."""
        return self._statements.pop(sql, None) or self._db.prepare(sql)

    def _give_back(self, sql, statement):
        if not self._open:
            return
        statement.reset()
        if self._room > 0:
            while len(self._statements) >= self._room:
                self._statements.pop(next(iter(self._statements)), None)
            self._statements[sql] = statement

    def cursor(self, factory=Cursor):
        """A new cursor."""
        self._check()
        cursor = factory(self)
        if factory is not Cursor and not issubclass(type(cursor), Cursor):  # isinstance() asks the object what it is
            raise TypeError(f'factory must return a cursor, not {_class_name(cursor)}')
        if self.row_factory is not None:
            cursor.row_factory = self.row_factory
        return cursor

    def execute(self, sql, parameters=(), /):
        """Runs a statement on a new cursor."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql, parameters, /):
        """Runs a statement for many sets of parameters, on a new cursor."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql_script, /):
        """Runs all statements of a text, on a new cursor."""
        return self.cursor().executescript(sql_script)

    def __call__(self, *args):
        self._check()
        if len(args) != 1:
            raise TypeError(f'Connection expected 1 argument, got {len(args)}')
        sql = args[0]
        if not isinstance(sql, str):
            raise TypeError(f'argument 1 must be str, not {type(sql).__name__}')
        return self._db.prepare(sql)

    # --- transactions ---

    @property
    def isolation_level(self):
        """How transactions are begun for the program: '', 'DEFERRED', 'IMMEDIATE', 'EXCLUSIVE', or None: not at all."""
        self._check_open()
        return self._isolation

    @isolation_level.setter
    def isolation_level(self, value):
        level = _level(value)
        self._check()
        if level is None and not self._db.autocommit():
            self._db.run('COMMIT')
        self._isolation = level

    @isolation_level.deleter
    def isolation_level(self):
        raise AttributeError('cannot delete attribute')

    @property
    def in_transaction(self):
        """Is there a transaction that is neither committed nor rolled back?"""
        self._check_open()
        return not self._db.autocommit()

    @property
    def total_changes(self):
        """How many rows were changed since it was opened."""
        self._check_open()
        return self._db.total_changes()

    def commit(self):
        """Ends the transaction; what it did stays."""
        self._check()
        if not self._db.autocommit():
            self._db.run('COMMIT')

    def rollback(self):
        """Ends the transaction; what it did is undone."""
        self._check()
        if not self._db.autocommit():
            self._db.run('ROLLBACK')

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, type, value, traceback, /):
        if type is None and value is None and traceback is None:
            try:
                self.commit()
            except BaseException:
                self.rollback()
                raise
        else:
            self.rollback()
        return False

    def close(self):
        """Closes; what is not committed is undone."""
        self._check_thread()
        if self._open:
            self._open = False
            self._statements.clear()
            self._db.close()

    def interrupt(self):
        """Stops what runs in other threads."""
        self._check_open()
        self._db.interrupt()

    # --- what the database calls ---

    def create_function(self, name, narg, func, *, deterministic=False):
        """func becomes a function of SQL with narg arguments (-1: any); None removes it."""
        self._check()
        self._db.create_function(name, narg, func, deterministic)

    def create_aggregate(self, name, n_arg, aggregate_class):
        """Objects of the class sum up rows by step() and finalize()."""
        self._check()
        self._db.create_aggregate(name, n_arg, aggregate_class)

    def create_window_function(self, name, num_params, aggregate_class, /):
        """Objects of the class sum up a window by step(), inverse(), value() and finalize()."""
        self._check()
        self._db.create_window(name, num_params, aggregate_class)

    def create_collation(self, name, callback, /):
        """callback(a, b) orders texts: below, at or above zero; None removes it."""
        self._check()
        if callback is not None and not callable(callback):
            raise TypeError('parameter must be callable')
        self._db.create_collation(name, callback)

    def set_authorizer(self, authorizer_callback):
        """The callback is asked what a statement may do."""
        self._check()
        self._db.set_authorizer(authorizer_callback)

    def set_progress_handler(self, progress_handler, n):
        """The handler is called every n steps; a true answer stops the statement."""
        self._check()
        self._db.set_progress(progress_handler, n)

    def set_trace_callback(self, trace_callback):
        """The callback is told each statement."""
        self._check()
        self._db.set_trace(trace_callback)

    # --- the database as a whole ---

    def backup(self, target, *, pages=-1, progress=None, name='main', sleep=0.250):
        """Copies the database into another connection, so many pages at a time."""
        if not isinstance(target, Connection):
            raise TypeError(f"backup() argument 'target' must be sqlite3.Connection, not {_class_name(target)}")
        self._check()
        if target is self:
            raise ValueError('target cannot be the same connection instance')
        target._check()
        if progress is not None and not callable(progress):
            raise TypeError('progress argument must be a callable')
        if pages == 0:
            pages = -1
        copy = self._db.backup(target._db, 'main', name)
        busy = _sqlite3.SQLITE_BUSY, _sqlite3.SQLITE_LOCKED
        try:
            while True:
                code, left, total = copy.step(pages)
                if progress is not None:
                    progress(code, left, total)
                if code & 0xff in busy:
                    time.sleep(sleep)
                elif code != _sqlite3.SQLITE_OK:
                    break
        except BaseException:
            try:
                copy.finish()
            except _errors.Error:
                pass
            raise
        copy.finish()

    def blobopen(self, table, column, row, /, *, readonly=False, name='main'):
        """A value of a table as a file."""
        self._check()
        return Blob._of(self, self._db.open_blob(table, column, row, readonly, name))

    def iterdump(self):
        """The statements that make this database anew."""
        self._check()
        from sqlite3.dump import _iterdump
        return _iterdump(self)

    def serialize(self, *, name='main'):
        """The file of the database as bytes."""
        self._check()
        return self._db.serialize(name)

    def deserialize(self, data, /, *, name='main'):
        """Puts such bytes in the place of a database."""
        self._check()
        self._db.deserialize(data if isinstance(data, bytes) else _plain_bytes(data), name)

    def _limit(self, category, value):
        self._check()
        before = self._db.limit(category, value)
        if before < 0:
            raise ProgrammingError("'category' is out of bounds")
        return before

    def getlimit(self, category, /):
        """A limit of the library."""
        return self._limit(category, -1)

    def setlimit(self, category, limit, /):
        """Sets a limit of the library; what it was."""
        return self._limit(category, limit)

    def enable_load_extension(self, enable, /):
        """Allows or forbids load_extension."""
        self._check()
        self._db.enable_extensions(enable)

    def load_extension(self, name, /):
        """Loads an extension from a library of the system."""
        self._check()
        self._db.load_extension(name)


for _name, _made in _errors.CLASSES.items():
    setattr(Connection, _name, _made)
Connection.__module__ = 'sqlite3'
_cursor.Connection = Connection  # which asks what it is made with
