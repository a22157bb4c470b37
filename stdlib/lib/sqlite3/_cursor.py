"""Cursor: runs statements and gives their rows."""
from functools import lru_cache

import _sqlite3
from sqlite3 import _adapters
from sqlite3._errors import DataError, InterfaceError, ProgrammingError
from sqlite3._rows import _class_name

PARSE_DECLTYPES, PARSE_COLNAMES = 1, 2
_CHANGES_ROWS = ('INSERT', 'UPDATE', 'DELETE', 'REPLACE')


def _first_word(sql):
    """The first word behind spaces and comments."""
    place = 0
    while place < len(sql):
        if sql[place].isspace():
            place += 1
        elif sql.startswith('--', place):
            place = sql.find('\n', place) + 1 or len(sql)
        elif sql.startswith('/*', place):
            place = sql.find('*/', place) + 2
            if place == 1:
                return ''
        else:
            break
    return sql[place:place + 7]


@lru_cache(maxsize=256)
def _is_change(sql):
    """Does it begin as statements do that change rows?"""
    return _first_word(sql).upper().startswith(_CHANGES_ROWS)


class Cursor:
    """What execute() gives: a place in the rows of a statement."""

    _connection = None
    _statement = None
    _busy = False

    def __init__(self, connection, /):
        if self._busy:
            raise ProgrammingError('Recursive use of cursors not allowed.')
        if not isinstance(connection, Connection):
            raise TypeError(f'Cursor() argument 1 must be sqlite3.Connection, not {_class_name(connection)}')
        self._connection = connection
        self._statement = None
        self._changing = self._closed = self._busy = False
        self._converters = None
        self.arraysize = 1
        self._columns = self._description = self._lastrowid = None
        self._rowcount = -1
        self.row_factory = None
        connection._check()

    def _check(self):
        if self._connection is None:
            raise ProgrammingError('Base Cursor.__init__ not called.')
        if self._closed:
            raise ProgrammingError('Cannot operate on a closed cursor.')
        if self._busy:
            raise ProgrammingError('Recursive use of cursors not allowed.')
        self._connection._check()

    connection = property(lambda self: self._connection, doc='The connection it belongs to.')
    lastrowid = property(lambda self: self._lastrowid, doc='The id of the row that was inserted last.')
    rowcount = property(lambda self: self._rowcount, doc='How many rows were changed; -1: not known.')

    @property
    def description(self):
        """A 7-tuple for each column: its name, and Nones."""
        if self._description is None and self._columns is not None:
            detect = self._connection._detect
            self._description = tuple([(_shown_name(name, detect),) + (None,) * 6 for name, _ in self._columns])
        return self._description

    # --- running ---

    def _drop(self):
        """Gives the statement back."""
        statement, self._statement = self._statement, None
        if statement is not None:
            self._connection._give_back(self._sql, statement)

    def _begin(self, sql, many):
        self._drop()
        connection = self._connection
        if not isinstance(sql, str):
            raise TypeError(f'execute{"many" if many else ""}() argument 1 must be str, not {type(sql).__name__}')
        self._changing = _is_change(sql)
        self._rowcount = 0 if self._changing else -1
        self._columns = self._description = None
        self._converters = None
        statement = connection._take_statement(sql)
        if many and not self._changing:
            if statement is not None:
                connection._give_back(sql, statement)
            raise ProgrammingError('executemany() can only execute DML statements.')
        self._statement, self._sql = statement, sql
        if statement is None:
            return
        if self._changing and connection._isolation is not None and connection._db.autocommit():
            connection._db.run('BEGIN ' + connection._isolation)

    def _describe(self, statement):
        columns = statement.columns()
        if not columns:
            return
        self._columns = columns
        detect = self._connection._detect
        if detect:
            self._converters = [_converter(name, kind, detect) for name, kind in columns]

    def _run(self, sql, rows, many):
        self._check()
        try:
            self._busy = True
            self._begin(sql, many)
            statement = self._statement
            if statement is None:
                return self
            try:
                first = True
                for parameters in rows:
                    has_row = statement.run(parameters)
                    if first:
                        self._describe(statement)
                        first = False
                    if many:
                        while has_row:
                            statement.take(bytes, None)
                            has_row = statement.has_row
                    if not has_row and self._changing:
                        self._rowcount += statement.changes
            except BaseException:
                self._rowcount = -1
                self._drop()
                raise
            if not many:
                self._lastrowid = self._connection._db.last_row_id()
            if many or not statement.has_row:
                self._drop()
        finally:
            self._busy = False
        return self

    def execute(self, sql, parameters=(), /):
        """Runs one statement."""
        return self._run(sql, (parameters,), False)

    def executemany(self, sql, seq_of_parameters, /):
        """Runs a statement that changes rows once for each set of parameters."""
        if self._connection is None:
            self._check()
        return self._run(sql, iter(seq_of_parameters), True)

    def executescript(self, sql_script, /):
        """Commits, and runs all the statements of a text."""
        if not isinstance(sql_script, str):
            raise TypeError(f'executescript() argument must be str, not {type(sql_script).__name__}')
        self._check()
        if '\0' in sql_script:
            raise ValueError('embedded null character')
        connection = self._connection
        if len(sql_script.encode()) > connection._db.limit(_sqlite3.SQLITE_LIMIT_SQL_LENGTH, -1):
            raise DataError('query string is too large')
        if not connection._db.autocommit():
            connection._db.run('COMMIT')
        connection._db.run_script(sql_script)
        return self

    # --- rows ---

    def __iter__(self):
        return self

    def __next__(self):
        self._check()
        statement = self._statement
        if statement is None:
            raise StopIteration
        self._busy = True
        try:
            row = statement.take(self._connection.text_factory, self._converters)
        except BaseException:
            self._drop()
            raise
        finally:
            self._busy = False
        if row is None:
            self._drop()
            raise StopIteration
        if not statement.has_row:
            if self._changing:
                self._rowcount = statement.changes
            self._drop()
        factory = self.row_factory
        return row if factory is None else factory(self, row)

    def fetchone(self):
        """The next row, or None."""
        return next(self, None)

    def fetchmany(self, size=None):
        """The next rows, at most so many (arraysize without a number)."""
        size = self.arraysize if size is None else _whole(size)
        rows = []
        while size <= 0 or len(rows) < size:
            row = next(self, None)
            if row is None:
                break
            rows.append(row)
        return rows

    def fetchall(self):
        """The rows that are left."""
        return list(self)

    def close(self):
        """No more use of it."""
        if self._connection is None:
            raise ProgrammingError('Base Cursor.__init__ not called.')
        if self._busy:
            raise ProgrammingError('Recursive use of cursors not allowed.')
        self._connection._check()
        self._drop()
        self._closed = True

    def setinputsizes(self, sizes, /):
        """Has no effect."""

    def setoutputsize(self, size, column=None, /):
        """Has no effect."""


def _shown_name(name, detect):
    return name.partition(' [')[0] if detect & PARSE_COLNAMES else name


def _whole(number):
    if not hasattr(number, '__index__'):
        raise TypeError(f"'{type(number).__name__}' object cannot be interpreted as an integer")
    return number.__index__()


def _converter(name, kind, detect):
    known = _adapters.converters
    if detect & PARSE_COLNAMES and '[' in name and ']' in name:
        found = known.get(name[name.index('[') + 1:name.index(']')].upper())
        if found is not None:
            return found
    if detect & PARSE_DECLTYPES and kind:
        return known.get(kind.partition('(')[0].partition(' ')[0].upper())
    return None


Cursor.__module__ = 'sqlite3'
