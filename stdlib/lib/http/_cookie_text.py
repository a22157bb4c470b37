"""What cookies look like in headers and dates, and which hosts, paths and ports of a request they are compared with.

http.cookiejar is made of these functions; they know no cookie and no jar.
"""
import datetime
import re
import time
import urllib.parse
from calendar import timegm

DEFAULT_HTTP_PORT = '80'

_DAYS = ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')
_MONTHS = ('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(_MONTHS, 1)}
_ZERO_ZONES = ('GMT', 'UTC', 'UT', 'Z')

_ZONE_OFFSET = re.compile(r'([-+])?(\d\d?):?(\d\d)?', re.ASCII)
_USUAL_DATE = re.compile(r'[SMTWF][a-z]{2}, (\d\d) ([JFMASOND][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT', re.ASCII)
_WEEKDAY = re.compile(r'(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*,?\s*', re.IGNORECASE)
_HTTP_DATE = re.compile(r'''
    (\d\d?) (?:\s+|[-/]) (\w+) (?:\s+|[-/]) (-?\d+)           # day, month, year
    (?: (?:\s+|:) (\d\d?) : (\d\d) (?: : (\d\d) )? )? \s*     # the time, seconds or not
    (?: ([-+]?\d{2,4} | (?![APap][Mm]\b)[A-Za-z]+) \s* )?     # the zone
    (?: \( \w+ \) \s* )?''', re.VERBOSE | re.ASCII)
_ISO_DATE = re.compile(r'''
    (\d{4}) [-/]? (\d\d?) [-/]? (\d\d?)                            # year, month, day
    (?: (?: \s+ | [-:Tt] ) (\d\d?) :? (\d\d) (?: :? (\d\d (?:\.\d*)? ) )? )? \s*
    (?: ([-+]? \d\d? :? (?: :?\d\d )? | Z | z) \s* )?''', re.VERBOSE | re.ASCII)

_TOKEN = re.compile(r'\s*([^=\s;,]+)')
_QUOTED_VALUE = re.compile(r'\s*=\s*"([^"\\]*(?:\\.[^"\\]*)*)"')
_PLAIN_VALUE = re.compile(r'\s*=\s*([^\s;,]*)')
_SEPARATORS = re.compile(r'[=\s;]*')
_IPV4_END = re.compile(r'\.\d+$', re.ASCII)
_PORT_END = re.compile(r':\d+$', re.ASCII)
_PERCENT_ESCAPE = re.compile(r'%([0-9a-fA-F]{2})')
_SAFE_IN_PATH = "%/;:@&=+$,!~*'()"
_NETSCAPE_ATTRIBUTES = frozenset(('expires', 'domain', 'path', 'secure', 'version', 'port', 'max-age'))


# Dates

def _moment(seconds):
    zone = datetime.timezone.utc
    return datetime.datetime.now(zone) if seconds is None else datetime.datetime.fromtimestamp(seconds, zone)


def time2isoz(t=None):
    """Seconds since the epoch (now without an argument) as '1994-11-24 08:49:37Z'."""
    moment = _moment(t)
    return f'{moment.year:04d}-{moment.month:02d}-{moment.day:02d} {moment:%H:%M:%S}Z'


def time2netscape(t=None):
    """Seconds since the epoch (now without an argument) as 'Thu, 24-Nov-1994 08:49:37 GMT'."""
    moment = _moment(t)
    return (f'{_DAYS[moment.weekday()]}, {moment.day:02d}-{_MONTHS[moment.month - 1]}-{moment.year:04d} '
            f'{moment:%H:%M:%S} GMT')


def _zone_offset(zone):
    """The seconds by which a zone is ahead of UTC; None for one that is unknown."""
    if zone in _ZERO_ZONES:
        return 0
    match = _ZONE_OFFSET.fullmatch(zone)
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    offset = 3600 * int(hours) + 60 * int(minutes or 0)
    return -offset if sign == '-' else offset


def _full_year(year):
    """Two digits mean the year that is next to this one."""
    if year >= 1000:
        return year
    this_year = time.localtime().tm_year
    distance = this_year % 100 - year
    year += this_year - this_year % 100
    if abs(distance) > 50:
        year += 100 if distance > 0 else -100
    return year


def _timestamp(day, month, year, hour, minute, second, zone):
    """Seconds since the epoch, None for what is no date since 1970."""
    number = _MONTH_NUMBERS.get(month.lower())
    if number is None:
        try:
            number = int(month)
        except ValueError:
            return None
    year = int(year)
    if year > datetime.MAXYEAR:
        return None
    year = _full_year(year)
    day, hour, minute, second = int(day), int(hour or 0), int(minute or 0), int(float(second or 0))
    if not (year >= 1970 and 1 <= number <= 12 and 1 <= day <= 31 and hour <= 24 and minute <= 59 and second <= 61):
        return None
    offset = _zone_offset((zone or 'UTC').upper())
    return None if offset is None else timegm((year, number, day, hour, minute, second)) - offset


def http2time(text):
    """Seconds since the epoch of a date in one of the many forms that servers send; None for others."""
    usual = _USUAL_DATE.fullmatch(text)
    if usual and usual[2].lower() in _MONTH_NUMBERS:
        day, month, *rest = usual.groups()
        return float(timegm((int(rest[0]), _MONTH_NUMBERS[month.lower()], int(day), *map(int, rest[1:]))))
    text = text.lstrip()
    weekday = _WEEKDAY.match(text)
    if weekday:
        text = text[weekday.end():]
    match = _HTTP_DATE.fullmatch(text)
    return _timestamp(*match.groups()) if match else None


def iso2time(text):
    """Seconds since the epoch of a date in one of the forms of ISO 8601; None for others."""
    match = _ISO_DATE.fullmatch(text.lstrip())
    if match is None:
        return None
    year, month, *rest = match.groups()
    return _timestamp(rest[0], month, year, *rest[1:])


# Headers

def _words(text):
    """The (name, value) pairs of one header, in a list for each part between commas."""
    pairs, at = [], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token:
            at = token.end()
            quoted, plain = _QUOTED_VALUE.match(text, at), _PLAIN_VALUE.match(text, at)
            value = None
            if quoted:
                value, at = re.sub(r'\\(.)', r'\1', quoted[1]), quoted.end()
            elif plain:
                value, at = plain[1].rstrip(), plain.end()
            pairs.append((token[1], value))
            continue
        separators = _SEPARATORS.match(text, at)
        at = separators.end()
        if text[at:at + 1] == ',':
            at += 1
            if pairs:
                yield pairs
            pairs = []
    if pairs:
        yield pairs


def split_header_words(header_values):
    """Lists of (name, value) pairs of headers such as 'a=1; b="x y", c': one for each part between commas."""
    assert not isinstance(header_values, str)
    return [pairs for text in header_values for pairs in _words(text)]


def join_header_words(lists):
    """The header of lists of (name, value) pairs: what split_header_words takes apart."""
    def word(name, value):
        if value is None:
            return name
        if not re.search(r'^\w+$', value):
            value = '"' + re.sub(r'(["\\])', r'\\\1', value) + '"'
        return f'{name}={value}'
    parts = ('; '.join(word(name, value) for name, value in pairs) for pairs in lists)
    return ', '.join(part for part in parts if part)


def strip_quotes(text):
    return text.removeprefix('"').removesuffix('"')


def parse_ns_headers(ns_headers):
    """Lists of (name, value) pairs of Netscape's Set-Cookie headers, one for each: values are never quoted there."""
    found = (list(_netscape_pairs(header)) for header in ns_headers)
    return [pairs if any(name == 'version' for name, _ in pairs[1:]) else pairs + [('version', '0')]
            for pairs in found if pairs]


def _netscape_pairs(header):
    for index, part in enumerate(header.split(';')):
        name, equals, value = (piece.strip() for piece in part.partition('='))
        if not name:
            if index == 0:
                return
            continue
        value = value if equals else None
        if index and name.lower() in _NETSCAPE_ATTRIBUTES:
            name = name.lower()
        if index and value is not None and name == 'version':
            value = strip_quotes(value)
        if index and value is not None and name == 'expires':
            value = http2time(strip_quotes(value))
        yield name, value


# Hosts and paths

def is_HDN(text):
    """Whether a text is the name of a host and no address."""
    return bool(text) and not _IPV4_END.search(text) and text[0] != '.' and text[-1] != '.'


def liberal_is_HDN(text):
    """Whether a text is no address: good enough for domains that somebody blocks or allows."""
    return not _IPV4_END.search(text)


def is_ipv4(text):
    return bool(_IPV4_END.search(text))


def reach(h):
    """The domain that RFC 2965 lets a host speak for: '.example.com' for 'www.example.com'."""
    _, dot, rest = h.partition('.')
    if dot and is_HDN(h) and ('.' in rest or rest == 'local'):
        return '.' + rest
    return h


def domain_match(A, B):
    """Whether the host A belongs to the domain B, as RFC 2965 says it."""
    host, domain = A.lower(), B.lower()
    if host == domain:
        return True
    return (is_HDN(host) and host.rfind(domain) > 0 and domain.startswith('.') and is_HDN(domain[1:]))


def user_domain_match(A, B):
    """Whether the host A belongs to the domain B, as somebody means it who blocks or allows domains."""
    host, domain = A.lower(), B.lower()
    if liberal_is_HDN(host) and liberal_is_HDN(domain) and domain.startswith('.'):
        return host.endswith(domain)
    return host == domain


def request_host(request):
    """The host that a request goes to, in small letters, without a port."""
    host = urllib.parse.urlparse(request.get_full_url())[1] or request.get_header('Host', '')
    return _PORT_END.sub('', host, 1).lower()


def eff_request_host(request):
    """(host, effective host): one without a dot is taken to be in '.local'."""
    host = request_host(request)
    return host, host if '.' in host else host + '.local'


def is_third_party(request):
    """Whether a request goes to somebody else than the page it is made for."""
    return not domain_match(request_host(request), reach(request.origin_req_host))


def escape_path(path):
    """A path with everything escaped that is not safe, and the digits of escapes in capitals."""
    path = urllib.parse.quote(path, _SAFE_IN_PATH)
    return _PERCENT_ESCAPE.sub(lambda match: match[0].upper(), path)


def request_path(request):
    path = escape_path(urllib.parse.urlsplit(request.get_full_url()).path)
    return path if path.startswith('/') else '/' + path


def request_port(request):
    """The port that a request names, as a text; None for one that is no number."""
    _, colon, port = request.host.partition(':')
    if not colon:
        return DEFAULT_HTTP_PORT
    try:
        int(port)
    except ValueError:
        return None
    return port
