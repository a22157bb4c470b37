"""Fetching mail: the client's side of POP3 (RFC 1939), with TLS if one likes.

Commands return the server's answer as bytes; those with more to say return (answer, lines, number of bytes).
"""
import errno
import hashlib
import re
import socket
import sys

try:
    import ssl
    HAVE_SSL = True
except ImportError:
    HAVE_SSL = False

__all__ = ['POP3', 'error_proto']

POP3_PORT = 110
POP3_SSL_PORT = 995
CR = b'\r'
LF = b'\n'
CRLF = CR + LF

_MAXLINE = 2048


class error_proto(Exception):
    """The server said no, or something that is not POP3."""


class POP3:
    """A connection to a mail box; its greeting is in welcome."""

    encoding = 'UTF-8'
    timestamp = re.compile(br'\+OK.[^<]*(<.*>)')

    def __init__(self, host, port=POP3_PORT, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.host, self.port = host, port
        self._tls_established = False
        sys.audit('poplib.connect', self, host, port)
        self._use(self._create_socket(timeout))
        self._debugging = 0
        self.welcome = self._getresp()

    def _create_socket(self, timeout):
        if timeout is not None and not timeout:
            raise ValueError('Non-blocking socket (timeout=0) is not supported')
        return socket.create_connection((self.host, self.port), timeout)

    def _use(self, sock):
        self.sock, self.file = sock, sock.makefile('rb')

    def getwelcome(self):
        return self.welcome

    def set_debuglevel(self, level):
        """1 shows commands and answers, 2 every line."""
        self._debugging = level

    # Lines

    def _putline(self, line):
        if self._debugging > 1:
            print('*put*', repr(line))
        sys.audit('poplib.putline', self, line)
        self.sock.sendall(line + CRLF)

    def _putcmd(self, line):
        if self._debugging:
            print('*cmd*', repr(line))
        self._putline(bytes(line, self.encoding))

    def _getline(self):
        """(a line without its end, its length)."""
        line = self.file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise error_proto('line too long')
        if self._debugging > 1:
            print('*get*', repr(line))
        if not line:
            raise error_proto('-ERR EOF')
        if line.endswith(CRLF):
            return line[:-2], len(line)
        return line[1:-1] if line.startswith(CR) else line[:-1], len(line)

    def _getresp(self):
        line, _ = self._getline()
        if self._debugging > 1:
            print('*resp*', repr(line))
        if not line.startswith(b'+'):
            raise error_proto(line)
        return line

    def _getlongresp(self):
        answer, lines, octets = self._getresp(), [], 0
        while True:
            line, size = self._getline()
            if line == b'.':
                return answer, lines, octets
            if line.startswith(b'..'):
                line, size = line[1:], size - 1
            lines.append(line)
            octets += size

    def _shortcmd(self, line):
        self._putcmd(line)
        return self._getresp()

    def _longcmd(self, line):
        self._putcmd(line)
        return self._getlongresp()

    # Commands

    def user(self, user):
        return self._shortcmd(f'USER {user}')

    def pass_(self, pswd):
        """The password: the box is locked from here on until quit()."""
        return self._shortcmd(f'PASS {pswd}')

    def stat(self):
        """(number of messages, bytes in all)."""
        answer = self._shortcmd('STAT').split()
        if self._debugging:
            print('*stat*', repr(answer))
        return int(answer[1]), int(answer[2])

    def list(self, which=None):
        """The sizes of all messages as lines, or the answer about one."""
        return self._longcmd('LIST') if which is None else self._shortcmd(f'LIST {which}')

    def retr(self, which):
        """The lines of a message."""
        return self._longcmd(f'RETR {which}')

    def dele(self, which):
        """Delete a message, when the connection ends well."""
        return self._shortcmd(f'DELE {which}')

    def noop(self):
        return self._shortcmd('NOOP')

    def rset(self):
        """Delete nothing after all."""
        return self._shortcmd('RSET')

    def quit(self):
        """Delete what is to be deleted, and close the connection."""
        answer = self._shortcmd('QUIT')
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
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError as error:
                    if error.errno != errno.ENOTCONN:  # the server was faster
                        raise
                finally:
                    sock.close()

    def rpop(self, user):
        return self._shortcmd(f'RPOP {user}')

    def apop(self, user, password):
        """Log in without sending the password, if the greeting has a stamp."""
        stamp = self.timestamp.match(self.welcome)
        if stamp is None:
            raise error_proto('-ERR APOP not supported by server')
        digest = hashlib.md5(stamp[1] + bytes(password, self.encoding)).hexdigest()
        return self._shortcmd(f'APOP {user} {digest}')

    def top(self, which, howmuch):
        """The headers of a message and as many lines of its body."""
        return self._longcmd(f'TOP {which} {howmuch}')

    def uidl(self, which=None):
        """The names of all messages that stay the same from one connection to the next, or of one."""
        return self._longcmd('UIDL') if which is None else self._shortcmd(f'UIDL {which}')

    def utf8(self):
        return self._shortcmd('UTF8')

    def capa(self):
        """A dict of what the server can do."""
        try:
            lines = self._longcmd('CAPA')[1]
        except error_proto:
            raise error_proto('-ERR CAPA not supported by server')
        words = (line.decode('ascii').split() for line in lines)
        return {name: values for name, *values in words}

    def stls(self, context=None):
        """Go on over TLS."""
        if not HAVE_SSL:
            raise error_proto('-ERR TLS support missing')
        if self._tls_established:
            raise error_proto('-ERR TLS session already established')
        if 'STLS' not in self.capa():
            raise error_proto('-ERR STLS not supported by server')
        context = ssl._create_stdlib_context() if context is None else context
        answer = self._shortcmd('STLS')
        self._use(context.wrap_socket(self.sock, server_hostname=self.host))
        self._tls_established = True
        return answer


if HAVE_SSL:
    class POP3_SSL(POP3):
        """A connection that is TLS from the first byte."""

        def __init__(self, host, port=POP3_SSL_PORT, keyfile=None, certfile=None,
                     timeout=socket._GLOBAL_DEFAULT_TIMEOUT, context=None):
            for name, given in ('keyfile', keyfile), ('certfile', certfile):
                if context is not None and given is not None:
                    raise ValueError(f'context and {name} arguments are mutually exclusive')
            if keyfile is not None or certfile is not None:
                import warnings
                warnings.warn('keyfile and certfile are deprecated, use a custom context instead', DeprecationWarning,
                              2)
            self.keyfile, self.certfile = keyfile, certfile
            self.context = context or ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)
            super().__init__(host, port, timeout)

        def _create_socket(self, timeout):
            return self.context.wrap_socket(super()._create_socket(timeout), server_hostname=self.host)

        def stls(self, context=None):
            raise error_proto('-ERR TLS session already established')

    __all__.append('POP3_SSL')


if __name__ == '__main__':
    box = POP3(sys.argv[1])
    print(box.getwelcome())
    box.user(sys.argv[2])
    box.pass_(sys.argv[3])
    count, size = box.stat()
    for number in range(1, count + 1):
        answer, lines, octets = box.retr(number)
        print(f'Message {number}:')
        for line in lines:
            print('   ', line.decode('latin-1'))
        print('-----------------------')
    box.quit()
