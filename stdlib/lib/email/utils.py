"""What programs want around mail: addresses, dates, message ids, and the parameters of headers (RFC 2231)."""
import datetime
import os
import random
import re
import socket
import time
import urllib.parse

from email._parseaddr import AddressList as _AddressList, _date_fields, mktime_tz, parsedate, parsedate_tz, quote
from email.charset import Charset

__all__ = ['collapse_rfc2231_value', 'decode_params', 'decode_rfc2231', 'encode_rfc2231', 'formataddr', 'formatdate',
           'format_datetime', 'getaddresses', 'make_msgid', 'mktime_tz', 'parseaddr', 'parsedate', 'parsedate_tz',
           'parsedate_to_datetime', 'unquote']

COMMASPACE = ', '
EMPTYSTRING = ''
UEMPTYSTRING = ''
CRLF = '\r\n'
TICK = "'"

specialsre = re.compile(r'[][\\()<>@,:;".]')
escapesre = re.compile(r'[\\"]')
_continuation = re.compile(r'(?P<name>\w+)\*((?P<num>[0-9]+)\*?)?', re.ASCII)
rfc2231_continuation = _continuation


def _has_surrogates(s):
    """Whether a string has bytes in it that were no text."""
    try:
        s.encode()
    except UnicodeEncodeError:
        return True
    return False


def _sanitize(string):
    """The string with the bytes that are no text shown as such."""
    return string.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')


# --- addresses ---


def formataddr(pair, charset='utf-8'):
    """An address as it stands in a header, of (name, address). A name that is not ASCII is encoded in the charset."""
    name, address = pair
    address.encode('ascii')
    if not name:
        return address
    if not name.isascii():
        if isinstance(charset, str):
            charset = Charset(charset)
        return f'{charset.header_encode(name)} <{address}>'
    quotes = '"' if specialsre.search(name) else ''
    name = escapesre.sub(r'\\\g<0>', name)
    return f'{quotes}{name}{quotes} <{address}>'


def _iter_escaped_chars(addr):
    """(position, character) of a string; a backslash and what it escapes are one character."""
    begin = None
    for pos, char in enumerate(addr):
        if begin is not None:
            yield pos, '\\' + char
            begin = None
        elif char == '\\':
            begin = pos
        else:
            yield pos, char
    if begin is not None:
        yield begin, '\\'


def _strip_quoted_realnames(addr):
    """A string without what stands in quotes; a quote that is never closed stays."""
    if '"' not in addr:
        return addr
    kept, begin, opened = [], 0, None
    for pos, char in _iter_escaped_chars(addr):
        if char != '"':
            continue
        if opened is None:
            opened = pos
            continue
        if begin != opened:
            kept.append(addr[begin:opened])
        begin, opened = pos + 1, None
    if begin < len(addr):
        kept.append(addr[begin:])
    return ''.join(kept)


def _check_parenthesis(addr):
    """Whether round brackets outside of quotes are in pairs."""
    depth = 0
    for _, char in _iter_escaped_chars(_strip_quoted_realnames(addr)):
        depth += (char == '(') - (char == ')')
        if depth < 0:
            return False
    return depth == 0


def _strictly_parsed(values):
    """The pairs of some headers, ('', '') in place of what is doubtful; and how many there should be."""
    values = [value if _check_parenthesis(value) else "('', '')" for value in values]
    # A bracket that is left was no domain: reading went wrong.
    pairs = [('', '') if '[' in pair[1] else pair for pair in _AddressList(COMMASPACE.join(values)).addresslist]
    return pairs, sum(1 + _strip_quoted_realnames(value).count(',') for value in values)


def getaddresses(fieldvalues, *, strict=True):
    """The (name, address) pairs of several headers.

    `strict`: when the number of addresses is not that of the commas, somebody may want to pass one address for another,
    and the answer is [('', '')].
    """
    values = [str(value) for value in fieldvalues]
    if not strict:
        return _AddressList(COMMASPACE.join(values)).addresslist
    pairs, expected = _strictly_parsed(values)
    return pairs if len(pairs) == expected else [('', '')]


def parseaddr(addr, *, strict=True):
    """The (name, address) of one address; ('', '') if it cannot be read, or (`strict`) if there are several."""
    if not strict:
        found = _AddressList(addr).addresslist
        return found[0] if found else ('', '')
    if isinstance(addr, list):
        addr = addr[0]
    if not isinstance(addr, str):
        return '', ''
    pairs, _ = _strictly_parsed([addr])
    return pairs[0] if len(pairs) == 1 else ('', '')


supports_strict_parsing = True


def unquote(str):
    """A string without the quotes or angle brackets around it."""
    if len(str) > 1:
        if str.startswith('"') and str.endswith('"'):
            return str[1:-1].replace('\\\\', '\\').replace('\\"', '"')
        if str.startswith('<') and str.endswith('>'):
            return str[1:-1]
    return str


# --- dates ---

_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']


def _format_timetuple_and_zone(timetuple, zone):
    year, month, day, hour, minute, second, weekday = timetuple[:7]
    return (f'{_DAYS[weekday]}, {day:02d} {_MONTHS[month - 1]} {year:04d} '
            f'{hour:02d}:{minute:02d}:{second:02d} {zone}')


def formatdate(timeval=None, localtime=False, usegmt=False):
    """A moment as headers show it. With `localtime` in the zone of this machine, with `usegmt` as HTTP wants it."""
    if timeval is None:
        timeval = time.time()
    if localtime or usegmt:
        moment = datetime.datetime.fromtimestamp(timeval, datetime.timezone.utc)
    else:
        moment = datetime.datetime.utcfromtimestamp(timeval)
    if localtime:
        moment = moment.astimezone()
        usegmt = False
    return format_datetime(moment, usegmt)


def format_datetime(dt, usegmt=False):
    """A datetime as headers show it. One without a zone is in UTC, and nothing is known of its source ("-0000")."""
    now = dt.timetuple()
    if usegmt:
        if dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc:
            raise ValueError('usegmt option requires a UTC datetime')
        zone = 'GMT'
    else:
        zone = '-0000' if dt.tzinfo is None else dt.strftime('%z')
    return _format_timetuple_and_zone(now, zone)


def parsedate_to_datetime(data):
    """The datetime of a date in a header. ValueError if it is none."""
    fields = _date_fields(data)
    if fields is None:
        raise ValueError('Invalid date value or format "%s"' % str(data))
    *fields, offset = fields
    if offset is None:
        return datetime.datetime(*fields[:6])
    return datetime.datetime(*fields[:6], tzinfo=datetime.timezone(datetime.timedelta(seconds=offset)))


def localtime(dt=None, isdst=-1):
    """A datetime in the zone of this machine: now, or the one given. A naive one is taken as local already."""
    if dt is None:
        dt = datetime.datetime.now(datetime.timezone.utc)
    if dt.tzinfo is not None:
        return dt.astimezone()
    seconds = time.mktime(dt.timetuple()[:-1] + (isdst,))
    parts = time.localtime(seconds)
    try:
        zone = datetime.timezone(datetime.timedelta(seconds=parts.tm_gmtoff), parts.tm_zone)
    except AttributeError:
        zone = (dt - datetime.datetime(*time.gmtime(seconds)[:6]))
        zone = datetime.timezone(zone)
    return dt.replace(tzinfo=zone)


def make_msgid(idstring=None, domain=None):
    """A Message-ID that no other message has."""
    middle = '' if idstring is None else '.' + idstring
    if domain is None:
        domain = socket.getfqdn()
    return f'<{int(time.time() * 100)}.{os.getpid()}.{random.getrandbits(64)}{middle}@{domain}>'


# --- parameters ---


def decode_rfc2231(s):
    """(charset, language, value) of a value like utf-8'en'text; the first two are None when it has none."""
    parts = s.split(TICK, 2)
    if len(parts) <= 2:
        return None, None, s
    return parts


def encode_rfc2231(s, charset=None, language=None):
    """The opposite: percent signs where needed, charset and language before it."""
    s = urllib.parse.quote(s, safe='', encoding=charset or 'ascii')
    if charset is None and language is None:
        return s
    return f"{charset}'{language or ''}'{s}"


def decode_params(params):
    """Parameters with their pieces put together: name*0, name*1* and so on become one name.

    `params` is a list of (name, value) pairs of which the first is the value of the header itself. Values that have a
    charset become (charset, language, value).
    """
    decoded = [params[0]]
    pieces = {}
    for name, value in params[1:]:
        value = unquote(value)
        match = _continuation.fullmatch(name)
        if match is None:
            decoded.append((name, f'"{quote(value)}"'))
            continue
        number = match['num']
        piece = (None if number is None else int(number), value, name.endswith('*'))
        pieces.setdefault(match['name'], []).append(piece)
    for name, found in pieces.items():
        found.sort()
        extended = any(encoded for _, _, encoded in found)
        text = ''.join(urllib.parse.unquote(value, encoding='latin-1') if encoded else value
                       for _, value, encoded in found)
        text = quote(text)
        if extended:
            charset, language, text = decode_rfc2231(text)
            decoded.append((name, (charset, language, f'"{text}"')))
        else:
            decoded.append((name, f'"{text}"'))
    return decoded


def collapse_rfc2231_value(value, errors='replace', fallback_charset='us-ascii'):
    """A value of a parameter, string or triple, as a string."""
    if not isinstance(value, tuple) or len(value) != 3:
        return unquote(value)
    charset, _, text = value
    if charset is None:
        charset = fallback_charset
    # The characters are bytes.
    data = bytes(text, 'raw-unicode-escape')
    try:
        return str(data, charset, errors)
    except LookupError:
        return unquote(text)
