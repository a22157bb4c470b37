"""From values of the program to those of SQL, and back: register_adapter, register_converter and the usual ones."""
import datetime

import _sqlite3

from sqlite3._errors import ProgrammingError

adapters = {}       # (type, protocol) -> function
converters = {}     # NAME -> function of bytes


class PrepareProtocol:
    """What values are adapted to."""


PrepareProtocol.__module__ = 'sqlite3'


def register_adapter(type, adapter, /):
    """Values of exactly this type go to the database as adapter(value)."""
    if type in (int, float, str, bytearray):
        _sqlite3._adapt_all()
    adapters[type, PrepareProtocol] = adapter


def register_converter(typename, converter, /):
    """Columns of this declared type come from the database as converter(bytes)."""
    converters[typename.upper()] = converter


def adapt(obj, proto=PrepareProtocol, alt=..., /):
    """The value as the database takes it; `alt`, or an error, when nobody knows how."""
    function = adapters.get((type(obj), proto))
    if function is not None:
        return function(obj)
    for owner, name, other in ((proto, '__adapt__', obj), (obj, '__conform__', proto)):
        method = getattr(owner, name, None)
        if method is None:
            continue
        try:
            adapted = method(other)
        except TypeError:
            continue
        if adapted is not None:
            return adapted
    if alt is not ...:
        return alt
    raise ProgrammingError("can't adapt")


def for_binding(value):
    """The value as the database takes it, or as it is."""
    return adapt(value, PrepareProtocol, value)


def _timestamp(text):
    day, _, clock = text.partition(b' ')
    hours = clock.partition(b'.')
    moment = [*map(int, day.split(b'-')), *map(int, hours[0].split(b':'))]
    if hours[1]:
        moment.append(int(hours[2].ljust(6, b'0')[:6]))
    return datetime.datetime(*moment)


register_adapter(datetime.date, lambda day: day.isoformat())
register_adapter(datetime.datetime, lambda moment: moment.isoformat(' '))
register_converter('date', lambda text: datetime.date(*map(int, text.split(b'-'))))
register_converter('timestamp', _timestamp)
