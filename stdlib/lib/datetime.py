"""Dates, times of day, moments, the distances between them, and time zones. The types are native."""
try:
    from _datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
except ImportError:
    # There are no others: a program that has blocked the import gets the same types.
    import _imp
    _native = _imp.native_half('_datetime')
    MAXYEAR, MINYEAR, UTC = _native.MAXYEAR, _native.MINYEAR, _native.UTC
    date, datetime, time, timedelta = _native.date, _native.datetime, _native.time, _native.timedelta
    timezone, tzinfo = _native.timezone, _native.tzinfo
    del _imp, _native

__all__ = ('date', 'datetime', 'time', 'timedelta', 'timezone', 'tzinfo', 'MINYEAR', 'MAXYEAR', 'UTC')


class IsoCalendarDate(tuple):
    """(ISO year, week, weekday), what date.isocalendar() gives."""

    __slots__ = ()

    def __new__(cls, year, week, weekday):
        return super().__new__(cls, (year, week, weekday))

    @property
    def year(self):
        return self[0]

    @property
    def week(self):
        return self[1]

    @property
    def weekday(self):
        return self[2]

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return f'datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})'


_IsoCalendarDate = IsoCalendarDate
del IsoCalendarDate
