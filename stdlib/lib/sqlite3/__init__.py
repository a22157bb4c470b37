"""Databases of SQLite, by the rules of DB-API 2.0 (PEP 249). All of it is in sqlite3.dbapi2."""
from sqlite3.dbapi2 import *
from sqlite3.dbapi2 import (
    _deprecated_version, _hidden, adapters, converters, enable_callback_tracebacks, sqlite_version_info,
)
from sqlite3.dbapi2 import version_info


def __getattr__(name):
    return _hidden(__name__, name)
