"""Newsgroups: the client's side of NNTP (RFC 3977). Deprecated.

Commands return the server's answer, with what it is about as named tuples. Bytes of articles stay bytes; names,
overviews and headers are texts.
"""
import collections
import datetime
import re
import socket
import sys
import warnings
from email.header import decode_header as _email_decode_header

try:
    import ssl
    _have_ssl = True
except ImportError:
    _have_ssl = False

warnings._deprecated(__name__, remove=(3, 13))

__all__ = ['NNTP', 'NNTPError', 'NNTPReplyError', 'NNTPTemporaryError', 'NNTPPermanentError', 'NNTPProtocolError',
           'NNTPDataError', 'decode_header']

_MAXLINE = 2048
NNTP_PORT = 119
NNTP_SSL_PORT = 563

# The answers after which more lines come.
_LONGRESP = {'100', '101', '211', '215', '220', '221', '222', '224', '225', '230', '231', '282'}
_DEFAULT_OVERVIEW_FMT = ['subject', 'from', 'date', 'message-id', 'references', ':bytes', ':lines']
_OVERVIEW_ALTERNATIVES = {'bytes': ':bytes', 'lines': ':lines'}
_CRLF = b'\r\n'

GroupInfo = collections.namedtuple('GroupInfo', ['group', 'last', 'first', 'flag'])
ArticleInfo = collections.namedtuple('ArticleInfo', ['number', 'message_id', 'lines'])


class NNTPError(Exception):
    """The base of this module's errors; the answer is in response."""

    def __init__(self, *args):
        super().__init__(*args)
        self.response = args[0] if args else 'No response given'


class NNTPReplyError(NNTPError):
    """An answer that was not expected."""


class NNTPTemporaryError(NNTPError):
    """A 4xx answer."""


class NNTPPermanentError(NNTPError):
    """A 5xx answer."""


class NNTPProtocolError(NNTPError):
    """An answer that is not NNTP's."""


class NNTPDataError(NNTPError):
    """Data that cannot be understood."""


def decode_header(header_str):
    """The text of a header, its encoded words decoded."""
    return ''.join(part.decode(charset or 'ascii') if isinstance(part, bytes) else part
                   for part, charset in _email_decode_header(header_str))


def _parse_overview_fmt(lines):
    """The names of the fields of overviews."""
    names = []
    for line in lines:
        if line[0] == ':':  # what the server knows of an article, and no header
            name = ':' + line[1:].partition(':')[0]
        else:
            name = line.partition(':')[0]
        name = name.lower()
        names.append(_OVERVIEW_ALTERNATIVES.get(name, name))
    if len(names) < len(_DEFAULT_OVERVIEW_FMT):
        raise NNTPDataError('LIST OVERVIEW.FMT response too short')
    if names[:len(_DEFAULT_OVERVIEW_FMT)] != _DEFAULT_OVERVIEW_FMT:
        raise NNTPDataError('LIST OVERVIEW.FMT redefines default fields')
    return names


def _parse_overview(lines, fmt, data_process_func=None):
    """(number, dict of fields) of each line of an overview."""
    usual = len(_DEFAULT_OVERVIEW_FMT)
    overviews = []
    for line in lines:
        number, *tokens = line.split('\t')
        fields = {}
        for index, (name, token) in enumerate(zip(fmt + [None] * len(tokens), tokens)):
            if name is None:  # more than the server has names for
                continue
            if index >= usual and not name.startswith(':'):
                head = name + ': '  # other headers come with their names
                if token and token[:len(head)].lower() != head:
                    raise NNTPDataError("OVER/XOVER response doesn't include names of additional headers")
                token = token[len(head):] if token else None
            fields[name] = token
        overviews.append((int(number), fields))
    return overviews


def _parse_datetime(date_str, time_str=None):
    """A date of six or eight digits and a time of six, together or apart."""
    if time_str is None:
        date_str, time_str = date_str[:-6], date_str[-6:]
    hours, minutes, seconds = int(time_str[:2]), int(time_str[2:4]), int(time_str[4:])
    year, month, day = int(date_str[:-4]), int(date_str[-4:-2]), int(date_str[-2:])
    if year < 70:  # two digits mean the years from 1970 to 2069
        year += 2000
    elif year < 100:
        year += 1900
    return datetime.datetime(year, month, day, hours, minutes, seconds)


def _unparse_datetime(dt, legacy=False):
    """(date, time) as commands have them; with two digits of the year for old servers."""
    if not isinstance(dt, datetime.datetime):
        time_str = '000000'
    else:
        time_str = f'{dt.hour:02d}{dt.minute:02d}{dt.second:02d}'
    year = f'{dt.year % 100:02d}' if legacy else f'{dt.year:04d}'
    return f'{year}{dt.month:02d}{dt.day:02d}', time_str


class NNTP:
    """A connection to a server."""

    encoding = 'utf-8'
    errors = 'surrogateescape'

    def __init__(self, host, port=NNTP_PORT, user=None, password=None, readermode=None, usenetrc=False,
                 timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.host, self.port = host, port
        self.sock = self._create_socket(timeout)
        self.file = None
        try:
            self.file = self.sock.makefile('rwb')
            self._base_init(readermode)
            if user or usenetrc:
                self.login(user, password, usenetrc)
        except:
            if self.file:
                self.file.close()
            self.sock.close()
            raise

    def _base_init(self, readermode):
        """Take the greeting; go to the mode for readers, before or after logging in."""
        self.debugging = 0
        self.welcome = self._getresp()
        self._caps = None
        self.getcapabilities()
        self.readermode_afterauth = False
        if readermode and 'READER' not in self._caps:
            self._setreadermode()
            if not self.readermode_afterauth:
                self._caps = None
                self.getcapabilities()
        self.tls_on = False
        self.authenticated = False

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if getattr(self, 'file', None) is None:
            return
        try:
            self.quit()
        except (OSError, EOFError):
            pass
        finally:
            if getattr(self, 'file', None) is not None:
                self._close()

    def _create_socket(self, timeout):
        if timeout is not None and not timeout:
            raise ValueError('Non-blocking socket (timeout=0) is not supported')
        sys.audit('nntplib.connect', self, self.host, self.port)
        return socket.create_connection((self.host, self.port), timeout)

    def getwelcome(self):
        return self.welcome

    def getcapabilities(self):
        """What the server can do: a dict of lists. Old servers do not say."""
        if self._caps is None:
            self.nntp_version, self.nntp_implementation = 1, None
            try:
                caps = self.capabilities()[1]
            except (NNTPPermanentError, NNTPTemporaryError):
                self._caps = {}
            else:
                self._caps = caps
                if 'VERSION' in caps:
                    self.nntp_version = max(map(int, caps['VERSION']))
                if 'IMPLEMENTATION' in caps:
                    self.nntp_implementation = ' '.join(caps['IMPLEMENTATION'])
        return self._caps

    def set_debuglevel(self, level):
        """1 shows commands and answers, 2 every line."""
        self.debugging = level

    debug = set_debuglevel

    # Lines

    def _putline(self, line):
        sys.audit('nntplib.putline', self, line)
        if self.debugging > 1:
            print('*put*', repr(line + _CRLF))
        self.file.write(line + _CRLF)
        self.file.flush()

    def _putcmd(self, line):
        if self.debugging:
            print('*cmd*', repr(line))
        self._putline(line.encode(self.encoding, self.errors))

    def _getline(self, strip_crlf=True):
        line = self.file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise NNTPDataError('line too long')
        if self.debugging > 1:
            print('*get*', repr(line))
        if not line:
            raise EOFError
        if strip_crlf:
            line = line[:-2] if line.endswith(_CRLF) else line[:-1] if line[-1:] in _CRLF else line
        return line

    def _getresp(self):
        answer = self._getline()
        if self.debugging:
            print('*resp*', repr(answer))
        answer = answer.decode(self.encoding, self.errors)
        kind = answer[:1]
        if kind == '4':
            raise NNTPTemporaryError(answer)
        if kind == '5':
            raise NNTPPermanentError(answer)
        if kind not in '123':
            raise NNTPProtocolError(answer)
        return answer

    def _getlongresp(self, file=None):
        """(answer, lines); the lines go into a file if there is one, by name or open."""
        opened = None
        try:
            if isinstance(file, (str, bytes)):
                file = opened = open(file, 'wb')
            answer = self._getresp()
            if answer[:3] not in _LONGRESP:
                raise NNTPReplyError(answer)
            lines = []
            while True:
                line = self._getline(strip_crlf=file is None)
                if line in ((b'.',) if file is None else (b'.\r\n', b'.\n')):
                    break
                if line.startswith(b'..'):
                    line = line[1:]
                if file is None:
                    lines.append(line)
                else:
                    file.write(line)
        finally:
            if opened:
                opened.close()
        return answer, lines

    def _shortcmd(self, line):
        self._putcmd(line)
        return self._getresp()

    def _longcmd(self, line, file=None):
        self._putcmd(line)
        return self._getlongresp(file)

    def _longcmdstring(self, line, file=None):
        answer, lines = self._longcmd(line, file)
        return answer, [one.decode(self.encoding, self.errors) for one in lines]

    def _getoverviewfmt(self):
        """The names of the fields of overviews, asked for once."""
        try:
            return self._cachedoverviewfmt
        except AttributeError:
            pass
        try:
            lines = self._longcmdstring('LIST OVERVIEW.FMT')[1]
        except NNTPPermanentError:
            names = _DEFAULT_OVERVIEW_FMT[:]
        else:
            names = _parse_overview_fmt(lines)
        self._cachedoverviewfmt = names
        return names

    @staticmethod
    def _groups(lines):
        return [GroupInfo(*line.split()) for line in lines]

    # Commands

    def capabilities(self):
        answer, lines = self._longcmdstring('CAPABILITIES')
        words = (line.split() for line in lines)
        return answer, {name: values for name, *values in words}

    def newgroups(self, date, *, file=None):
        """The groups that are new since a date."""
        if not isinstance(date, (datetime.date, datetime.date)):
            raise TypeError(f"the date parameter must be a date or datetime object, not '{date.__class__.__name__:40}'")
        day, clock = _unparse_datetime(date, self.nntp_version < 2)
        answer, lines = self._longcmdstring(f'NEWGROUPS {day} {clock}', file)
        return answer, self._groups(lines)

    def newnews(self, group, date, *, file=None):
        """The ids of the articles of a group that are new since a date."""
        if not isinstance(date, (datetime.date, datetime.date)):
            raise TypeError(f"the date parameter must be a date or datetime object, not '{date.__class__.__name__:40}'")
        day, clock = _unparse_datetime(date, self.nntp_version < 2)
        return self._longcmdstring(f'NEWNEWS {group} {day} {clock}', file)

    def list(self, group_pattern=None, *, file=None):
        """The groups."""
        command = 'LIST' if group_pattern is None else 'LIST ACTIVE ' + group_pattern
        answer, lines = self._longcmdstring(command, file)
        return answer, self._groups(lines)

    def _getdescriptions(self, group_pattern, return_all):
        shape = re.compile(r'(?P<group>[^ \t]+)[ \t]+(.*)')
        answer, lines = self._longcmdstring('LIST NEWSGROUPS ' + group_pattern)
        if not answer.startswith('215'):  # an older command for the same
            answer, lines = self._longcmdstring('XGTITLE ' + group_pattern)
        found = {}
        for line in lines:
            match = shape.search(line.strip())
            if match:
                if not return_all:
                    return match[2]
                found[match[1]] = match[2]
        return (answer, found) if return_all else ''

    def description(self, group):
        """What a group is about; '' if the server does not know."""
        return self._getdescriptions(group, False)

    def descriptions(self, group_pattern):
        """What groups are about: a dict."""
        return self._getdescriptions(group_pattern, True)

    def group(self, name):
        """Go to a group: (answer, how many articles, first, last, name)."""
        answer = self._shortcmd('GROUP ' + name)
        if not answer.startswith('211'):
            raise NNTPReplyError(answer)
        words = answer.split()
        count, first, last = (int(word) for word in (words[1:4] + [0, 0, 0])[:3])
        return answer, count, first, last, words[4].lower() if len(words) > 4 else name

    def help(self, *, file=None):
        return self._longcmdstring('HELP', file)

    def _statparse(self, answer):
        if not answer.startswith('22'):
            raise NNTPReplyError(answer)
        words = answer.split()
        return answer, int(words[1]), words[2]

    def _statcmd(self, line):
        return self._statparse(self._shortcmd(line))

    def stat(self, message_spec=None):
        """Whether there is an article, by number or id."""
        return self._statcmd(f'STAT {message_spec}' if message_spec else 'STAT')

    def next(self):
        return self._statcmd('NEXT')

    def last(self):
        return self._statcmd('LAST')

    def _artcmd(self, line, file=None):
        answer, lines = self._longcmd(line, file)
        answer, number, message_id = self._statparse(answer)
        return answer, ArticleInfo(number, message_id, lines)

    def _named(self, command, message_spec, file):
        return self._artcmd(f'{command} {message_spec}' if message_spec is not None else command, file)

    def head(self, message_spec=None, *, file=None):
        return self._named('HEAD', message_spec, file)

    def body(self, message_spec=None, *, file=None):
        return self._named('BODY', message_spec, file)

    def article(self, message_spec=None, *, file=None):
        return self._named('ARTICLE', message_spec, file)

    def slave(self):
        return self._shortcmd('SLAVE')

    def xhdr(self, hdr, str, *, file=None):
        """A header of some articles: (number, text) pairs."""
        answer, lines = self._longcmdstring(f'XHDR {hdr} {str}', file)
        shape = re.compile('^([0-9]+) ?(.*)\n?')
        return answer, [match.group(1, 2) if (match := shape.match(line)) else line for line in lines]

    def xover(self, start, end, *, file=None):
        """The overviews of articles from one number to another."""
        answer, lines = self._longcmdstring(f'XOVER {start}-{end}', file)
        return answer, _parse_overview(lines, self._getoverviewfmt())

    def over(self, message_spec, *, file=None):
        """The overviews of articles: of an id, of (first, last), or of the current one."""
        command = 'OVER' if 'OVER' in self._caps else 'XOVER'
        if isinstance(message_spec, (tuple, list)):
            start, end = message_spec
            command += f' {start}-{end or ""}'
        elif message_spec is not None:
            command += f' {message_spec}'
        answer, lines = self._longcmdstring(command, file)
        return answer, _parse_overview(lines, self._getoverviewfmt())

    def date(self):
        """The server's clock."""
        answer = self._shortcmd('DATE')
        if not answer.startswith('111'):
            raise NNTPReplyError(answer)
        words = answer.split()
        if len(words) != 2 or len(words[1]) != 14:
            raise NNTPDataError(answer)
        return answer, _parse_datetime(words[1], None)

    def _post(self, command, f):
        answer = self._shortcmd(command)
        if not answer.startswith('3'):
            raise NNTPReplyError(answer)
        if isinstance(f, (bytes, bytearray)):
            f = f.splitlines()
        for line in f:
            if not line.endswith(_CRLF):
                line = line.rstrip(b'\r\n') + _CRLF
            self.file.write(b'.' + line if line.startswith(b'.') else line)
        self.file.write(b'.\r\n')
        self.file.flush()
        return self._getresp()

    def post(self, data):
        """Send an article: bytes, or a file or other iterable of lines."""
        return self._post('POST', data)

    def ihave(self, message_id, data):
        """Send an article as one server to another."""
        return self._post(f'IHAVE {message_id}', data)

    def _close(self):
        try:
            if self.file:
                self.file.close()
                del self.file
        finally:
            self.sock.close()

    def quit(self):
        try:
            answer = self._shortcmd('QUIT')
        finally:
            self._close()
        return answer

    def login(self, user=None, password=None, usenetrc=True):
        if self.authenticated:
            raise ValueError('Already logged in.')
        if not user and not usenetrc:
            raise ValueError('At least one of `user` and `usenetrc` must be specified')
        if usenetrc and not user:
            try:
                import netrc
                found = netrc.netrc().authenticators(self.host)
                if found:
                    user, password = found[0], found[2]
            except OSError:
                pass
        if not user:
            return
        answer = self._shortcmd('authinfo user ' + user)
        if answer.startswith('381'):
            if not password:
                raise NNTPReplyError(answer)
            answer = self._shortcmd('authinfo pass ' + password)
            if not answer.startswith('281'):
                raise NNTPPermanentError(answer)
        self._caps = None
        self.getcapabilities()
        if self.readermode_afterauth and 'READER' not in self._caps:
            self._setreadermode()
            self._caps = None
            self.getcapabilities()

    def _setreadermode(self):
        try:
            self.welcome = self._shortcmd('mode reader')
        except NNTPPermanentError:  # it knows no modes
            pass
        except NNTPTemporaryError as problem:
            if not problem.response.startswith('480'):
                raise
            self.readermode_afterauth = True

    if _have_ssl:
        def starttls(self, context=None):
            """Go on over TLS."""
            if self.tls_on:
                raise ValueError('TLS is already enabled.')
            if self.authenticated:
                raise ValueError('TLS cannot be started after authentication.')
            answer = self._shortcmd('STARTTLS')
            if not answer.startswith('382'):
                raise NNTPError('TLS failed to start.')
            self.file.close()
            context = context or ssl._create_stdlib_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
            self.file = self.sock.makefile('rwb')
            self.tls_on = True
            self._caps = None
            self.getcapabilities()


if _have_ssl:
    class NNTP_SSL(NNTP):
        """A connection that is TLS from the first byte."""

        def __init__(self, host, port=NNTP_SSL_PORT, user=None, password=None, ssl_context=None, readermode=None,
                     usenetrc=False, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
            self.ssl_context = ssl_context
            super().__init__(host, port, user, password, readermode, usenetrc, timeout)

        def _create_socket(self, timeout):
            plain = super()._create_socket(timeout)
            try:
                context = self.ssl_context or ssl._create_stdlib_context()
                return context.wrap_socket(plain, server_hostname=self.host)
            except:
                plain.close()
                raise

    __all__.append('NNTP_SSL')
