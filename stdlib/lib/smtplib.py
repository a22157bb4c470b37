"""Sending mail: the client's side of SMTP (RFC 5321), its extensions, and LMTP.

A method for each command returns the server's answer, a number and bytes; sendmail() and send_message() use them and
raise what went wrong.
"""
import base64
import copy
import datetime
import email.generator
import email.message
import email.utils
import hmac
import io
import re
import socket
import sys
from email.base64mime import body_encode as _base64_line

try:
    import ssl
    _have_ssl = True
except ImportError:
    _have_ssl = False

__all__ = ['SMTPException', 'SMTPNotSupportedError', 'SMTPServerDisconnected', 'SMTPResponseException',
           'SMTPSenderRefused', 'SMTPRecipientsRefused', 'SMTPDataError', 'SMTPConnectError', 'SMTPHeloError',
           'SMTPAuthenticationError', 'quoteaddr', 'quotedata', 'SMTP']

SMTP_PORT = 25
SMTP_SSL_PORT = 465
LMTP_PORT = 2003
CRLF = '\r\n'
bCRLF = b'\r\n'

_MAXLINE = 8192
_MAXCHALLENGE = 5
_LINE_END = re.compile(r'\r\n|\n|\r(?!\n)')
_FEATURE = re.compile(r'([A-Za-z0-9][A-Za-z0-9\-]*) ?')
_OLD_AUTH = re.compile('auth=(.*)', re.IGNORECASE)


class SMTPException(OSError):
    """The base of all of this module's errors."""


class SMTPNotSupportedError(SMTPException):
    """The server does not have what was asked for."""


class SMTPServerDisconnected(SMTPException):
    """The connection is gone, or was never made."""


class SMTPResponseException(SMTPException):
    """The server answered with an error: its number in smtp_code, its words in smtp_error."""

    def __init__(self, code, msg):
        self.args = (code, msg)
        self.smtp_code, self.smtp_error = code, msg


class SMTPSenderRefused(SMTPResponseException):
    """The server takes no mail from the sender."""

    def __init__(self, code, msg, sender):
        super().__init__(code, msg)
        self.args = (code, msg, sender)
        self.sender = sender


class SMTPRecipientsRefused(SMTPException):
    """The server takes mail for none of them: a dict of the answers in recipients."""

    def __init__(self, recipients):
        self.recipients = recipients
        self.args = (recipients,)


class SMTPDataError(SMTPResponseException):
    """The server does not take the message itself."""


class SMTPConnectError(SMTPResponseException):
    """The server did not greet us."""


class SMTPHeloError(SMTPResponseException):
    """The server did not like our name."""


class SMTPAuthenticationError(SMTPResponseException):
    """The server does not believe who we are."""


def quoteaddr(addrstring):
    """An address in angle brackets, without the name of its owner."""
    name, address = email.utils.parseaddr(addrstring)
    if name or address:
        return f'<{address}>'
    return addrstring if addrstring.strip().startswith('<') else f'<{addrstring}>'


def _addr_only(addrstring):
    name, address = email.utils.parseaddr(addrstring)
    return address if name or address else addrstring


def _fix_eols(data):
    return _LINE_END.sub(CRLF, data)


def quotedata(data):
    """A text as it goes over the wire: lines end in CR LF, and a dot at the start of one is doubled."""
    return re.sub('(?m)^[.]', '..', _fix_eols(data))


def _quote_periods(data):
    return re.sub(b'(?m)^[.]', b'..', data)


def _own_name():
    """The name that this machine gives itself."""
    name = socket.getfqdn()
    if '.' in name:
        return name
    try:
        address = socket.gethostbyname(socket.gethostname())
    except socket.gaierror:
        address = '127.0.0.1'
    return f'[{address}]'


def _context_for(keyfile, certfile, context):
    """The TLS context to use; files in its place are the old way."""
    for name, given in ('keyfile', keyfile), ('certfile', certfile):
        if context is not None and given is not None:
            raise ValueError(f'context and {name} arguments are mutually exclusive')
    if keyfile is not None or certfile is not None:
        import warnings
        warnings.warn('keyfile and certfile are deprecated, use a custom context instead', DeprecationWarning, 3)
    return context or ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)


class SMTP:
    """A connection to a mail server."""

    debuglevel = 0
    sock = file = None
    helo_resp = ehlo_resp = None
    ehlo_msg = 'ehlo'
    does_esmtp = False
    default_port = SMTP_PORT

    def __init__(self, host='', port=0, local_hostname=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT,
                 source_address=None):
        self._host = host
        self.timeout, self.source_address = timeout, source_address
        self.esmtp_features = {}
        self.command_encoding = 'ascii'
        self._auth_challenge_count = 0
        if host:
            answer = self.connect(host, port)
            if answer[0] != 220:
                self.close()
                raise SMTPConnectError(*answer)
        self.local_hostname = _own_name() if local_hostname is None else local_hostname

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        try:
            answer = self.docmd('QUIT')
            if answer[0] != 221:
                raise SMTPResponseException(*answer)
        except SMTPServerDisconnected:
            pass
        finally:
            self.close()

    def set_debuglevel(self, debuglevel):
        """1 shows what is said on standard error, 2 with the time."""
        self.debuglevel = debuglevel

    def _print_debug(self, *args):
        when = (datetime.datetime.now().time(),) if self.debuglevel > 1 else ()
        print(*when, *args, file=sys.stderr)

    def _debug(self, *args):
        if self.debuglevel > 0:
            self._print_debug(*args)

    # The connection

    def _get_socket(self, host, port, timeout):
        if timeout is not None and not timeout:
            raise ValueError('Non-blocking socket (timeout=0) is not supported')
        self._debug('connect: to', (host, port), self.source_address)
        return socket.create_connection((host, port), timeout, self.source_address)

    def connect(self, host='localhost', port=0, source_address=None):
        """Connect, and return the greeting. The host may be 'name:port'."""
        self.source_address = source_address or self.source_address
        if not port and host.count(':') == 1:
            host, _, port = host.partition(':')
            try:
                port = int(port)
            except ValueError:
                raise OSError('nonnumeric port')
        port = port or self.default_port
        sys.audit('smtplib.connect', self, host, port)
        self.sock = self._get_socket(host, port, self.timeout)
        self.file = None
        code, words = self.getreply()
        self._debug('connect:', repr(words))
        return code, words

    def send(self, s):
        """Send text or bytes as they are."""
        self._debug('send:', repr(s))
        if not self.sock:
            raise SMTPServerDisconnected('please run connect() first')
        data = s.encode(self.command_encoding) if isinstance(s, str) else s
        sys.audit('smtplib.send', self, data)
        try:
            self.sock.sendall(data)
        except OSError:
            self.close()
            raise SMTPServerDisconnected('Server not connected')

    def putcmd(self, cmd, args=''):
        """Send a command."""
        line = f'{cmd} {args}' if args else cmd
        if '\r' in line or '\n' in line:
            shown = line.replace('\n', '\\n').replace('\r', '\\r')
            raise ValueError(f'command and arguments contain prohibited newline characters: {shown}')
        self.send(line + CRLF)

    def getreply(self):
        """The server's answer: its number (-1 if it has none), and its lines as bytes."""
        if self.file is None:
            self.file = self.sock.makefile('rb')
        lines, more = [], True
        while more:
            line = self._read_line()
            lines.append(line[4:].strip(b' \t\r\n'))
            try:
                code = int(line[:3])
            except ValueError:
                code = -1
            more = code != -1 and line[3:4] == b'-'
        words = b'\n'.join(lines)
        self._debug(f'reply: retcode ({code}); Msg: {words!a}')
        return code, words

    def _read_line(self):
        try:
            line = self.file.readline(_MAXLINE + 1)
        except OSError as error:
            self.close()
            raise SMTPServerDisconnected(f'Connection unexpectedly closed: {error}')
        if not line:
            self.close()
            raise SMTPServerDisconnected('Connection unexpectedly closed')
        self._debug('reply:', repr(line))
        if len(line) > _MAXLINE:
            self.close()
            raise SMTPResponseException(500, 'Line too long.')
        return line

    def docmd(self, cmd, args=''):
        """Send a command, return the answer."""
        self.putcmd(cmd, args)
        return self.getreply()

    def close(self):
        """Close the connection without a word."""
        file, sock, self.file, self.sock = self.file, self.sock, None, None
        try:
            if file:
                file.close()
        finally:
            if sock:
                sock.close()

    def quit(self):
        """Say goodbye and close the connection."""
        answer = self.docmd('quit')
        self._forget_greeting()
        self.close()
        return answer

    def _forget_greeting(self):
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False

    # Commands

    def helo(self, name=''):
        """Greet the server; it knows no extensions."""
        self.putcmd('helo', name or self.local_hostname)
        code, self.helo_resp = self.getreply()
        return code, self.helo_resp

    def ehlo(self, name=''):
        """Greet the server and take down what it can do in esmtp_features."""
        self.esmtp_features = {}
        self.putcmd(self.ehlo_msg, name or self.local_hostname)
        code, words = self.getreply()
        if code == -1 and not words:
            self.close()
            raise SMTPServerDisconnected('Server not connected')
        self.ehlo_resp = words
        if code == 250:
            self.does_esmtp = True
            for line in words.decode('latin-1').split('\n')[1:]:
                self._take_feature(line)
        return code, words

    def _take_feature(self, line):
        old, new = _OLD_AUTH.match(line), _FEATURE.match(line)
        if old:  # servers say AUTH in two ways, and some in both
            name, words = 'auth', old[1]
        elif new:
            name, words = new[1].lower(), line[new.end(1):].strip()
        else:
            return
        self.esmtp_features[name] = f'{self.esmtp_features.get(name, "")} {words}' if name == 'auth' else words

    def has_extn(self, opt):
        """Whether the server has an extension."""
        return opt.lower() in self.esmtp_features

    def help(self, args=''):
        return self.docmd('help', args)[1]

    def rset(self):
        """Forget the message that was begun."""
        self.command_encoding = 'ascii'
        return self.docmd('rset')

    def _rset(self):
        try:
            self.rset()
        except SMTPServerDisconnected:
            pass

    def noop(self):
        return self.docmd('noop')

    def mail(self, sender, options=()):
        """Begin a message."""
        words = ''
        if options and self.does_esmtp:
            if any(option.lower() == 'smtputf8' for option in options):
                if not self.has_extn('smtputf8'):
                    raise SMTPNotSupportedError('SMTPUTF8 not supported by server')
                self.command_encoding = 'utf-8'
            words = ' ' + ' '.join(options)
        return self.docmd('mail', f'FROM:{quoteaddr(sender)}{words}')

    def rcpt(self, recip, options=()):
        """Name somebody to whom the message goes."""
        words = ' ' + ' '.join(options) if options and self.does_esmtp else ''
        return self.docmd('rcpt', f'TO:{quoteaddr(recip)}{words}')

    def data(self, msg):
        """Send the message itself."""
        answer = self.docmd('data')
        self._debug('data:', answer)
        if answer[0] != 354:
            raise SMTPDataError(*answer)
        if isinstance(msg, str):
            msg = _fix_eols(msg).encode('ascii')
        quoted = _quote_periods(msg)
        if not quoted.endswith(bCRLF):
            quoted += bCRLF
        self.send(quoted + b'.' + bCRLF)
        answer = self.getreply()
        self._debug('data:', answer)
        return answer

    def verify(self, address):
        """Ask whether there is such an address; most servers do not say."""
        return self.docmd('vrfy', _addr_only(address))

    vrfy = verify

    def expn(self, address):
        """Ask who is on a list."""
        return self.docmd('expn', _addr_only(address))

    # Who we are

    def ehlo_or_helo_if_needed(self):
        """Greet the server if that has not been done yet."""
        if self.helo_resp is not None or self.ehlo_resp is not None or 200 <= self.ehlo()[0] <= 299:
            return
        answer = self.helo()
        if not 200 <= answer[0] <= 299:
            raise SMTPHeloError(*answer)

    def auth(self, mechanism, authobject, *, initial_response_ok=True):
        """Log in by a mechanism; authobject(challenge) has the answers, and without a challenge the first of them."""
        def encoded(text):
            return _base64_line(text.encode('ascii'), eol='')
        mechanism = mechanism.upper()
        first = authobject() if initial_response_ok else None
        self._auth_challenge_count = 0 if first is None else 1
        answer = self.docmd('AUTH', mechanism if first is None else f'{mechanism} {encoded(first)}')
        while answer[0] == 334:
            self._auth_challenge_count += 1
            answer = self.docmd(encoded(authobject(base64.decodebytes(answer[1]))))
            if self._auth_challenge_count > _MAXCHALLENGE:
                raise SMTPException(f'Server AUTH mechanism infinite loop. Last response: {answer!r}')
        if answer[0] not in (235, 503):  # 503: we are logged in already
            raise SMTPAuthenticationError(*answer)
        return answer

    def auth_cram_md5(self, challenge=None):
        if challenge is None:  # the server has to begin
            return None
        return f'{self.user} {hmac.new(self.password.encode("ascii"), challenge, "md5").hexdigest()}'

    def auth_plain(self, challenge=None):
        return f'\0{self.user}\0{self.password}'

    def auth_login(self, challenge=None):
        return self.user if challenge is None or self._auth_challenge_count < 2 else self.password

    def login(self, user, password, *, initial_response_ok=True):
        """Log in by the best of the mechanisms that the server has, or by the next ones if it does not work."""
        self.ehlo_or_helo_if_needed()
        if not self.has_extn('auth'):
            raise SMTPNotSupportedError('SMTP AUTH extension not supported by server.')
        offered = self.esmtp_features['auth'].split()
        usable = [name for name in ('CRAM-MD5', 'PLAIN', 'LOGIN') if name in offered]
        if not usable:
            raise SMTPException('No suitable authentication method found.')
        self.user, self.password = user, password
        for name in usable:
            method = getattr(self, 'auth_' + name.lower().replace('-', '_'))
            try:
                return self.auth(name, method, initial_response_ok=initial_response_ok)
            except SMTPAuthenticationError as error:
                refused = error
        raise refused

    def starttls(self, keyfile=None, certfile=None, context=None):
        """Go on over TLS. The server has to be greeted again after that."""
        self.ehlo_or_helo_if_needed()
        if not self.has_extn('starttls'):
            raise SMTPNotSupportedError('STARTTLS extension not supported by server.')
        answer = self.docmd('STARTTLS')
        if answer[0] != 220:  # whoever stands between may have struck it out: never go on in the open
            raise SMTPResponseException(*answer)
        if not _have_ssl:
            raise RuntimeError('No SSL support included in this Python')
        context = _context_for(keyfile, certfile, context)
        self.sock = context.wrap_socket(self.sock, server_hostname=self._host)
        self.file = None
        self._forget_greeting()
        return answer

    # Whole messages

    def sendmail(self, from_addr, to_addrs, msg, mail_options=(), rcpt_options=()):
        """Send a message (text in ASCII, or bytes) to one or some; returns the answers about those who were refused.

        Raises if it cannot go to anybody.
        """
        self.ehlo_or_helo_if_needed()
        if isinstance(msg, str):
            msg = _fix_eols(msg).encode('ascii')
        options = []
        if self.does_esmtp:
            if self.has_extn('size'):
                options.append(f'size={len(msg)}')
            options += mail_options
        answer = self.mail(from_addr, options)
        if answer[0] != 250:
            self._give_up(answer)
            raise SMTPSenderRefused(*answer, from_addr)
        to_addrs = [to_addrs] if isinstance(to_addrs, str) else to_addrs
        refused = {}
        for address in to_addrs:
            answer = self.rcpt(address, rcpt_options)
            if answer[0] not in (250, 251):
                refused[address] = answer
            if answer[0] == 421:
                self.close()
                raise SMTPRecipientsRefused(refused)
        if len(refused) == len(to_addrs):
            self._rset()
            raise SMTPRecipientsRefused(refused)
        answer = self.data(msg)
        if answer[0] != 250:
            self._give_up(answer)
            raise SMTPDataError(*answer)
        return refused

    def _give_up(self, answer):
        """Leave a message that was begun; 421 means that the server closes the connection."""
        if answer[0] == 421:
            self.close()
        else:
            self._rset()

    def send_message(self, msg, from_addr=None, to_addrs=None, mail_options=(), rcpt_options=()):
        """Send an email.message.Message; from whom and to whom its headers say, if the arguments do not.

        Headers Bcc are not sent. Addresses that are not in ASCII need the extension SMTPUTF8.
        """
        self.ehlo_or_helo_if_needed()
        blocks = msg.get_all('Resent-Date') or ()
        if len(blocks) > 1:
            raise ValueError("message has more than one 'Resent-' header block")
        prefix = 'Resent-' if blocks else ''
        if from_addr is None:
            sender = prefix + 'Sender'
            from_addr = email.utils.getaddresses([msg[sender if sender in msg else prefix + 'From']])[0][1]
        if to_addrs is None:
            fields = [msg[prefix + name] for name in ('To', 'Bcc', 'Cc')]
            to_addrs = [address for _, address in email.utils.getaddresses([f for f in fields if f is not None])]
        visible = copy.copy(msg)
        del visible['Bcc']
        del visible['Resent-Bcc']
        policy = None
        if not ''.join([from_addr, *to_addrs]).isascii():
            if not self.has_extn('smtputf8'):
                raise SMTPNotSupportedError('One or more source or delivery addresses require internationalized email '
                                            'support, but the server does not advertise the required SMTPUTF8 '
                                            'capability')
            policy = msg.policy.clone(utf8=True)
            mail_options = (*mail_options, 'SMTPUTF8', 'BODY=8BITMIME')
        file = io.BytesIO()
        email.generator.BytesGenerator(file, policy=policy).flatten(visible, linesep='\r\n')
        return self.sendmail(from_addr, to_addrs, file.getvalue(), mail_options, rcpt_options)


if _have_ssl:
    class SMTP_SSL(SMTP):
        """A connection that is TLS from the first byte."""

        default_port = SMTP_SSL_PORT

        def __init__(self, host='', port=0, local_hostname=None, keyfile=None, certfile=None,
                     timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None):
            self.keyfile, self.certfile = keyfile, certfile
            self.context = _context_for(keyfile, certfile, context)
            super().__init__(host, port, local_hostname, timeout, source_address)

        def _get_socket(self, host, port, timeout):
            plain = super()._get_socket(host, port, timeout)
            return self.context.wrap_socket(plain, server_hostname=self._host)

    __all__.append('SMTP_SSL')


class LMTP(SMTP):
    """SMTP's sister for servers that put mail into boxes themselves; a host that begins with '/' is a Unix socket."""

    ehlo_msg = 'lhlo'

    def __init__(self, host='', port=LMTP_PORT, local_hostname=None, source_address=None,
                 timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        super().__init__(host, port, local_hostname=local_hostname, source_address=source_address, timeout=timeout)

    def connect(self, host='localhost', port=0, source_address=None):
        if not host.startswith('/'):
            return super().connect(host, port, source_address=source_address)
        if self.timeout is not None and not self.timeout:
            raise ValueError('Non-blocking socket (timeout=0) is not supported')
        try:
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            if self.timeout is not socket._GLOBAL_DEFAULT_TIMEOUT:
                self.sock.settimeout(self.timeout)
            self.file = None
            self.sock.connect(host)
        except OSError:
            self._debug('connect fail:', host)
            if self.sock:
                self.sock.close()
            self.sock = None
            raise
        code, words = self.getreply()
        self._debug('connect:', words)
        return code, words


if __name__ == '__main__':
    def _ask(what):
        print(f'{what}: ', end='', flush=True)
        return sys.stdin.readline().strip()

    sender, recipients = _ask('From'), _ask('To').split(',')
    print('Enter message, end with ^D:')
    text = sys.stdin.read()
    print(f'Message length is {len(text)}')
    server = SMTP('localhost')
    server.set_debuglevel(1)
    server.sendmail(sender, recipients, text)
    server.quit()
