"""A mail server on asyncore, to subclass: process_message() gets what clients send. Also one that passes mail on.

Deprecated; use aiosmtpd.
"""
import errno
import re
import socket
import sys
import time
import warnings
from email._parseaddr import AddrlistClass as _Lexer

with warnings.catch_warnings():
    warnings.simplefilter('ignore', DeprecationWarning)
    import asynchat
    import asyncore

warnings.warn('The smtpd module is deprecated and unmaintained and will be removed in Python 3.12.  Please see aiosmtpd '
              '(https://aiosmtpd.readthedocs.io/) for the recommended replacement.', DeprecationWarning, stacklevel=2)

__all__ = ['SMTPChannel', 'SMTPServer', 'DebuggingServer', 'PureProxy']

program = sys.argv[0]
__version__ = 'Python SMTP proxy version 0.3'
NEWLINE = '\n'
COMMASPACE = ', '
DATA_SIZE_DEFAULT = 33554432


class Devnull:
    def write(self, msg):
        pass

    def flush(self):
        pass


DEBUGSTREAM = Devnull()


def _note(*words):
    """For those who want to watch: programs put another stream there."""
    print(*words, file=DEBUGSTREAM)


def _check_modes(enable_SMTPUTF8, decode_data):
    if decode_data and enable_SMTPUTF8:
        raise ValueError('decode_data and enable_SMTPUTF8 cannot be set to True at the same time')


_BARE_ADDRESS = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^\s"])*')  # one without angle brackets

_HELP = {'EHLO': 'EHLO hostname', 'HELO': 'HELO hostname', 'MAIL': 'MAIL FROM: <address>', 'RCPT': 'RCPT TO: <address>',
         'DATA': 'DATA', 'RSET': 'RSET', 'NOOP': 'NOOP', 'QUIT': 'QUIT', 'VRFY': 'VRFY <address>'}


class SMTPChannel(asynchat.async_chat):
    """A conversation with one client."""

    COMMAND = 0
    DATA = 1
    command_size_limit = 512

    def __init__(self, server, conn, addr, data_size_limit=DATA_SIZE_DEFAULT, map=None, enable_SMTPUTF8=False,
                 decode_data=False):
        super().__init__(conn, map=map)
        _check_modes(enable_SMTPUTF8, decode_data)
        self.smtp_server, self.conn, self.addr, self.fqdn = server, conn, addr, socket.getfqdn()
        self.data_size_limit, self.command_size_limits = data_size_limit, {}
        self.enable_SMTPUTF8, self._decode_data = enable_SMTPUTF8, decode_data
        # What data consists of: text, or bytes.
        self._emptystring, self._linesep, self._dotsep, self._newline = (
            ('', '\r\n', '.', NEWLINE) if decode_data else (b'', b'\r\n', ord(b'.'), b'\n'))
        self.seen_greeting, self.extended_smtp, self.received_data = '', False, ''
        self._reset_envelope()
        try:
            self.peer = conn.getpeername()
        except OSError as problem:
            # It went away at once.
            self.close()
            if problem.errno == errno.ENOTCONN:
                return
            raise
        _note('Peer:', repr(self.peer))
        self.push(f'220 {self.fqdn} {__version__}')

    @property
    def max_command_size_limit(self):
        return max([self.command_size_limit, *self.command_size_limits.values()])

    def _reset_envelope(self):
        self.mailfrom, self.rcpttos, self.require_SMTPUTF8 = '', [], False
        self.received_lines, self.num_bytes = [], 0
        self._expect(self.COMMAND, b'\r\n')

    def _expect(self, state, end):
        """From now on what comes is a command or a message, and ends so."""
        self.smtp_state = state
        self.set_terminator(end)

    def push(self, msg):
        """Send a line."""
        asynchat.async_chat.push(self, bytes(msg + '\r\n', 'utf-8' if self.require_SMTPUTF8 else 'ascii'))

    def collect_incoming_data(self, data):
        limit = self.data_size_limit if self.smtp_state != self.COMMAND else self.max_command_size_limit
        if limit:
            if self.num_bytes > limit:
                # It will be refused; until then it is not kept.
                return
            self.num_bytes += len(data)
        self.received_lines += [str(data, 'utf-8') if self._decode_data else data]

    def found_terminator(self):
        whole = self._emptystring.join(self.received_lines)
        size = self.num_bytes
        self.received_lines, self.num_bytes = [], 0
        _note('Data:', repr(whole))
        take = {self.COMMAND: self._command, self.DATA: self._message}.get(self.smtp_state)
        if take is None:
            self.push('451 Internal confusion')
        else:
            take(whole, size)

    def _command(self, line, size):
        if not line:
            self.push('500 Error: bad syntax')
            return
        if not self._decode_data:
            line = str(line, 'utf-8')
        command, _, argument = line.partition(' ')
        command = command.upper()
        if size > self.command_size_limits.get(command if self.extended_smtp else None, self.command_size_limit):
            self.push('500 Error: line too long')
            return
        method = getattr(self, 'smtp_' + command, None)
        if method is None:
            self.push(f'500 Error: command "{command}" not recognized')
            return
        method(argument.strip() or None)

    def _message(self, data, size):
        if self.data_size_limit and size > self.data_size_limit:
            self.push('552 Error: Too much mail data')
            return
        # A dot at the beginning of a line was doubled (RFC 5321, 4.5.2).
        lines = [line[1:] if line and line[0] == self._dotsep else line for line in data.split(self._linesep)]
        self.received_data = self._newline.join(lines)
        arguments = self.peer, self.mailfrom, self.rcpttos, self.received_data
        options = {}
        if not self._decode_data:
            options = {'mail_options': self.mail_options, 'rcpt_options': self.rcpt_options}
        status = self.smtp_server.process_message(*arguments, **options)
        self._reset_envelope()
        self.push(status or '250 OK')

    # --- commands ---

    def _greeted(self, arg, form):
        if not arg:
            self.push(f'501 Syntax: {form} hostname')
            return False
        if self.seen_greeting:
            self.push('503 Duplicate HELO/EHLO')
            return False
        self._reset_envelope()
        self.seen_greeting = arg
        return True

    def smtp_HELO(self, arg):
        if self._greeted(arg, 'HELO'):
            self.push(f'250 {self.fqdn}')

    def smtp_EHLO(self, arg):
        if not self._greeted(arg, 'EHLO'):
            return
        self.extended_smtp = True
        self.push(f'250-{self.fqdn}')
        if self.data_size_limit:
            self.push(f'250-SIZE {self.data_size_limit}')
            self.command_size_limits['MAIL'] = self.command_size_limit + 26
        if not self._decode_data:
            self.push('250-8BITMIME')
        if self.enable_SMTPUTF8:
            self.push('250-SMTPUTF8')
            self.command_size_limits['MAIL'] = self.command_size_limits.get('MAIL', self.command_size_limit) + 10
        self.push('250 HELP')

    def smtp_NOOP(self, arg):
        self.push('501 Syntax: NOOP' if arg else '250 OK')

    def smtp_QUIT(self, arg):
        self.push('221 Bye')
        self.close_when_done()

    def _getaddr(self, arg):
        """(address, rest) of an argument; the address is None if there is none, '' for <>."""
        if not arg:
            return None, ''
        if not arg.lstrip().startswith('<'):
            end = _BARE_ADDRESS.match(arg.lstrip()).end() + len(arg) - len(arg.lstrip())
            return _Lexer(arg[:end])._address() or None, arg[end:]
        lexer = _Lexer(arg)
        lexer._skip()
        address = lexer._route()
        return address, lexer.field[lexer.pos:]

    def _getparams(self, params):
        """A dict of 'KEY=value' words; None if they are wrong."""
        found = {}
        for param in params:
            key, equals, value = param.partition('=')
            if not key.isalnum() or equals and not value:
                return None
            found[key] = value if equals else True
        return found

    def smtp_HELP(self, arg):
        if not arg:
            self.push('250 Supported commands: EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY')
            return
        shown = _HELP.get(arg.upper())
        if shown is None:
            self.push('501 Supported commands: EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY')
            return
        if self.extended_smtp and arg.upper() in ('MAIL', 'RCPT'):
            shown += ' [SP <mail-parameters>]'
        self.push('250 Syntax: ' + shown)

    def smtp_VRFY(self, arg):
        if not arg:
            self.push('501 Syntax: VRFY <address>')
            return
        address, _ = self._getaddr(arg)
        self.push('252 Cannot VRFY user, but will accept message and attempt delivery' if address
                  else f'502 Could not VRFY {arg}')

    def _address_argument(self, arg, keyword, syntax):
        """(address, options) of MAIL and RCPT; None when an answer was given."""
        if self.extended_smtp:
            syntax += ' [SP <mail-parameters>]'
        if arg is None or arg[:len(keyword)].upper() != keyword:
            self.push(syntax)
            return None
        address, rest = self._getaddr(arg[len(keyword):].strip())
        if address is None or keyword == 'TO:' and not address or rest and not self.extended_smtp:
            self.push(syntax)
            return None
        return address, rest.upper().split()

    def smtp_MAIL(self, arg):
        if not self.seen_greeting:
            self.push('503 Error: send HELO first')
            return
        _note('===> MAIL', arg)
        syntax = '501 Syntax: MAIL FROM: <address>'
        found = self._address_argument(arg, 'FROM:', syntax)
        if found is None:
            return
        if self.mailfrom:
            self.push('503 Error: nested MAIL command')
            return
        address, self.mail_options = found
        params = self._getparams(self.mail_options)
        if params is None:
            self.push(syntax + ' [SP <mail-parameters>]')
            return
        if not self._decode_data and params.pop('BODY', '7BIT') not in ('7BIT', '8BITMIME'):
            self.push('501 Error: BODY can only be one of 7BIT, 8BITMIME')
            return
        if self.enable_SMTPUTF8:
            wanted = params.pop('SMTPUTF8', False)
            if wanted is True:
                self.require_SMTPUTF8 = True
            elif wanted is not False:
                self.push('501 Error: SMTPUTF8 takes no arguments')
                return
        size = params.pop('SIZE', None)
        if size:
            if not isinstance(size, str) or not size.isdigit():
                self.push(syntax + ' [SP <mail-parameters>]')
                return
            if self.data_size_limit and int(size) > self.data_size_limit:
                self.push('552 Error: message size exceeds fixed maximum message size')
                return
        if params:
            self.push('555 MAIL FROM parameters not recognized or not implemented')
            return
        self.mailfrom = address or '<>'
        _note('sender:', self.mailfrom)
        self.push('250 OK')

    def smtp_RCPT(self, arg):
        if not self.seen_greeting:
            self.push('503 Error: send HELO first')
            return
        _note('===> RCPT', arg)
        if not self.mailfrom:
            self.push('503 Error: need MAIL command')
            return
        syntax = '501 Syntax: RCPT TO: <address>'
        found = self._address_argument(arg, 'TO:', syntax)
        if found is None:
            return
        address, self.rcpt_options = found
        params = self._getparams(self.rcpt_options)
        if params is None:
            self.push(syntax + ' [SP <mail-parameters>]')
        elif params:
            self.push('555 RCPT TO parameters not recognized or not implemented')
        else:
            self.rcpttos.append(address)
            _note('recips:', self.rcpttos)
            self.push('250 OK')

    def smtp_RSET(self, arg):
        if arg:
            self.push('501 Syntax: RSET')
            return
        self._reset_envelope()
        self.push('250 OK')

    def smtp_DATA(self, arg):
        if not self.seen_greeting:
            self.push('503 Error: send HELO first')
        elif not self.rcpttos:
            self.push('503 Error: need RCPT command')
        elif arg:
            self.push('501 Syntax: DATA')
        else:
            self._expect(self.DATA, b'\r\n.\r\n')
            self.push('354 End data with <CR><LF>.<CR><LF>')

    def smtp_EXPN(self, arg):
        self.push('502 EXPN not implemented')


class SMTPServer(asyncore.dispatcher):
    """Listens at an address; a channel for each client."""

    channel_class = SMTPChannel

    def __init__(self, localaddr, remoteaddr, data_size_limit=DATA_SIZE_DEFAULT, map=None, enable_SMTPUTF8=False,
                 decode_data=False):
        self._localaddr, self._remoteaddr, self.data_size_limit = localaddr, remoteaddr, data_size_limit
        self.enable_SMTPUTF8, self._decode_data = enable_SMTPUTF8, decode_data
        _check_modes(enable_SMTPUTF8, decode_data)
        super().__init__(map=map)
        try:
            family, kind, *_ = socket.getaddrinfo(*localaddr, type=socket.SOCK_STREAM)[0]
            self.create_socket(family, kind)
            self.set_reuse_addr()
            self.bind(localaddr)
            self.listen(5)
        except:
            self.close()
            raise
        _note(f'{type(self).__name__} started at {time.ctime(time.time())}\n\tLocal addr: {localaddr}\n\t'
              f'Remote addr:{remoteaddr}')

    def handle_accepted(self, conn, addr):
        _note('Incoming connection from', repr(addr))
        self.channel_class(self, conn, addr, self.data_size_limit, self._map, self.enable_SMTPUTF8, self._decode_data)

    def process_message(self, peer, mailfrom, rcpttos, data, **kwargs):
        """A message has come. None, or the answer for the client."""
        raise NotImplementedError


class DebuggingServer(SMTPServer):
    """Prints what comes."""

    def _print_message_content(self, peer, data):
        shown = str if isinstance(data, str) else repr
        note = f'X-Peer: {peer[0]}'
        for line in data.splitlines():
            if not line and note:
                # Behind the headers.
                print(shown(note if shown is str else note.encode()))
                note = None
            print(shown(line))

    def process_message(self, peer, mailfrom, rcpttos, data, **kwargs):
        print('---------- MESSAGE FOLLOWS ----------')
        for name, title in (('mail_options', 'mail options'), ('rcpt_options', 'rcpt options')):
            if kwargs.get(name):
                print(f'{title}: {kwargs[name]}')
        self._print_message_content(peer, data)
        print('------------ END MESSAGE ------------')


class PureProxy(SMTPServer):
    """Passes mail on to another server."""

    def __init__(self, *args, **kwargs):
        if kwargs.get('enable_SMTPUTF8'):
            raise ValueError('PureProxy does not support SMTPUTF8.')
        super().__init__(*args, **kwargs)

    def process_message(self, peer, mailfrom, rcpttos, data, **kwargs):
        lines = data.split('\n')
        end = lines.index('') if '' in lines else len(lines)
        lines.insert(end, f'X-Peer: {peer[0]}')
        refused = self._deliver(mailfrom, rcpttos, NEWLINE.join(lines))
        _note('we got some refusals:', refused)

    def _deliver(self, mailfrom, rcpttos, data):
        import smtplib
        try:
            with smtplib.SMTP(*self._remoteaddr) as server:
                return server.sendmail(mailfrom, rcpttos, data)
        except smtplib.SMTPRecipientsRefused as error:
            return error.recipients
        except (OSError, smtplib.SMTPException) as error:
            code = getattr(error, 'smtp_code', -1)
            return dict.fromkeys(rcpttos, (code, getattr(error, 'smtp_error', 'ignore')))
