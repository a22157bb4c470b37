"""Moments read from text by a format, in the shapes that time and datetime want them. The reading itself is native."""
import time as _time
from datetime import datetime as _datetime

__all__ = []


def _getlang():
    """The locale of times, as (language, encoding)."""
    import locale
    return locale.getlocale(locale.LC_TIME)


def _strptime(data_string, format='%a %b %d %H:%M:%S %Y'):
    """The fields of struct_time with zone and offset, the microseconds, and the microseconds of the offset."""
    for position, argument in enumerate((data_string, format)):
        if not isinstance(argument, str):
            raise TypeError(f'strptime() argument {position} must be str, not {type(argument)}')
    fields = _time.strptime(data_string, format)
    fraction = offset_fraction = 0
    if '%f' in format or '%z' in format:
        moment = _datetime.strptime(data_string, format)
        fraction = moment.microsecond
        if moment.tzinfo is not None:
            offset_fraction = moment.utcoffset().microseconds
    return (*fields, fields.tm_zone, fields.tm_gmtoff), fraction, offset_fraction


def _strptime_time(data_string, format='%a %b %d %H:%M:%S %Y'):
    """What time.strptime() gives."""
    return _time.strptime(data_string, format)


def _strptime_datetime(cls, data_string, format='%a %b %d %H:%M:%S %Y'):
    """What cls.strptime() gives, for a class of datetimes."""
    return cls.strptime(data_string, format)
