"""The exceptions of DB-API 2.0."""


class Warning(Exception):
    """Something that should be known."""


class Error(Exception):
    """All errors of a database; with sqlite_errorcode and sqlite_errorname when the library gave one."""


class InterfaceError(Error):
    """The library is used wrongly."""


class DatabaseError(Error):
    """Something about the database."""


class InternalError(DatabaseError):
    """The library contradicts itself."""


class OperationalError(DatabaseError):
    """The database cannot do that now."""


class ProgrammingError(DatabaseError):
    """The program asks for something impossible."""


class IntegrityError(DatabaseError):
    """A rule of the tables would be broken."""


class DataError(DatabaseError):
    """A value is out of bounds."""


class NotSupportedError(DatabaseError):
    """Nobody can do that."""


_ALL = (Warning, Error, InterfaceError, DatabaseError, InternalError, OperationalError, ProgrammingError,
        IntegrityError, DataError, NotSupportedError)
CLASSES = {made.__name__: made for made in _ALL}
for _made in CLASSES.values():
    _made.__module__ = 'sqlite3'
