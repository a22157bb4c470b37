"""Dates and addresses as they stand in headers, read leniently: what is wrong is passed over.

parsedate_tz reads RFC 2822 dates and their cousins; AddressList reads lists of addresses.
"""
import calendar
import time

__all__ = ['mktime_tz', 'parsedate', 'parsedate_tz', 'quote', 'AddressList']

_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec',
           'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october',
           'november', 'december']
_DAYS = {'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'}
_ZONES = {'UT': 0, 'UTC': 0, 'GMT': 0, 'Z': 0, 'AST': -400, 'ADT': -300, 'EST': -500, 'EDT': -400, 'CST': -600,
          'CDT': -500, 'MST': -700, 'MDT': -600, 'PST': -800, 'PDT': -700}


# --- dates ---


def parsedate_tz(data):
    """A date as a tuple of ten: what time.localtime() gives, and the offset of the zone in seconds; None if it is none.

    The day of the week, that of the year and the flag of summer time are not worked out.
    """
    fields = _date_fields(data)
    if fields is None:
        return None
    if fields[9] is None:
        fields[9] = 0
    return tuple(fields)


def _date_fields(data):
    """The same as a list; the offset is None where the date says that it is not known ("-0000")."""
    words = data.split() if data else None
    if not words:
        return None
    words = _five_words(words)
    if words is None:
        return None
    day, month, year, clock, zone = words
    if not (day and month and year):
        return None
    # Some put the month first.
    if month.lower() not in _MONTHS:
        day, month = month, day
    if month.lower() not in _MONTHS:
        return None
    month = _MONTHS.index(month.lower()) % 12 + 1
    if year.find(':') > 0:
        year, clock = clock, year
    year = year.removesuffix(',')
    if not year:
        return None
    if not year[0].isdigit():
        year, zone = zone, year
    clock = _clock(clock.removesuffix(','))
    if clock is None:
        return None
    try:
        year, day = int(year), int(day.removesuffix(','))
        hour, minute, second = map(int, clock)
    except ValueError:
        return None
    if year < 100:
        year += 1900 if year > 68 else 2000
    return [year, month, day, hour, minute, second, 0, 1, -1, _offset(zone)]


def _five_words(words):
    """Day, month, year, time and zone, in whatever order; without the day of the week."""
    if words[0].endswith(',') or words[0].lower() in _DAYS:
        del words[0]
    else:
        words[0] = words[0].rpartition(',')[2]
    if len(words) == 3:
        # RFC 850: 08-Jan-1999.
        parts = words[0].split('-')
        if len(parts) == 3:
            words = parts + words[1:]
    if len(words) == 4:
        sign = words[3].find('+')
        if sign == -1:
            sign = words[3].find('-')
        if sign > 0:
            words[3:] = words[3][:sign], words[3][sign:]
        else:
            words.append('')
    return words[:5] if len(words) >= 5 else None


def _clock(text):
    parts = text.split(':')
    if len(parts) == 1 and '.' in text:
        parts = text.split('.')
    if len(parts) == 2:
        parts.append('0')
    return parts if len(parts) == 3 else None


def _offset(zone):
    zone = zone.upper()
    number = _ZONES.get(zone)
    if number is None:
        try:
            number = int(zone)
        except ValueError:
            return None
        if number == 0 and zone.startswith('-'):
            return None
    hours, minutes = divmod(abs(number), 100)
    seconds = hours * 3600 + minutes * 60
    return -seconds if number < 0 else seconds


def parsedate(data):
    """As parsedate_tz, without the zone."""
    fields = parsedate_tz(data)
    return fields[:9] if isinstance(fields, tuple) else fields


def mktime_tz(data):
    """Seconds since 1970 of what parsedate_tz gave."""
    if data[9] is None:
        return time.mktime(data[:8] + (-1,))
    return calendar.timegm(data) - data[9]


# --- addresses ---

_SPECIALS = '()<>@,:;."[]'
_BLANKS = ' \t'
_WHITE = ' \t\r\n'
_ATOM_ENDS = frozenset(_SPECIALS + _WHITE)
_PHRASE_ENDS = _ATOM_ENDS - {'.'}


def quote(str):
    """Backslashes and quotes with a backslash before each."""
    return str.replace('\\', '\\\\').replace('"', '\\"')


class AddrlistClass:
    """Reads the addresses of a header one after another. `pos` is where it is, `commentlist` what stood in brackets."""

    def __init__(self, field):
        self.field = field
        self.pos = 0
        self.commentlist = []

    def _here(self):
        """The next character, or '' at the end."""
        return self.field[self.pos] if self.pos < len(self.field) else ''

    def _skip(self):
        """Goes to what is neither white space nor comment; the blanks on the way."""
        blanks = []
        while char := self._here():
            if char in _WHITE:
                if char in _BLANKS:
                    blanks.append(char)
                self.pos += 1
            elif char == '(':
                self.commentlist.append(self._comment())
            else:
                break
        return ''.join(blanks)

    def getaddrlist(self):
        """All addresses as (name, address) pairs; ('', '') for what cannot be read."""
        found = []
        while self.pos < len(self.field):
            found += self.getaddress() or [('', '')]
        return found

    def getaddress(self):
        """The next address as a list of one pair; of all its members, if it is a group."""
        self.commentlist = []
        self._skip()
        begin, comments = self.pos, self.commentlist
        words = self._phrase()
        self._skip()
        char = self._here()
        found = []
        if char and char in '.@':
            # It is no name but the address itself.
            self.pos, self.commentlist = begin, comments
            address = self._address()
            found = [(' '.join(self.commentlist), address)]
        elif char == ':':
            found = self._group()
        elif char == '<':
            address = self._route()
            name = ' '.join(words)
            if self.commentlist:
                name += f' ({" ".join(self.commentlist)})'
            found = [(name, address)]
        elif words:
            found = [(' '.join(self.commentlist), words[0])]
        elif char and char in _SPECIALS:
            self.pos += 1
        self._skip()
        if self._here() == ',':
            self.pos += 1
        return found

    def _group(self):
        self.pos += 1
        members = []
        while self.pos < len(self.field):
            self._skip()
            if self._here() == ';':
                self.pos += 1
                break
            members += self.getaddress()
        return members

    def _route(self):
        """What stands between < and >, without the stations before the colon."""
        self.pos += 1
        self._skip()
        station = False
        while char := self._here():
            if station:
                self._domain()
                station = False
            elif char == '>':
                self.pos += 1
                break
            elif char in '@:':
                station = char == '@'
                self.pos += 1
            else:
                address = self._address()
                self.pos += 1
                return address
            self._skip()
        return ''

    def _address(self):
        """local@domain. Without a domain what there is of it; '' when the domain is no good."""
        parts = []

        def drop_blank():
            if parts and not parts[-1].strip():
                parts.pop()

        self._skip()
        while char := self._here():
            keep_blank = True
            if char == '.':
                drop_blank()
                parts.append('.')
                self.pos += 1
                keep_blank = False
            elif char == '"':
                parts.append(f'"{quote(self._quoted())}"')
            elif char in _ATOM_ENDS:
                drop_blank()
                break
            else:
                parts.append(self._atom(_ATOM_ENDS))
            blank = self._skip()
            if keep_blank and blank:
                parts.append(blank)
        local = ''.join(parts)
        if self._here() != '@':
            return local
        self.pos += 1
        self._skip()
        domain = self._domain()
        return f'{local}@{domain}' if domain else ''

    def _domain(self):
        parts = []
        while char := self._here():
            if char in _BLANKS:
                self.pos += 1
            elif char == '(':
                self.commentlist.append(self._comment())
            elif char == '[':
                parts.append(f'[{self._delimited("]")}]')
            elif char == '.':
                parts.append('.')
                self.pos += 1
            elif char == '@':
                # a@evil.org@good.org is nobody's address.
                return ''
            elif char in _ATOM_ENDS:
                break
            else:
                parts.append(self._atom(_ATOM_ENDS))
        return ''.join(parts)

    def _delimited(self, end, nested=False):
        """What stands up to the end mark (or the end of the line); backslashes are taken off."""
        self.pos += 1
        parts = []
        while char := self._here():
            if char == '\\':
                parts.append(self.field[self.pos + 1:self.pos + 2])
                self.pos += 2
            elif char == end or char == '\r':
                self.pos += 1
                break
            elif nested and char == '(':
                parts.append(self._comment())
            else:
                parts.append(char)
                self.pos += 1
        return ''.join(parts)

    def _quoted(self):
        return self._delimited('"')

    def _comment(self):
        return self._delimited(')', nested=True)

    def _atom(self, ends):
        begin = self.pos
        while self._here() and self.field[self.pos] not in ends:
            self.pos += 1
        return ''.join(self.field[begin:self.pos])

    def _phrase(self):
        """The words of a name."""
        words = []
        while char := self._here():
            if char in _WHITE:
                self.pos += 1
            elif char == '"':
                words.append(self._quoted())
            elif char == '(':
                self.commentlist.append(self._comment())
            elif char in _PHRASE_ENDS:
                break
            else:
                words.append(self._atom(_PHRASE_ENDS))
        return words


class AddressList(AddrlistClass):
    """The addresses of a header; lists can be added and subtracted as sets."""

    def __init__(self, field):
        AddrlistClass.__init__(self, field)
        self.addresslist = self.getaddrlist() if field else []

    def __len__(self):
        return len(self.addresslist)

    def _with(self, addresses):
        made = AddressList(None)
        made.addresslist = addresses
        return made

    def __add__(self, other):
        return self._with(self.addresslist + [pair for pair in other.addresslist if pair not in self.addresslist])

    def __iadd__(self, other):
        self.addresslist += [pair for pair in other.addresslist if pair not in self.addresslist]
        return self

    def __sub__(self, other):
        return self._with([pair for pair in self.addresslist if pair not in other.addresslist])

    def __isub__(self, other):
        for pair in other.addresslist:
            if pair in self.addresslist:
                self.addresslist.remove(pair)
        return self

    def __getitem__(self, index):
        return self.addresslist[index]
