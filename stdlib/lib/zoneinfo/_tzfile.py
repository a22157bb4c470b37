"""Reading TZif (RFC 8536), and the rule at its end: what happens every year from then on."""
import calendar
import datetime
import re
import struct

_HEADER = struct.Struct('>4sc15x6l')
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_DAY = 86400
_ZERO = datetime.timedelta(0)


class Kind:
    """A kind of time: its distance to UTC, how much of that is summer time, its name."""

    __slots__ = ('utcoff', 'dstoff', 'name', 'seconds')

    def __init__(self, seconds, dst_seconds, name):
        self.seconds = seconds
        self.utcoff = datetime.timedelta(seconds=seconds)
        self.dstoff = datetime.timedelta(seconds=dst_seconds) if dst_seconds else _ZERO
        self.name = name


def _read(file, count):
    data = file.read(count)
    if len(data) < count:
        raise ValueError('Invalid TZif file: unexpected end of file')
    return data


def _header(file):
    magic, version, *counts = _HEADER.unpack(_read(file, _HEADER.size))
    return magic, version, counts


def read_file(file):
    """(times, index of a kind for each, (offset, is summer, name) of each kind, rule as text)"""
    magic = file.read(4)
    if magic != b'TZif':
        raise ValueError('Invalid TZif file: magic not found')
    _, version, counts = (lambda raw: (raw[0], raw[1], raw[2:]))(_HEADER.unpack(magic + _read(file, _HEADER.size - 4)))
    wide = version != b'\0'
    if wide:
        # What comes first is for readers that know no other.
        isutc, isstd, leap, times, kinds, names = counts
        _read(file, times * 5 + kinds * 6 + names + leap * 8 + isstd + isutc)
        _, _, counts = _header(file)
    isutc, isstd, leap, times, kinds, names = counts
    size, letter = (8, 'q') if wide else (4, 'l')
    moments = struct.unpack(f'>{times}{letter}', _read(file, times * size))
    indices = struct.unpack(f'>{times}B', _read(file, times))
    raw = [struct.unpack('>lbb', _read(file, 6)) for _ in range(kinds)]
    texts = _read(file, names)
    _read(file, leap * (size + 4) + isstd + isutc)
    if any(index >= kinds for index in indices):
        raise ValueError('Invalid TZif file: a transition to an unknown type')
    described = [(offset, bool(summer), texts[start:texts.index(b'\0', start)].decode('ascii'))
                 for offset, summer, start in raw]
    rule = b''
    if wide and file.read(1) == b'\n':
        rule = file.readline().rstrip(b'\n')
    return moments, indices, described, rule.decode('ascii')


def make_kinds(indices, described):
    """A Kind for each described one. The standard time next to summer time says how much the latter adds."""
    extra = [0] * len(described)
    for place, index in enumerate(indices):
        offset, summer, _ = described[index]
        if not summer or extra[index]:
            continue
        for other in (place - 1, place + 1):
            if 0 <= other < len(indices):
                standard, other_summer, _ = described[indices[other]]
                if not other_summer and offset != standard:
                    extra[index] = offset - standard
                    break
    return [Kind(offset, more or (3600 if summer else 0), name)
            for more, (offset, summer, name) in zip(extra, described)]


# --- the rule ---

_NAME = r'(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]+>)'
_OFFSET = r'[+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?'
_RULE = re.compile(rf'(?P<std>{_NAME})(?P<stdoff>{_OFFSET})(?:(?P<dst>{_NAME})(?P<dstoff>{_OFFSET})?)?\Z')
_WHEN = re.compile(r'(?:M(\d{1,2})\.(\d)\.(\d)|J(\d{1,3})|(\d{1,3}))\Z')


def _clock(text, limit, what):
    match = re.fullmatch(r'([+-]?)(\d{1,3})(?::(\d{2})(?::(\d{2}))?)?', text, re.ASCII)
    if not match:
        raise ValueError(f'Invalid {what}: {text}')
    sign, hours, minutes, seconds = match[1], int(match[2]), int(match[3] or 0), int(match[4] or 0)
    if hours > limit or minutes > 59 or seconds > 59:
        raise ValueError(f'Invalid {what}: {text}')
    total = hours * 3600 + minutes * 60 + seconds
    return -total if sign == '-' else total


def _moment(text):
    """A function from a year to the local second at which time changes."""
    day, slash, clock = text.partition('/')
    seconds = _clock(clock, 167, 'transition time') if slash else 7200
    match = _WHEN.match(day)
    if not match:
        raise ValueError(f'Invalid dst start/end date: {text}')
    month, week, weekday, julian, ordinal = match.groups()
    if month is not None:
        month, week, weekday = int(month), int(week), int(weekday)
        if not (1 <= month <= 12 and 1 <= week <= 5 and weekday <= 6):
            raise ValueError(f'Invalid dst start/end date: {text}')

        def of_month(year):
            first, days = calendar.monthrange(year, month)
            day = 1 + (weekday - (first + 1)) % 7 + (week - 1) * 7
            if day > days:
                day -= 7
            return (datetime.date(year, month, day).toordinal() - _EPOCH) * _DAY + seconds
        return of_month
    number = int(julian or ordinal)
    if number > 365 or julian and number < 1:
        raise ValueError(f'Invalid dst start/end date: {text}')

    def of_year(year):
        # CPython counts both notations from 1 (POSIX has the plain one from 0). To J, the 29th of February is no day.
        place = number - 1
        if julian and number >= 60 and calendar.isleap(year):
            place += 1
        return (datetime.date(year, 1, 1).toordinal() - _EPOCH + place) * _DAY + seconds
    return of_year


class Rule:
    """Standard time and summer time, year after year."""

    def __init__(self, standard, summer, start, end):
        self.standard, self.summer, self._start, self._end = standard, summer, start, end
        self._difference = summer.seconds - standard.seconds

    def find(self, local, year, fold):
        """The kind at a local second. With fold 0 a gap belongs to what is before it, a fold to its first pass."""
        start, end = self._start(year), self._end(year)
        if fold == (self._difference >= 0):
            end -= self._difference
        else:
            start += self._difference
        return self.summer if self._within(start, end, local) else self.standard

    @staticmethod
    def _within(start, end, second):
        return start <= second < end if start < end else not end <= second < start

    def find_utc(self, second, year):
        """(kind, fold) at a second of UTC."""
        start = self._start(year) - self.standard.seconds
        end = self._end(year) - self.summer.seconds
        summer = self._within(start, end, second)
        back = end if self._difference > 0 else start
        fold = back <= second < back + abs(self._difference)
        return (self.summer if summer else self.standard), int(fold)


def parse_rule(text):
    """A Rule, or a Kind when time does not change; in the notation of POSIX's TZ."""
    try:
        return _parse_rule(text)
    except ValueError as error:
        raise ValueError(f'Malformed transition rule in TZ string: {text.encode()}') from error


def _parse_rule(text):
    names, *dates = text.split(',')
    match = _RULE.match(names)
    if not match or len(dates) not in (0, 2) or bool(dates) != bool(match['dst']):
        if match and match['dst'] and not dates:
            raise ValueError(f'Missing transition rules in TZ string: {text}')
        raise ValueError(f'{text} is not a valid TZ string')
    # West is positive here.
    standard = Kind(-_clock(match['stdoff'], 24, 'offset'), 0, match['std'].strip('<>'))
    if not match['dst']:
        return standard
    offset = -_clock(match['dstoff'], 24, 'offset') if match['dstoff'] else standard.seconds + 3600
    summer = Kind(offset, offset - standard.seconds, match['dst'].strip('<>'))
    return Rule(standard, summer, _moment(dates[0]), _moment(dates[1]))
