"""Files over FTP (RFC 959), also over TLS (RFC 4217).

Commands go over one connection; every transfer has a second one, which the client opens (passive) or the server
(active).
"""
import re
import socket
import sys
from socket import _GLOBAL_DEFAULT_TIMEOUT

__all__ = ['FTP', 'error_reply', 'error_temp', 'error_perm', 'error_proto', 'all_errors']

MSG_OOB = 0x1
FTP_PORT = 21
MAXLINE = 8192
CRLF = '\r\n'
B_CRLF = b'\r\n'


class Error(Exception):
    """The base of this module's errors."""


class error_reply(Error):
    """An answer that was not expected."""


class error_temp(Error):
    """A 4xx answer: it may work later."""


class error_perm(Error):
    """A 5xx answer: it will not work."""


class error_proto(Error):
    """An answer that is not FTP's."""


all_errors = (Error, OSError, EOFError)


class FTP:
    """A connection to a server."""

    debugging = 0
    host = ''
    port = FTP_PORT
    maxline = MAXLINE
    sock = file = welcome = None
    passiveserver = True
    trust_server_pasv_ipv4_address = False  # servers behind others name addresses that are wrong, or somebody else's

    def __init__(self, host='', user='', passwd='', acct='', timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *,
                 encoding='utf-8'):
        self.encoding, self.source_address, self.timeout = encoding, source_address, timeout
        if host:
            self.connect(host)
            if user:
                self.login(user, passwd, acct)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if self.sock is None:
            return
        try:
            self.quit()
        except (OSError, EOFError):
            pass
        finally:
            if self.sock is not None:
                self.close()

    def connect(self, host='', port=0, timeout=-999, source_address=None):
        """Connect; the greeting is returned. What is not given stays what it was."""
        self.host, self.port = host or self.host, port or self.port
        if timeout != -999:
            self.timeout = timeout
        if self.timeout is not None and not self.timeout:
            raise ValueError('Non-blocking socket (timeout=0) is not supported')
        if source_address is not None:
            self.source_address = source_address
        sys.audit('ftplib.connect', self, self.host, self.port)
        self.sock = socket.create_connection((self.host, self.port), self.timeout, source_address=self.source_address)
        self.af = self.sock.family
        self.file = self.sock.makefile('r', encoding=self.encoding)
        self.welcome = self.getresp()
        return self.welcome

    def getwelcome(self):
        if self.debugging:
            print('*welcome*', self.sanitize(self.welcome))
        return self.welcome

    def set_debuglevel(self, level):
        """1 shows commands and answers, 2 every line."""
        self.debugging = level

    debug = set_debuglevel

    def set_pasv(self, val):
        """Whether the client opens the connections for transfers; on at first."""
        self.passiveserver = val

    def sanitize(self, s):
        """A line as it may be shown: without the password."""
        if s[:5].lower() == 'pass ':
            end = len(s.rstrip('\r\n'))
            s = s[:5] + '*' * (end - 5) + s[end:]
        return repr(s)

    # Lines

    def putline(self, line):
        if '\r' in line or '\n' in line:
            raise ValueError('an illegal newline character should not be contained')
        sys.audit('ftplib.sendcmd', self, line)
        line += CRLF
        if self.debugging > 1:
            print('*put*', self.sanitize(line))
        self.sock.sendall(line.encode(self.encoding))

    def putcmd(self, line):
        if self.debugging:
            print('*cmd*', self.sanitize(line))
        self.putline(line)

    def getline(self):
        line = self.file.readline(self.maxline + 1)
        if len(line) > self.maxline:
            raise Error(f'got more than {self.maxline} bytes')
        if self.debugging > 1:
            print('*get*', self.sanitize(line))
        if not line:
            raise EOFError
        return line[:-2] if line.endswith(CRLF) else line.rstrip('\r\n') if line[-1:] in CRLF else line

    def getmultiline(self):
        """An answer, all its lines in one text."""
        lines = [self.getline()]
        if lines[0][3:4] == '-':
            code = lines[0][:3]
            while True:
                lines.append(self.getline())
                if lines[-1][:3] == code and lines[-1][3:4] != '-':
                    break
        return '\n'.join(lines)

    def getresp(self):
        """An answer; those that are errors are raised."""
        answer = self.getmultiline()
        if self.debugging:
            print('*resp*', self.sanitize(answer))
        self.lastresp = answer[:3]
        kind = answer[:1]
        if kind in {'1', '2', '3'}:
            return answer
        raise {'4': error_temp, '5': error_perm}.get(kind, error_proto)(answer)

    def voidresp(self):
        """An answer that has to say that a thing is done."""
        answer = self.getresp()
        if not answer.startswith('2'):
            raise error_reply(answer)
        return answer

    def sendcmd(self, cmd):
        """Send a command, return the answer."""
        self.putcmd(cmd)
        return self.getresp()

    def voidcmd(self, cmd):
        """Send a command that has to be done with the answer."""
        self.putcmd(cmd)
        return self.voidresp()

    def abort(self):
        """Stop a transfer, with urgent data."""
        line = b'ABOR' + B_CRLF
        if self.debugging > 1:
            print('*put urgent*', self.sanitize(line))
        self.sock.sendall(line, MSG_OOB)
        answer = self.getmultiline()
        if answer[:3] not in {'426', '225', '226'}:
            raise error_proto(answer)
        return answer

    # Connections for transfers

    def sendport(self, host, port):
        numbers = host.split('.') + [str(port // 256), str(port % 256)]
        return self.voidcmd('PORT ' + ','.join(numbers))

    def sendeprt(self, host, port):
        family = {socket.AF_INET: 1, socket.AF_INET6: 2}.get(self.af)
        if family is None:
            raise error_proto('unsupported address family')
        return self.voidcmd(f'EPRT |{family}|{host}|{port}|')

    def makeport(self):
        """A socket that listens, of which the server has been told."""
        sock = socket.create_server(('', 0), family=self.af, backlog=1)
        host, port = self.sock.getsockname()[0], sock.getsockname()[1]
        if self.af == socket.AF_INET:
            self.sendport(host, port)
        else:
            self.sendeprt(host, port)
        if self.timeout is not _GLOBAL_DEFAULT_TIMEOUT:
            sock.settimeout(self.timeout)
        return sock

    def makepasv(self):
        """(host, port) where the server listens."""
        if self.af != socket.AF_INET:
            return parse229(self.sendcmd('EPSV'), self.sock.getpeername())
        named, port = parse227(self.sendcmd('PASV'))
        return named if self.trust_server_pasv_ipv4_address else self.sock.getpeername()[0], port

    def ntransfercmd(self, cmd, rest=None):
        """Begin a transfer: (the socket for it, the size that the server says or None)."""
        if self.passiveserver:
            host, port = self.makepasv()
            connection = socket.create_connection((host, port), self.timeout, source_address=self.source_address)
            try:
                answer = self._begin(cmd, rest)
            except:
                connection.close()
                raise
        else:
            with self.makeport() as listener:
                answer = self._begin(cmd, rest)
                connection, _ = listener.accept()
                if self.timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                    connection.settimeout(self.timeout)
        return connection, parse150(answer) if answer.startswith('150') else None

    def _begin(self, cmd, rest):
        if rest is not None:
            self.sendcmd(f'REST {rest}')
        answer = self.sendcmd(cmd)
        if answer.startswith('2'):  # some servers say that it is done before it begins: their real answer comes next
            answer = self.getresp()
        if not answer.startswith('1'):
            raise error_reply(answer)
        return answer

    def transfercmd(self, cmd, rest=None):
        """Begin a transfer: the socket for it."""
        return self.ntransfercmd(cmd, rest)[0]

    def _end_data(self, connection):
        """What has to be done with the transfer's socket before it is closed."""

    # Transfers

    def login(self, user='', passwd='', acct=''):
        """Log in, as anonymous without arguments."""
        user = user or 'anonymous'
        if user == 'anonymous' and passwd in {'', '-'}:
            passwd += 'anonymous@'
        answer = self.sendcmd('USER ' + user)
        if answer.startswith('3'):
            answer = self.sendcmd('PASS ' + passwd)
        if answer.startswith('3'):
            answer = self.sendcmd('ACCT ' + acct)
        if not answer.startswith('2'):
            raise error_reply(answer)
        return answer

    def retrbinary(self, cmd, callback, blocksize=8192, rest=None):
        """Fetch bytes and give them to the callback, a block at a time."""
        self.voidcmd('TYPE I')
        with self.transfercmd(cmd, rest) as connection:
            while data := connection.recv(blocksize):
                callback(data)
            self._end_data(connection)
        return self.voidresp()

    def retrlines(self, cmd, callback=None):
        """Fetch text and give it to the callback (print() without one), a line at a time."""
        callback = print_line if callback is None else callback
        self.sendcmd('TYPE A')
        with self.transfercmd(cmd) as connection, connection.makefile('r', encoding=self.encoding) as file:
            while line := file.readline(self.maxline + 1):
                if len(line) > self.maxline:
                    raise Error(f'got more than {self.maxline} bytes')
                if self.debugging > 2:
                    print('*retr*', repr(line))
                callback(line[:-2] if line.endswith(CRLF) else line.removesuffix('\n'))
            self._end_data(connection)
        return self.voidresp()

    def storbinary(self, cmd, fp, blocksize=8192, callback=None, rest=None):
        """Send the bytes of a file; the callback gets each block after it has been sent."""
        self.voidcmd('TYPE I')
        with self.transfercmd(cmd, rest) as connection:
            while data := fp.read(blocksize):
                connection.sendall(data)
                if callback:
                    callback(data)
            self._end_data(connection)
        return self.voidresp()

    def storlines(self, cmd, fp, callback=None):
        """Send the lines of a file that is open in binary mode."""
        self.voidcmd('TYPE A')
        with self.transfercmd(cmd) as connection:
            while line := fp.readline(self.maxline + 1):
                if len(line) > self.maxline:
                    raise Error(f'got more than {self.maxline} bytes')
                if not line.endswith(B_CRLF):
                    line = line.rstrip(B_CRLF) if line[-1:] in B_CRLF else line
                    line += B_CRLF
                connection.sendall(line)
                if callback:
                    callback(line)
            self._end_data(connection)
        return self.voidresp()

    # Commands

    def acct(self, password):
        return self.voidcmd('ACCT ' + password)

    def nlst(self, *args):
        """The names in a folder."""
        names = []
        self.retrlines(' '.join(('NLST', *args)), names.append)
        return names

    def dir(self, *args):
        """List a folder; a function as the last argument gets the lines."""
        callback = None
        if args and not isinstance(args[-1], str):
            args, callback = args[:-1], args[-1]
        self.retrlines(' '.join(('LIST', *filter(None, args))), callback)

    def mlsd(self, path='', facts=[]):
        """The names in a folder, each with a dict of facts; the server may leave out facts that one asks for."""
        if facts:
            self.sendcmd('OPTS MLST ' + ';'.join(facts) + ';')
        lines = []
        self.retrlines(f'MLSD {path}' if path else 'MLSD', lines.append)
        for line in lines:
            said, _, name = line.rstrip(CRLF).partition(' ')
            pairs = (fact.partition('=') for fact in said[:-1].split(';'))
            yield name, {key.lower(): value for key, _, value in pairs}

    def rename(self, fromname, toname):
        answer = self.sendcmd('RNFR ' + fromname)
        if not answer.startswith('3'):
            raise error_reply(answer)
        return self.voidcmd('RNTO ' + toname)

    def delete(self, filename):
        answer = self.sendcmd('DELE ' + filename)
        if answer[:3] not in {'250', '200'}:
            raise error_reply(answer)
        return answer

    def cwd(self, dirname):
        """Go to a folder."""
        if dirname == '..':
            try:
                return self.voidcmd('CDUP')
            except error_perm as error:
                if not error.args[0].startswith('500'):  # 500: it does not know that command
                    raise
        return self.voidcmd('CWD ' + (dirname or '.'))

    def size(self, filename):
        """The size of a file; None if the server's answer has none."""
        answer = self.sendcmd('SIZE ' + filename)
        return int(answer[3:].strip()) if answer.startswith('213') else None

    def mkd(self, dirname):
        """Make a folder; its full name."""
        answer = self.voidcmd('MKD ' + dirname)
        return parse257(answer) if answer.startswith('257') else ''

    def rmd(self, dirname):
        return self.voidcmd('RMD ' + dirname)

    def pwd(self):
        """The folder where we are."""
        answer = self.voidcmd('PWD')
        return parse257(answer) if answer.startswith('257') else ''

    def quit(self):
        """Say goodbye and close the connection."""
        answer = self.voidcmd('QUIT')
        self.close()
        return answer

    def close(self):
        """Close the connection without a word."""
        file, sock, self.file, self.sock = self.file, self.sock, None, None
        try:
            if file is not None:
                file.close()
        finally:
            if sock is not None:
                sock.close()


try:
    import ssl
except ImportError:
    _SSLSocket = None
else:
    _SSLSocket = ssl.SSLSocket

    class FTP_TLS(FTP):
        """FTP over TLS: login() secures the commands, prot_p() the transfers that come after it."""

        ssl_version = ssl.PROTOCOL_TLS_CLIENT

        def __init__(self, host='', user='', passwd='', acct='', keyfile=None, certfile=None, context=None,
                     timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, encoding='utf-8'):
            for name, given in ('keyfile', keyfile), ('certfile', certfile):
                if context is not None and given is not None:
                    raise ValueError(f'context and {name} arguments are mutually exclusive')
            if keyfile is not None or certfile is not None:
                import warnings
                warnings.warn('keyfile and certfile are deprecated, use a custom context instead', DeprecationWarning,
                              2)
            self.keyfile, self.certfile = keyfile, certfile
            self.context = context or ssl._create_stdlib_context(self.ssl_version, certfile=certfile, keyfile=keyfile)
            self._prot_p = False
            super().__init__(host, user, passwd, acct, timeout, source_address, encoding=encoding)

        def login(self, user='', passwd='', acct='', secure=True):
            if secure and not isinstance(self.sock, ssl.SSLSocket):
                self.auth()
            return super().login(user, passwd, acct)

        def auth(self):
            """Secure the connection for commands."""
            if isinstance(self.sock, ssl.SSLSocket):
                raise ValueError('Already using TLS')
            answer = self.voidcmd('AUTH TLS' if self.ssl_version >= ssl.PROTOCOL_TLS else 'AUTH SSL')
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)
            self._reopen()
            return answer

        def _reopen(self):
            self.file = self.sock.makefile(mode='r', encoding=self.encoding)

        def ccc(self):
            """Go back to commands in the open, for firewalls that want to read them."""
            if not isinstance(self.sock, ssl.SSLSocket):
                raise ValueError('not using TLS')
            answer = self.voidcmd('CCC')
            self.sock = self.sock.unwrap()
            return answer

        def prot_p(self):
            """Secure the transfers."""
            self.voidcmd('PBSZ 0')
            answer = self.voidcmd('PROT P')
            self._prot_p = True
            return answer

        def prot_c(self):
            """Leave the transfers in the open."""
            answer = self.voidcmd('PROT C')
            self._prot_p = False
            return answer

        def ntransfercmd(self, cmd, rest=None):
            connection, size = super().ntransfercmd(cmd, rest)
            if self._prot_p:
                connection = self.context.wrap_socket(connection, server_hostname=self.host)
            return connection, size

        def _end_data(self, connection):
            if isinstance(connection, ssl.SSLSocket):
                connection.unwrap()

        def abort(self):
            line = b'ABOR' + B_CRLF
            self.sock.sendall(line)  # TLS has no urgent data
            answer = self.getmultiline()
            if answer[:3] not in {'426', '225', '226'}:
                raise error_proto(answer)
            return answer

    __all__.append('FTP_TLS')
    all_errors = (Error, OSError, EOFError, ssl.SSLError)


_SIZE = re.compile(r'150 .* \((\d+) bytes\)', re.IGNORECASE | re.ASCII)
_SIX_NUMBERS = re.compile(r'(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)', re.ASCII)


def parse150(resp):
    """The size that the answer to RETR says; None if it says none."""
    if not resp.startswith('150'):
        raise error_reply(resp)
    match = _SIZE.match(resp)
    return int(match[1]) if match else None


def parse227(resp):
    """(host, port) of the answer to PASV."""
    if not resp.startswith('227'):
        raise error_reply(resp)
    match = _SIX_NUMBERS.search(resp)
    if match is None:
        raise error_proto(resp)
    *host, high, low = match.groups()
    return '.'.join(host), (int(high) << 8) + int(low)


def parse229(resp, peer):
    """(host, port) of the answer to EPSV; the host is the one we talk to."""
    if not resp.startswith('229'):
        raise error_reply(resp)
    left = resp.find('(')
    right = resp.find(')', left + 1)
    if left < 0 or right < 0 or resp[left + 1] != resp[right - 1]:
        raise error_proto(resp)
    parts = resp[left + 1:right].split(resp[left + 1])
    if len(parts) != 5:
        raise error_proto(resp)
    return peer[0], int(parts[3])


def parse257(resp):
    """The folder of the answer to MKD or PWD: in quotes, in which quotes are doubled."""
    if not resp.startswith('257'):
        raise error_reply(resp)
    if resp[3:5] != ' "':
        return ''
    name, at = '', 5
    while at < len(resp):
        if resp[at] == '"':
            if resp[at + 1:at + 2] != '"':
                break
            at += 1
        name += resp[at]
        at += 1
    return name


def print_line(line):
    print(line)


def ftpcp(source, sourcename, target, targetname='', type='I'):
    """Copy a file from one server to another without fetching it."""
    targetname = targetname or sourcename
    type = 'TYPE ' + type
    source.voidcmd(type)
    target.voidcmd(type)
    host, port = parse227(source.sendcmd('PASV'))
    if not source.trust_server_pasv_ipv4_address:
        host = source.sock.getpeername()[0]
    target.sendport(host, port)
    # The receiver has to be ready before the sender begins, RFC 959 says.
    if target.sendcmd('STOR ' + targetname)[:3] not in {'125', '150'}:
        raise error_proto
    if source.sendcmd('RETR ' + sourcename)[:3] not in {'125', '150'}:
        raise error_proto
    source.voidresp()
    target.voidresp()


def _main():
    """ftplib [-d] [-r[file]] [-p] host [-l[dir]] [-d[dir]] [-p] [file] ...: look around and fetch."""
    import netrc
    args = sys.argv[1:]
    if not args:
        print(_main.__doc__)
        sys.exit(0)
    debugging = 0
    rcfile = None
    while args and args[0] == '-d':
        debugging += 1
        args.pop(0)
    if args and args[0][:2] == '-r':
        rcfile = args.pop(0)[2:]
    host, *args = args
    ftp = FTP(host)
    ftp.set_debuglevel(debugging)
    user = password = account = ''
    try:
        entry = netrc.netrc(rcfile).authenticators(host)
        if entry:
            user, account, password = entry
    except OSError:
        if rcfile is not None:
            print('Could not open account file -- using anonymous login.', file=sys.stderr)
    ftp.login(user, password, account)
    for word in args:
        if word[:2] == '-l':
            ftp.dir(word[2:])
        elif word[:2] == '-d':
            ftp.sendcmd('CWD ' + word[2:] if word[2:] else 'CWD')
        elif word == '-p':
            ftp.set_pasv(not ftp.passiveserver)
        else:
            ftp.retrbinary('RETR ' + word, sys.stdout.buffer.write, 1024)
    ftp.quit()


if __name__ == '__main__':
    _main()
