"""Time zones of the system: ZoneInfo('Europe/Berlin') as a tzinfo of datetime.

The files (TZif, RFC 8536) are read by _tzfile, found by _paths; zones themselves are _zone.
"""
from zoneinfo import _paths
from zoneinfo._paths import InvalidTZPathWarning, ZoneInfoNotFoundError, available_timezones, reset_tzpath
from zoneinfo._zone import ZoneInfo

__all__ = ['ZoneInfo', 'reset_tzpath', 'available_timezones', 'TZPATH', 'ZoneInfoNotFoundError',
           'InvalidTZPathWarning']


def __getattr__(name):
    # reset_tzpath() changes it.
    if name == 'TZPATH':
        return _paths.TZPATH
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def __dir__():
    return sorted([*globals(), 'TZPATH'])
