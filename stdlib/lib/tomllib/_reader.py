"""The notation of TOML: statements, keys and values. A Reader goes through a text once, from left to right."""
import datetime
import re
import string
from tomllib import TOMLDecodeError
from tomllib._tables import InlineTable, Refused, Tables

_BLANK = ' \t'
_BARE = frozenset(string.ascii_letters + string.digits + '-_')
_CONTROLS = frozenset(map(chr, [*range(32), 127])) - {'\t'}
_ESCAPES = {'b': '\b', 't': '\t', 'n': '\n', 'f': '\f', 'r': '\r', '"': '"', '\\': '\\'}
_PLAIN_RUN = re.compile(r'[^"\\\x00-\x08\n-\x1f\x7f]+')

_TIME = r'(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])(?:\.(?P<micro>[0-9]{1,6})[0-9]*)?'
_LOCAL_TIME = re.compile(_TIME)
_DATE = re.compile(
    r'(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])'
    rf'(?:[Tt ]{_TIME}(?:(?P<utc>[Zz])|(?P<sign>[+-])(?P<off_hour>[01][0-9]|2[0-3]):(?P<off_minute>[0-5][0-9]))?)?')
_NUMBER = re.compile(
    r'0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)'
    r'|[+-]?(?:0|[1-9](?:_?[0-9])*)(?P<float>(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?)')
_SPECIAL_FLOAT = re.compile(r'[+-]?(?:inf|nan)')


class Reader:
    """A text, the place in it, and the tables that have been found."""

    def __init__(self, text, parse_float):
        self.text, self.pos = text, 0
        self.parse_float = float if parse_float is float else _checked(parse_float)
        self.tables = Tables()
        self.header = ()

    def error(self, message, pos=None):
        pos = self.pos if pos is None else pos
        if pos >= len(self.text):
            place = 'end of document'
        else:
            line_start = self.text.rfind('\n', 0, pos) + 1
            place = f'line {self.text.count(chr(10), 0, pos) + 1}, column {pos - line_start + 1}'
        return TOMLDecodeError(f'{message} (at {place})')

    def permitted(self, act, *args):
        try:
            return act(*args)
        except Refused as refused:
            raise self.error(str(refused)) from None

    def peek(self, length=1):
        return self.text[self.pos:self.pos + length]

    def skip(self, chars):
        while self.peek() and self.peek() in chars:
            self.pos += 1

    def skip_comment(self):
        if self.peek() == '#':
            self.until('\n', at_end_too=True)

    def until(self, stop, allowed='', at_end_too=False):
        """The text up to `stop`; controls that are not allowed are refused."""
        end = self.text.find(stop, self.pos)
        if end < 0:
            end = len(self.text)
            missing = not at_end_too
        else:
            missing = False
        found = self.text[self.pos:end]
        if not _CONTROLS.isdisjoint(found):
            for index, char in enumerate(found):
                if char in _CONTROLS and char not in allowed:
                    raise self.error(f'Found invalid character {char!r}', self.pos + index)
        self.pos = end
        if missing:
            raise self.error(f'Expected {stop!r}')
        return found

    # Statements

    def document(self):
        while True:
            self.skip(_BLANK)
            char = self.peek()
            if not char:
                break
            if char == '\n':
                self.pos += 1
                continue
            if char in _BARE or char in '"\'':
                self.assignment()
            elif char == '[':
                self.table_header()
            elif char != '#':
                raise self.error('Invalid statement')
            self.skip(_BLANK)
            self.skip_comment()
            if self.peek() not in ('', '\n'):
                raise self.error('Expected newline or end of document after a statement')
            self.pos += 1
        return self.tables.root

    def assignment(self):
        key, value = self.pair()
        self.permitted(self.tables.assign, self.header, key, value)

    def pair(self):
        key = self.key()
        if self.peek() != '=':
            raise self.error("Expected '=' after a key in a key/value pair")
        self.pos += 1
        self.skip(_BLANK)
        return key, self.value()

    def table_header(self):
        is_array = self.peek(2) == '[['
        open_table = self.tables.array_header if is_array else self.tables.header
        end, what = (']]', 'an array') if is_array else (']', 'a table')
        self.pos += len(end)
        self.skip(_BLANK)
        self.header = self.key()
        self.permitted(open_table, self.header)
        if self.peek(len(end)) != end:
            raise self.error(f"Expected '{end}' at the end of {what} declaration")
        self.pos += len(end)

    def key(self):
        parts = [self.key_part()]
        self.skip(_BLANK)
        while self.peek() == '.':
            self.pos += 1
            self.skip(_BLANK)
            parts.append(self.key_part())
            self.skip(_BLANK)
        return tuple(parts)

    def key_part(self):
        char = self.peek()
        if char == '"':
            return self.basic_string()
        if char == "'":
            return self.literal_string()
        start = self.pos
        self.skip(_BARE)
        if self.pos == start:
            raise self.error('Invalid initial character for a key part')
        return self.text[start:self.pos]

    # Values

    def value(self):
        char = self.peek()
        if char == '"':
            return self.long_basic_string() if self.peek(3) == '"""' else self.basic_string()
        if char == "'":
            return self.long_literal_string() if self.peek(3) == "'''" else self.literal_string()
        if char == '[':
            return self.array()
        if char == '{':
            return self.inline_table()
        for word, value in ('true', True), ('false', False):
            if self.text.startswith(word, self.pos):
                self.pos += len(word)
                return value
        for pattern, make in _SCALARS:
            match = pattern.match(self.text, self.pos)
            if match:
                value = make(self, match)
                self.pos = match.end()
                return value
        raise self.error('Invalid value')

    def date(self, match):
        try:
            return _date_of(match)
        except ValueError:
            raise self.error('Invalid date or datetime') from None

    def time(self, match):
        return datetime.time(*_time_fields(match))

    def number(self, match):
        return self.parse_float(match[0]) if match['float'] else int(match[0], 0)

    def special_float(self, match):
        return self.parse_float(match[0])

    def array(self):
        values = []
        self.pos += 1
        self.skip_in_array()
        while self.peek() != ']':
            values.append(self.value())
            self.skip_in_array()
            if self.peek() == ']':
                break
            if self.peek() != ',':
                raise self.error('Unclosed array')
            self.pos += 1
            self.skip_in_array()
        self.pos += 1
        return values

    def skip_in_array(self):
        before = -1
        while before != self.pos:
            before = self.pos
            self.skip(' \t\n')
            self.skip_comment()

    def inline_table(self):
        table = InlineTable()
        self.pos += 1
        self.skip(_BLANK)
        if self.peek() == '}':
            self.pos += 1
            return table.root
        while True:
            self.permitted(table.add, *self.pair())
            self.skip(_BLANK)
            char = self.peek()
            if char not in ('}', ','):
                raise self.error('Unclosed inline table')
            self.pos += 1
            if char == '}':
                return table.root
            self.skip(_BLANK)

    # Strings

    def literal_string(self):
        self.pos += 1
        found = self.until("'")
        self.pos += 1
        return found

    def long_literal_string(self):
        self.pos += 3
        if self.peek() == '\n':
            self.pos += 1
        found = self.until("'''", allowed='\n')
        self.pos += 3
        return found + self.quotes_before_end("'")

    def basic_string(self):
        self.pos += 1
        return self.escaped('"', '')

    def long_basic_string(self):
        self.pos += 3
        if self.peek() == '\n':
            self.pos += 1
        found = self.escaped('"""', '\n')
        return found + self.quotes_before_end('"')

    def quotes_before_end(self, quote):
        """The one or two quotes that stood before the closing three."""
        start = self.pos
        while self.pos < start + 2 and self.peek() == quote:
            self.pos += 1
        return self.text[start:self.pos]

    def escaped(self, end, allowed):
        """What stands up to `end`, escapes resolved."""
        pieces = []
        while True:
            run = _PLAIN_RUN.match(self.text, self.pos)
            if run:
                pieces.append(run[0])
                self.pos = run.end()
            char = self.peek()
            if not char:
                raise self.error('Unterminated string')
            if self.text.startswith(end, self.pos):
                self.pos += len(end)
                return ''.join(pieces)
            if char == '\\':
                pieces.append(self.escape(is_long=bool(allowed)))
                continue
            if char in _CONTROLS and char not in allowed:
                raise self.error(f'Illegal character {char!r}')
            pieces.append(char)
            self.pos += 1

    def escape(self, is_long):
        name = self.text[self.pos + 1:self.pos + 2]
        self.pos += 2
        if is_long and name and name in ' \t\n':
            return self.escaped_line_end(name)
        if name == 'u':
            return self.code_point(4)
        if name == 'U':
            return self.code_point(8)
        if name in _ESCAPES:
            return _ESCAPES[name]
        if not name and not is_long:
            raise self.error('Unterminated string')
        raise self.error("Unescaped '\\' in a string")

    def escaped_line_end(self, char):
        """A backslash before the end of a line: what is white is left out, up to the next line that says something."""
        if char != '\n':
            self.skip(_BLANK)
            if not self.peek():
                return ''
            if self.peek() != '\n':
                raise self.error("Unescaped '\\' in a string")
            self.pos += 1
        self.skip(' \t\n')
        return ''

    def code_point(self, length):
        digits = self.peek(length)
        if len(digits) != length or not set(digits) <= set(string.hexdigits):
            raise self.error('Invalid hex value')
        self.pos += length
        number = int(digits, 16)
        if number > 0x10ffff or 0xd800 <= number <= 0xdfff:
            raise self.error('Escaped character is not a Unicode scalar value')
        return chr(number)


_SCALARS = ((_DATE, Reader.date), (_LOCAL_TIME, Reader.time), (_NUMBER, Reader.number),
            (_SPECIAL_FLOAT, Reader.special_float))


def _checked(parse_float):
    """Arrays and tables have to be the document's own: parse_float may make none."""
    def parse(digits):
        value = parse_float(digits)
        if isinstance(value, (dict, list)):
            raise ValueError('parse_float must not return dicts or lists')
        return value
    return parse


def _time_fields(match):
    micro = (match['micro'] or '0').ljust(6, '0')
    return int(match['hour']), int(match['minute']), int(match['second']), int(micro)


def _date_of(match):
    day = tuple(int(match[name]) for name in ('year', 'month', 'day'))
    if match['hour'] is None:
        return datetime.date(*day)
    zone = None
    if match['utc']:
        zone = datetime.timezone.utc
    elif match['sign']:
        offset = datetime.timedelta(hours=int(match['off_hour']), minutes=int(match['off_minute']))
        zone = datetime.timezone(-offset if match['sign'] == '-' else offset)
    return datetime.datetime(*day, *_time_fields(match), tzinfo=zone)
