"""Telnet (RFC 854), for talking to servers of lines: read until something comes, write, answer options with no.

Deprecated.
"""
import re
import selectors
import socket
import sys
import time
import warnings

warnings._deprecated(__name__, remove=(3, 13))

__all__ = ['Telnet']

DEBUGLEVEL = 0
TELNET_PORT = 23

# The bytes after IAC that begin a command.
_COMMANDS = dict(IAC=255, DONT=254, DO=253, WONT=252, WILL=251, theNULL=0, SE=240, NOP=241, DM=242, BRK=243, IP=244,
                 AO=245, AYT=246, EC=247, EL=248, GA=249, SB=250)
# What can be negotiated about.
_OPTIONS = dict(BINARY=0, ECHO=1, RCP=2, SGA=3, NAMS=4, STATUS=5, TM=6, RCTE=7, NAOL=8, NAOP=9, NAOCRD=10, NAOHTS=11,
                NAOHTD=12, NAOFFD=13, NAOVTS=14, NAOVTD=15, NAOLFD=16, XASCII=17, LOGOUT=18, BM=19, DET=20, SUPDUP=21,
                SUPDUPOUTPUT=22, SNDLOC=23, TTYPE=24, EOR=25, TUID=26, OUTMRK=27, TTYLOC=28, VT3270REGIME=29, X3PAD=30,
                NAWS=31, TSPEED=32, LFLOW=33, LINEMODE=34, XDISPLOC=35, OLD_ENVIRON=36, AUTHENTICATION=37, ENCRYPT=38,
                NEW_ENVIRON=39, TN3270E=40, XAUTH=41, CHARSET=42, RSP=43, COM_PORT_OPTION=44, SUPPRESS_LOCAL_ECHO=45,
                TLS=46, KERMIT=47, SEND_URL=48, FORWARD_X=49, PRAGMA_LOGON=138, SSPI_LOGON=139,
                PRAGMA_HEARTBEAT=140, EXOPL=255)
globals().update({name: bytes([code]) for name, code in (_COMMANDS | _OPTIONS).items()})
NOOPT = bytes([0])

_TelnetSelector = getattr(selectors, 'PollSelector', selectors.SelectSelector)


class Telnet:
    """A connection. What came raw waits in rawq, what is left after the commands are taken out in cookedq."""

    sock = None

    def __init__(self, host=None, port=0, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.debuglevel = DEBUGLEVEL
        self.host, self.port, self.timeout = host, port, timeout
        self.sock = None
        self.rawq, self.irawq, self.cookedq = b'', 0, b''
        self.eof = 0
        self.iacseq = b''
        self.sb, self.sbdataq = 0, b''
        self.option_callback = None
        if host is not None:
            self.open(host, port, timeout)

    def open(self, host, port=0, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Connect; a connection cannot be opened twice."""
        self.eof = 0
        self.host, self.port, self.timeout = host, port or TELNET_PORT, timeout
        sys.audit('telnetlib.Telnet.open', self, self.host, self.port)
        self.sock = socket.create_connection((self.host, self.port), timeout)

    def __del__(self):
        self.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def msg(self, msg, *args):
        """Show something if the debug level is above 0."""
        if self.debuglevel > 0:
            print(f'Telnet({self.host},{self.port}):', end=' ')
            print(msg % args if args else msg)

    def set_debuglevel(self, debuglevel):
        self.debuglevel = debuglevel

    def close(self):
        sock, self.sock = self.sock, None
        self.eof = True
        self.iacseq, self.sb = b'', 0
        if sock:
            sock.close()

    def get_socket(self):
        return self.sock

    def fileno(self):
        return self.sock.fileno()

    def write(self, buffer):
        """Send bytes; those that begin commands are doubled."""
        buffer = buffer.replace(IAC, IAC + IAC)
        sys.audit('telnetlib.Telnet.write', self, buffer)
        self.msg('send %r', buffer)
        self.sock.sendall(buffer)

    # Reading

    def _wait_and_process(self, done, timeout):
        """Read until done() has an answer, the time is over or the connection ends; None in the last two cases."""
        deadline = None if timeout is None else time.monotonic() + timeout
        with _TelnetSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            while not self.eof:
                if selector.select(timeout):
                    self.fill_rawq()
                    self.process_rawq()
                    answer = done()
                    if answer is not None:
                        return answer
                if deadline is not None:
                    timeout = deadline - time.monotonic()
                    if timeout < 0:
                        break
        return None

    def _take(self, length):
        taken, self.cookedq = self.cookedq[:length], self.cookedq[length:]
        return taken

    def read_until(self, match, timeout=None):
        """What comes up to `match`; whatever there is if it does not come in time. Raises EOFError at the end."""
        def done():
            at = self.cookedq.find(match)
            return None if at < 0 else self._take(at + len(match))
        self.process_rawq()
        found = done()
        if found is None:
            found = self._wait_and_process(done, timeout)
        return self.read_very_lazy() if found is None else found

    def read_all(self):
        """Everything up to the end."""
        self.process_rawq()
        while not self.eof:
            self.fill_rawq()
            self.process_rawq()
        return self._take(len(self.cookedq))

    def read_some(self):
        """At least one byte; b'' at the end."""
        self.process_rawq()
        while not self.cookedq and not self.eof:
            self.fill_rawq()
            self.process_rawq()
        return self._take(len(self.cookedq))

    def read_very_eager(self):
        """All that can be had without waiting."""
        self.process_rawq()
        while not self.eof and self.sock_avail():
            self.fill_rawq()
            self.process_rawq()
        return self.read_very_lazy()

    def read_eager(self):
        """Something that can be had without waiting."""
        self.process_rawq()
        while not self.cookedq and not self.eof and self.sock_avail():
            self.fill_rawq()
            self.process_rawq()
        return self.read_very_lazy()

    def read_lazy(self):
        """What has been read already, with commands that wait among it done."""
        self.process_rawq()
        return self.read_very_lazy()

    def read_very_lazy(self):
        """What has been read already. Raises EOFError at the end."""
        data = self._take(len(self.cookedq))
        if not data and self.eof and not self.rawq:
            raise EOFError('telnet connection closed')
        return data

    def read_sb_data(self):
        """What came in a subnegotiation, and forget it."""
        data, self.sbdataq = self.sbdataq, b''
        return data

    def set_option_negotiation_callback(self, callback):
        """callback(socket, command, option) for what the other side wants; without one it is told no."""
        self.option_callback = callback

    def process_rawq(self):
        """Take the commands out of what came, do them, and leave the rest in cookedq."""
        plain = [b'', b'']  # outside of a subnegotiation, and inside
        try:
            while self.rawq:
                char = self.rawq_getchar()
                if not self.iacseq:
                    if char == IAC:
                        self.iacseq = char
                    elif char not in (theNULL, b'\x11'):
                        plain[self.sb] += char
                elif len(self.iacseq) == 1:
                    self._command(char, plain)
                else:
                    command, self.iacseq = self.iacseq[1:], b''
                    self._negotiate(command, char)
        except EOFError:  # the rest of a command comes later
            self.iacseq, self.sb = b'', 0
        self.cookedq += plain[0]
        self.sbdataq += plain[1]

    def _command(self, char, plain):
        if char in (DO, DONT, WILL, WONT):
            self.iacseq += char
            return
        self.iacseq = b''
        if char == IAC:
            plain[self.sb] += char
            return
        if char == SB:
            self.sb, self.sbdataq = 1, b''
        elif char == SE:
            self.sb = 0
            self.sbdataq += plain[1]
            plain[1] = b''
        if self.option_callback:  # it looks at the data with read_sb_data()
            self.option_callback(self.sock, char, NOOPT)
        elif char not in (SB, SE):
            self.msg('IAC %d not recognized' % ord(char))

    def _negotiate(self, command, option):
        asks = command in (DO, DONT)
        self.msg('IAC %s %d', {DO: 'DO', DONT: 'DONT', WILL: 'WILL', WONT: 'WONT'}[command], ord(option))
        if self.option_callback:
            self.option_callback(self.sock, command, option)
        else:
            self.sock.sendall(IAC + (WONT if asks else DONT) + option)

    def rawq_getchar(self):
        """The next byte of what came; waits for one. Raises EOFError at the end."""
        if not self.rawq:
            self.fill_rawq()
            if self.eof:
                raise EOFError
        char = self.rawq[self.irawq:self.irawq + 1]
        self.irawq += 1
        if self.irawq >= len(self.rawq):
            self.rawq, self.irawq = b'', 0
        return char

    def fill_rawq(self):
        """Read once; waits if there is nothing."""
        if self.irawq >= len(self.rawq):
            self.rawq, self.irawq = b'', 0
        data = self.sock.recv(50)
        self.msg('recv %r', data)
        self.eof = not data
        self.rawq += data

    def sock_avail(self):
        """Whether there is something to read."""
        with _TelnetSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            return bool(selector.select(0))

    def expect(self, list, timeout=None):
        """(index, match, bytes up to its end) of the first of some regular expressions that is found.

        (-1, None, what there was) if none is found in time. Raises EOFError at the end if there was nothing.
        """
        patterns = [item if hasattr(item, 'search') else re.compile(item) for item in list]

        def done():
            for index, pattern in enumerate(patterns):
                match = pattern.search(self.cookedq)
                if match:
                    return index, match, self._take(match.end())
            return None
        self.process_rawq()
        found = done()
        if found is None:
            found = self._wait_and_process(done, timeout)
        if found is not None:
            return found
        rest = self.read_very_lazy()
        if not rest and self.eof:
            raise EOFError
        return -1, None, rest

    # Talking by hand

    def interact(self):
        """Between the keyboard and the connection."""
        with _TelnetSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.register(sys.stdin, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self:
                        try:
                            text = self.read_eager()
                        except EOFError:
                            print('*** Connection closed by remote host ***')
                            return
                        if text:
                            sys.stdout.write(text.decode('ascii'))
                            sys.stdout.flush()
                    else:
                        line = sys.stdin.readline().encode('ascii')
                        if not line:
                            return
                        self.write(line)

    def mt_interact(self):
        """The same with a thread."""
        import _thread
        _thread.start_new_thread(self.listener, ())
        while line := sys.stdin.readline():
            self.write(line.encode('ascii'))

    def listener(self):
        """What mt_interact() runs in its thread."""
        while True:
            try:
                data = self.read_eager()
            except EOFError:
                print('*** Connection closed by remote host ***')
                return
            if data:
                sys.stdout.write(data.decode('ascii'))
            else:
                sys.stdout.flush()


def test():
    """python -m telnetlib [-d] ... [host [port]]"""
    level, args = 0, sys.argv[1:]
    while args and args[0] == '-d':
        level += 1
        args.pop(0)
    host = args[0] if args else 'localhost'
    port = 0
    if len(args) > 1:
        port = int(args[1]) if args[1].isdecimal() else socket.getservbyname(args[1], 'tcp')
    with Telnet() as connection:
        connection.set_debuglevel(level)
        connection.open(host, port, timeout=0.5)
        connection.interact()


if __name__ == '__main__':
    test()
