"""Mail boxes on a server: the client's side of IMAP4rev1 (RFC 3501).

Commands return (type, data): 'OK' or 'NO', and a list of what the server said. An element of the list is bytes, or a
tuple (bytes before a literal, the literal). What the server says without being asked waits in untagged_responses.
"""
import binascii
import calendar
import errno
import random
import re
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from io import DEFAULT_BUFFER_SIZE

try:
    import ssl
    HAVE_SSL = True
except ImportError:
    HAVE_SSL = False

__all__ = ['IMAP4', 'IMAP4_stream', 'Internaldate2tuple', 'Int2AP', 'ParseFlags', 'Time2Internaldate']

CRLF = b'\r\n'
Debug = 0
IMAP4_PORT = 143
IMAP4_SSL_PORT = 993
AllowedVersions = ('IMAP4REV1', 'IMAP4')

_MAXLINE = 1_000_000

_ANY = ('NONAUTH', 'AUTH', 'SELECTED', 'LOGOUT')
_LOGGED_IN = ('AUTH', 'SELECTED')
_STATES = {
    _ANY: 'CAPABILITY LOGOUT NOOP',
    ('NONAUTH',): 'AUTHENTICATE LOGIN STARTTLS',
    ('AUTH',): 'ENABLE PROXYAUTH',
    _LOGGED_IN: 'APPEND CREATE DELETE DELETEACL EXAMINE GETACL GETANNOTATION GETQUOTA GETQUOTAROOT LIST LSUB MYRIGHTS '
                'NAMESPACE RENAME SELECT SETACL SETANNOTATION SETQUOTA STATUS SUBSCRIBE UNSUBSCRIBE',
    ('SELECTED',): 'CHECK CLOSE COPY EXPUNGE FETCH MOVE PARTIAL SEARCH SORT STORE THREAD UID UNSELECT',
}
Commands = {name: states for states, names in _STATES.items() for name in names.split()}

_MONTHS = ('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')
_BYTES_OF_MONTHS = {name.encode(): number for number, name in enumerate(_MONTHS, 1)}

Continuation = re.compile(br'\+( (?P<data>.*))?')
Flags = re.compile(br'.*FLAGS \((?P<flags>[^)]*)\)')
InternalDate = re.compile(br'.*INTERNALDATE "(?P<day>[ 0-3][0-9])-(?P<mon>[A-Z][a-z]{2})-(?P<year>[0-9]{4}) '
                          br'(?P<hour>[0-9]{2}):(?P<min>[0-9]{2}):(?P<sec>[0-9]{2}) '
                          br'(?P<zonen>[-+])(?P<zoneh>[0-9]{2})(?P<zonem>[0-9]{2})"')
Literal = re.compile(br'.*{(?P<size>\d+)}$', re.ASCII)
MapCRLF = re.compile(br'\r\n|\r|\n')
Response_code = re.compile(br'\[(?P<type>[A-Z-]+)( (?P<data>.*))?\]')
Untagged_response = re.compile(br'\* (?P<type>[A-Z-]+)( (?P<data>.*))?')
Untagged_status = re.compile(br'\* (?P<data>\d+) (?P<type>[A-Z-]+)( (?P<data2>.*))?', re.ASCII)


def _in_parentheses(text):
    return text if (text[0], text[-1]) == ('(', ')') else f'({text})'


class IMAP4:
    """A connection to a server, and the state that it is in."""

    class error(Exception):
        """The server said no where it must not, or what is not IMAP."""

    class abort(error):
        """The connection is of no use any more; a new one may be."""

    class readonly(abort):
        """The mail box cannot be written to, though it was opened for that."""

    def __init__(self, host='', port=IMAP4_PORT, timeout=None):
        self.debug = Debug
        self.state = 'LOGOUT'
        self.literal = None
        self.tagged_commands, self.untagged_responses = {}, {}
        self.continuation_response = ''
        self.is_readonly = False
        self.tagnum = 0
        self._tls_established = False
        self._mode_ascii()
        self.open(host, port, timeout)
        try:
            self._connect()
        except Exception:
            try:
                self.shutdown()
            except OSError:
                pass
            raise

    def __getattr__(self, attr):
        if attr in Commands:  # NOOP() is noop()
            return getattr(self, attr.lower())
        raise AttributeError(f"Unknown IMAP4 command: '{attr}'")

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if self.state != 'LOGOUT':
            try:
                self.logout()
            except OSError:
                pass

    def _mode_ascii(self):
        self.utf8_enabled, self._encoding = False, 'ascii'

    def _mode_utf8(self):
        self.utf8_enabled, self._encoding = True, 'utf-8'

    # The connection; subclasses may have another one

    def _create_socket(self, timeout):
        if timeout is not None and not timeout:
            raise ValueError('Non-blocking socket (timeout=0) is not supported')
        host = self.host or None
        sys.audit('imaplib.open', self, self.host, self.port)
        return socket.create_connection((host, self.port), *(() if timeout is None else (timeout,)))

    def open(self, host='', port=IMAP4_PORT, timeout=None):
        """Make the connection."""
        self.host, self.port = host, port
        self._use(self._create_socket(timeout))

    def _use(self, sock):
        self.sock, self._file = sock, sock.makefile('rb')

    def read(self, size):
        return self._file.read(size)

    def readline(self):
        line = self._file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise self.error(f'got more than {_MAXLINE} bytes')
        return line

    def send(self, data):
        sys.audit('imaplib.send', self, data)
        self.sock.sendall(data)

    def shutdown(self):
        """Close what open() made."""
        self._file.close()
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError as error:
            if error.errno != errno.ENOTCONN:  # the server was faster
                raise
        finally:
            self.sock.close()

    def socket(self):
        return self.sock

    def _connect(self):
        """Take the greeting, find out what the server can do."""
        self.tagpre = Int2AP(random.randint(4096, 65535))
        self.tagre = re.compile(b'(?P<tag>' + self.tagpre + br'\d+) (?P<type>[A-Z]+) (?P<data>.*)', re.ASCII)
        self.welcome = self._get_response()
        if 'PREAUTH' in self.untagged_responses:
            self.state = 'AUTH'
        elif 'OK' in self.untagged_responses:
            self.state = 'NONAUTH'
        else:
            raise self.error(self.welcome)
        self._get_capabilities()
        for version in AllowedVersions:
            if version in self.capabilities:
                self.PROTOCOL_VERSION = version
                return
        raise self.error('server not IMAP4 compliant')

    def _get_capabilities(self):
        data = self.capability()[1]
        if data == [None]:
            raise self.error('no CAPABILITY response from server')
        self.capabilities = tuple(str(data[-1], self._encoding).upper().split())

    # What the server says

    def recent(self):
        """The number of recent messages, asked for if the server has not said it."""
        kind, data = self._untagged_response('OK', [None], 'RECENT')
        if data[-1]:
            return kind, data
        return self._untagged_response(*self.noop(), 'RECENT')

    def response(self, code):
        """What the server said about a code, and forget it."""
        return self._untagged_response(code, [None], code.upper())

    def _get_line(self):
        line = self.readline()
        if not line:
            raise self.abort('socket error: EOF')
        if not line.endswith(CRLF):
            raise self.abort(f'socket error: unterminated line: {line!r}')
        line = line[:-2]
        self._show(4, '< %r', line)
        return line

    def _show(self, level, text, *args):
        if self.debug >= level:
            print(f'  {time.strftime("%M:%S")}.{int(time.time() * 100) % 100:02d}', text % args, file=sys.stderr)

    def _get_response(self):
        """Take one response to where it belongs. None if the server waits for more of a command."""
        line = self._get_line()
        tagged = self.tagre.match(line)
        if tagged:
            tag = tagged['tag']
            if tag not in self.tagged_commands:
                raise self.abort(f'unexpected tagged response: {line!r}')
            self.tagged_commands[tag] = str(tagged['type'], self._encoding), [tagged['data']]
            return line
        untagged = Untagged_response.match(line)
        status = None if untagged else Untagged_status.match(line)
        if not untagged and not status:
            more = Continuation.match(line)
            if not more:
                raise self.abort(f'unexpected response: {line!r}')
            self.continuation_response = more['data']
            return None
        found = untagged or status
        kind, data = str(found['type'], self._encoding), found['data'] or b''
        if status and status['data2']:
            data += b' ' + status['data2']
        while literal := Literal.match(data):
            self._append_untagged(kind, (data, self.read(int(literal['size']))))
            data = self._get_line()
        self._append_untagged(kind, data)
        code = Response_code.match(data) if kind in ('OK', 'NO', 'BAD') else None
        if code:
            self._append_untagged(str(code['type'], self._encoding), code['data'])
        if kind in ('NO', 'BAD', 'BYE'):
            self._show(1, '%s response: %r', kind, data)
        return line

    def _append_untagged(self, kind, data):
        self.untagged_responses.setdefault(kind, []).append(b'' if data is None else data)

    def _check_bye(self):
        bye = self.untagged_responses.get('BYE')
        if bye:
            raise self.abort(bye[-1].decode(self._encoding, 'replace'))

    def _untagged_response(self, kind, data, name):
        """The answer to a command whose data came without a tag, under a name."""
        return (kind, data) if kind == 'NO' else (kind, self.untagged_responses.pop(name, [None]))

    # What we say

    def _new_tag(self):
        tag = self.tagpre + str(self.tagnum).encode('ascii')
        self.tagnum += 1
        self.tagged_commands[tag] = None
        return tag

    def _illegal(self, name):
        allowed = ', '.join(Commands[name])
        return self.error(f'command {name} illegal in state {self.state}, only allowed in states {allowed}')

    def _send(self, data):
        self._show(4, '> %r', data)
        try:
            self.send(data)
        except OSError as error:
            raise self.abort(f'socket error: {error}')

    def _command(self, name, *args):
        """Send a command; its tag. self.literal is what goes after it: bytes, or a function of what the server says."""
        literal, self.literal = self.literal, None
        if self.state not in Commands[name]:
            raise self._illegal(name)
        for kind in ('OK', 'NO', 'BAD'):
            self.untagged_responses.pop(kind, None)
        if 'READ-ONLY' in self.untagged_responses and not self.is_readonly:
            raise self.readonly('mailbox status changed to READ-ONLY')
        tag = self._new_tag()
        words = [tag, name, *(arg for arg in args if arg is not None)]
        data = b' '.join(bytes(word, self._encoding) if isinstance(word, str) else word for word in words)
        is_dialogue = callable(literal)
        if literal is not None and not is_dialogue:
            data += b' {%d}' % len(literal)
        self._send(data + CRLF)
        while literal is not None:
            while self._get_response():
                if self.tagged_commands[tag]:  # it was refused before the literal
                    return tag
            self._send(literal(self.continuation_response) if is_dialogue else literal)
            self._send(CRLF)
            if not is_dialogue:
                break
        return tag

    def _command_complete(self, name, tag):
        is_logout = name == 'LOGOUT'
        if not is_logout:  # the server says BYE on its own if it has to go
            self._check_bye()
        try:
            kind, data = self._get_tagged_response(tag, expect_bye=is_logout)
        except self.abort as problem:
            raise self.abort(f'command: {name} => {problem}')
        except self.error as problem:
            raise self.error(f'command: {name} => {problem}')
        if not is_logout:
            self._check_bye()
        if kind == 'BAD':
            raise self.error(f'{name} command error: {kind} {data}')
        return kind, data

    def _get_tagged_response(self, tag, expect_bye=False):
        while True:
            result = self.tagged_commands[tag]
            if result is not None:
                del self.tagged_commands[tag]
                return result
            if expect_bye:
                bye = self.untagged_responses.pop('BYE', None)
                if bye is not None:
                    return 'BYE', bye
            self._check_bye()
            self._get_response()

    def _simple_command(self, name, *args):
        return self._command_complete(name, self._command(name, *args))

    def _asking(self, name, *args, about=None):
        """A command whose answer comes without a tag, under its own name or another."""
        return self._untagged_response(*self._simple_command(name, *args), about or name)

    @staticmethod
    def _quote(arg):
        arg = arg.replace('\\', '\\\\').replace('"', '\\"')
        return f'"{arg}"'

    # Commands: who we are

    def authenticate(self, mechanism, authobject):
        """Log in by a mechanism; authobject(bytes) has the answers, None to give up."""
        self.literal = _Authenticator(authobject).process
        kind, data = self._simple_command('AUTHENTICATE', mechanism.upper())
        if kind != 'OK':
            raise self.error(data[-1].decode('utf-8', 'replace'))
        self.state = 'AUTH'
        return kind, data

    def login(self, user, password):
        kind, data = self._simple_command('LOGIN', user, self._quote(password))
        if kind != 'OK':
            raise self.error(data[-1])
        self.state = 'AUTH'
        return kind, data

    def login_cram_md5(self, user, password):
        """Log in without sending the password."""
        import hmac
        key = password.encode('utf-8') if isinstance(password, str) else password
        return self.authenticate('CRAM-MD5', lambda challenge: f'{user} {hmac.new(key, challenge, "md5").hexdigest()}')

    def proxyauth(self, user):
        """Go on as another user, if one is allowed to."""
        return self._simple_command('PROXYAUTH', user)

    def logout(self):
        """Say goodbye and close the connection."""
        self.state = 'LOGOUT'
        answer = self._simple_command('LOGOUT')
        self.shutdown()
        return answer

    def starttls(self, ssl_context=None):
        """Go on over TLS."""
        if not HAVE_SSL:
            raise self.error('SSL support missing')
        if self._tls_established:
            raise self.abort('TLS session already established')
        if 'STARTTLS' not in self.capabilities:
            raise self.abort('TLS not supported by server')
        context = ssl._create_stdlib_context() if ssl_context is None else ssl_context
        kind, data = self._simple_command('STARTTLS')
        if kind != 'OK':
            raise self.error("Couldn't establish TLS session")
        self._use(context.wrap_socket(self.sock, server_hostname=self.host))
        self._tls_established = True
        self._get_capabilities()
        return self._untagged_response(kind, data, 'STARTTLS')

    # Commands: what the server can do

    def capability(self):
        return self._asking('CAPABILITY')

    def enable(self, capability):
        """Switch a capability on; UTF8=ACCEPT for names and messages that are not in ASCII."""
        if 'ENABLE' not in self.capabilities:
            raise self.error('Server does not support ENABLE')
        kind, data = self._simple_command('ENABLE', capability)
        if kind == 'OK' and 'UTF8=ACCEPT' in capability.upper():
            self._mode_utf8()
        return kind, data

    def namespace(self):
        return self._asking('NAMESPACE')

    def noop(self):
        return self._simple_command('NOOP')

    def xatom(self, name, *args):
        """A command that this module does not know."""
        name = name.upper()
        if name not in Commands:
            Commands[name] = (self.state,)
        return self._simple_command(name, *args)

    # Commands: mail boxes

    def select(self, mailbox='INBOX', readonly=False):
        """Go to a mail box; the number of its messages."""
        self.untagged_responses = {}
        self.is_readonly = readonly
        kind, data = self._simple_command('EXAMINE' if readonly else 'SELECT', mailbox)
        if kind != 'OK':
            self.state = 'AUTH'
            return kind, data
        self.state = 'SELECTED'
        if 'READ-ONLY' in self.untagged_responses and not readonly:
            raise self.readonly(f'{mailbox} is not writable')
        return kind, self.untagged_responses.get('EXISTS', [None])

    def _leaving(self, name):
        try:
            return self._simple_command(name)
        finally:
            self.state = 'AUTH'

    def close(self):
        """Leave the mail box; its deleted messages go."""
        return self._leaving('CLOSE')

    def unselect(self):
        """Leave the mail box; its deleted messages stay."""
        return self._leaving('UNSELECT')

    def create(self, mailbox):
        return self._simple_command('CREATE', mailbox)

    def delete(self, mailbox):
        return self._simple_command('DELETE', mailbox)

    def rename(self, oldmailbox, newmailbox):
        return self._simple_command('RENAME', oldmailbox, newmailbox)

    def list(self, directory='""', pattern='*'):
        """The names of mail boxes."""
        return self._asking('LIST', directory, pattern)

    def lsub(self, directory='""', pattern='*'):
        """The names of mail boxes that one has subscribed to."""
        return self._asking('LSUB', directory, pattern)

    def subscribe(self, mailbox):
        return self._simple_command('SUBSCRIBE', mailbox)

    def unsubscribe(self, mailbox):
        return self._simple_command('UNSUBSCRIBE', mailbox)

    def status(self, mailbox, names):
        """What one wants to know about a mail box without going there."""
        return self._asking('STATUS', mailbox, names)

    def append(self, mailbox, flags, date_time, message):
        """Put a message into a mail box."""
        flags = _in_parentheses(flags) if flags else None
        date_time = Time2Internaldate(date_time) if date_time else None
        literal = MapCRLF.sub(CRLF, message)
        self.literal = b'UTF8 (' + literal + b')' if self.utf8_enabled else literal
        return self._simple_command('APPEND', mailbox or 'INBOX', flags, date_time)

    # Commands: rights and quotas

    def getacl(self, mailbox):
        return self._asking('GETACL', mailbox, about='ACL')

    def setacl(self, mailbox, who, what):
        return self._simple_command('SETACL', mailbox, who, what)

    def deleteacl(self, mailbox, who):
        return self._simple_command('DELETEACL', mailbox, who)

    def myrights(self, mailbox):
        return self._asking('MYRIGHTS', mailbox)

    def getannotation(self, mailbox, entry, attribute):
        return self._asking('GETANNOTATION', mailbox, entry, attribute, about='ANNOTATION')

    def setannotation(self, *args):
        return self._asking('SETANNOTATION', *args, about='ANNOTATION')

    def getquota(self, root):
        return self._asking('GETQUOTA', root, about='QUOTA')

    def getquotaroot(self, mailbox):
        """[[the roots of the mail box], [their quotas]]."""
        kind, data = self._simple_command('GETQUOTAROOT', mailbox)
        kind, quota = self._untagged_response(kind, data, 'QUOTA')
        kind, root = self._untagged_response(kind, data, 'QUOTAROOT')
        return kind, [root, quota]

    def setquota(self, root, limits):
        return self._asking('SETQUOTA', root, limits, about='QUOTA')

    # Commands: messages

    def check(self):
        """Let the server write down what it has in memory."""
        return self._simple_command('CHECK')

    def expunge(self):
        """Remove deleted messages for good; their numbers."""
        return self._asking('EXPUNGE')

    def fetch(self, message_set, message_parts):
        """Parts of messages."""
        return self._asking('FETCH', message_set, message_parts)

    def partial(self, message_num, message_part, start, length):
        return self._asking('PARTIAL', message_num, message_part, start, length, about='FETCH')

    def store(self, message_set, command, flags):
        """Change the flags of messages."""
        return self._asking('STORE', message_set, command, _in_parentheses(flags), about='FETCH')

    def copy(self, message_set, new_mailbox):
        return self._simple_command('COPY', message_set, new_mailbox)

    def search(self, charset, *criteria):
        """The numbers of the messages that one looks for."""
        if not charset:
            return self._asking('SEARCH', *criteria)
        if self.utf8_enabled:
            raise self.error('Non-None charset not valid in UTF8 mode')
        return self._asking('SEARCH', 'CHARSET', charset, *criteria)

    def sort(self, sort_criteria, charset, *search_criteria):
        return self._asking('SORT', _in_parentheses(sort_criteria), charset, *search_criteria)

    def thread(self, threading_algorithm, charset, *search_criteria):
        return self._asking('THREAD', threading_algorithm, charset, *search_criteria)

    def uid(self, command, *args):
        """A command with messages named by their unique numbers."""
        command = command.upper()
        if command not in Commands:
            raise self.error(f'Unknown IMAP4 UID command: {command}')
        if self.state not in Commands[command]:
            raise self._illegal(command)
        about = command if command in ('SEARCH', 'SORT', 'THREAD') else 'FETCH'
        return self._asking('UID', command, *args, about=about)


if HAVE_SSL:
    class IMAP4_SSL(IMAP4):
        """A connection that is TLS from the first byte."""

        def __init__(self, host='', port=IMAP4_SSL_PORT, keyfile=None, certfile=None, ssl_context=None, timeout=None):
            for name, given in ('keyfile', keyfile), ('certfile', certfile):
                if ssl_context is not None and given is not None:
                    raise ValueError(f'ssl_context and {name} arguments are mutually exclusive')
            if keyfile is not None or certfile is not None:
                import warnings
                warnings.warn('keyfile and certfile are deprecated, use a custom ssl_context instead',
                              DeprecationWarning, 2)
            self.keyfile, self.certfile = keyfile, certfile
            self.ssl_context = ssl_context or ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)
            super().__init__(host, port, timeout)

        def _create_socket(self, timeout):
            return self.ssl_context.wrap_socket(super()._create_socket(timeout), server_hostname=self.host)

        def open(self, host='', port=IMAP4_SSL_PORT, timeout=None):
            super().open(host, port, timeout)

    __all__.append('IMAP4_SSL')


class IMAP4_stream(IMAP4):
    """A server that is a program: we speak to its standard input and output."""

    def __init__(self, command):
        self.command = command
        super().__init__()

    def open(self, host=None, port=None, timeout=None):
        self.host = self.port = self.sock = self.file = None
        self.process = subprocess.Popen(self.command, bufsize=DEFAULT_BUFFER_SIZE, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, shell=True, close_fds=True)
        self.writefile, self.readfile = self.process.stdin, self.process.stdout

    def read(self, size):
        return self.readfile.read(size)

    def readline(self):
        return self.readfile.readline()

    def send(self, data):
        self.writefile.write(data)
        self.writefile.flush()

    def shutdown(self):
        self.readfile.close()
        self.writefile.close()
        self.process.wait()


class _Authenticator:
    """Turns what a server asks into bytes and the answers into base64."""

    def __init__(self, mechinst):
        self.mech = mechinst

    def process(self, data):
        answer = self.mech(self.decode(data))
        return b'*' if answer is None else self.encode(answer)

    def encode(self, inp):
        return binascii.b2a_base64(inp.encode('utf-8') if isinstance(inp, str) else inp, newline=False)

    def decode(self, inp):
        return binascii.a2b_base64(inp) if inp else b''


def Internaldate2tuple(resp):
    """The local time of an INTERNALDATE in a response; None if there is none."""
    match = InternalDate.match(resp)
    if match is None:
        return None
    zone = (int(match['zoneh']) * 60 + int(match['zonem'])) * 60
    when = calendar.timegm((int(match['year']), _BYTES_OF_MONTHS[match['mon']], int(match['day']), int(match['hour']),
                            int(match['min']), int(match['sec']), -1, -1, -1))
    return time.localtime(when + zone if match['zonen'] == b'-' else when - zone)


def Int2AP(num):
    """A number in base 16 with the letters A to P as digits."""
    digits = f'{abs(int(num)):x}' if int(num) else ''
    return ''.join(chr(ord('A') + int(digit, 16)) for digit in digits).encode('ascii')


def ParseFlags(resp):
    """A tuple of the FLAGS in a response."""
    match = Flags.match(resp)
    return tuple(match['flags'].split()) if match else ()


def _zone_of(moment):
    """The offset of a struct_time, or of a tuple like one."""
    try:
        offset = moment.tm_gmtoff
    except AttributeError:
        is_dst = moment[8]
        if time.daylight and is_dst == -1:
            is_dst = time.localtime(time.mktime(moment))[8]
        offset = -(time.altzone if time.daylight and is_dst else time.timezone)
    return timezone(timedelta(seconds=offset))


def Time2Internaldate(date_time):
    """A date for APPEND: of seconds since the epoch, a tuple like time.localtime()'s, an aware datetime, or a text."""
    if isinstance(date_time, (int, float)):
        moment = datetime.fromtimestamp(date_time, timezone.utc).astimezone()
    elif isinstance(date_time, tuple):
        moment = datetime(*date_time[:6], tzinfo=_zone_of(date_time))
    elif isinstance(date_time, datetime):
        if date_time.tzinfo is None:
            raise ValueError('date_time must be aware')
        moment = date_time
    elif isinstance(date_time, str) and (date_time[0], date_time[-1]) == ('"', '"'):
        return date_time
    else:
        raise ValueError('date_time not of a known type')
    return moment.strftime(f'"%d-{_MONTHS[moment.month - 1]}-%Y %H:%M:%S %z"')
