"""Handlers that tell the system's log, or somebody by mail; and the server that takes configurations from a socket.

logging.handlers and logging.config offer them as their own.
"""
import io
import logging
import socket
import struct
import threading

_NUMBERED = 'EMERG ALERT CRIT ERR WARNING NOTICE INFO DEBUG'
_FACILITIES = ('KERN USER MAIL DAEMON AUTH SYSLOG LPR NEWS UUCP CRON AUTHPRIV FTP NTP SECURITY CONSOLE SOLCRON LOCAL0 '
               'LOCAL1 LOCAL2 LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7')
_MORE_NAMES = {'critical': 'crit', 'error': 'err', 'warn': 'warning', 'panic': 'emerg'}


class SysLogHandler(logging.Handler):
    """Sends records to a syslog server: at (host, port), or at the path of a socket."""

    # LOG_EMERG and its kin are class attributes, set below.
    priority_names = {name.lower(): number for number, name in enumerate(_NUMBERED.split())}
    facility_names = {name.lower(): number for number, name in enumerate(_FACILITIES.split())}
    priority_map = {'DEBUG': 'debug', 'INFO': 'info', 'WARNING': 'warning', 'ERROR': 'error', 'CRITICAL': 'critical'}

    ident = ''  # goes before every message
    append_nul = True  # some servers want messages to end so

    def __init__(self, address=('localhost', 514), facility=1, socktype=None):
        super().__init__()
        self.address = address
        self.facility = facility
        self.socktype = socktype
        self.socket = None
        self.createSocket()

    def createSocket(self):
        """Connects. A server at a path may come later, so that it need not be there yet."""
        self.unixsocket = isinstance(self.address, str)
        if self.unixsocket:
            try:
                self._connect_to_path(self.address)
            except OSError:
                pass
            return
        kind = socket.SOCK_DGRAM if self.socktype is None else self.socktype
        places = socket.getaddrinfo(*self.address, 0, kind)
        if not places:
            raise OSError('getaddrinfo returns an empty list')
        failure = None
        for family, kind, protocol, _, place in places:
            made = None
            try:
                made = socket.socket(family, kind, protocol)
                if kind == socket.SOCK_STREAM:
                    made.connect(place)
                break
            except OSError as error:
                failure, made = error, made and made.close()
        if made is None:
            raise failure
        self.socket, self.socktype = made, kind

    def _connect_to_path(self, path):
        kinds = (socket.SOCK_DGRAM, socket.SOCK_STREAM) if self.socktype is None else (self.socktype,)
        for kind in kinds:
            self.socket = socket.socket(socket.AF_UNIX, kind)
            try:
                self.socket.connect(path)
            except OSError:
                self.socket.close()
                if kind == kinds[-1]:
                    raise
            else:
                self.socktype = kind
                return

    def encodePriority(self, facility, priority):
        """One number of both, which may be names."""
        if isinstance(facility, str):
            facility = self.facility_names[facility]
        if isinstance(priority, str):
            priority = self.priority_names[priority]
        return facility << 3 | priority

    def mapPriority(self, levelName):
        """The priority for the name of a level."""
        return self.priority_map.get(levelName, 'warning')

    def close(self):
        self.acquire()
        try:
            sock, self.socket = self.socket, None
            if sock:
                sock.close()
            logging.Handler.close(self)
        finally:
            self.release()

    def emit(self, record):
        try:
            text = self.ident + self.format(record) + ('\0' if self.append_nul else '')
            priority = self.encodePriority(self.facility, self.mapPriority(record.levelname))
            data = b'<%d>' % priority + text.encode('utf-8')
            if not self.socket:
                self.createSocket()
            if self.unixsocket:
                try:
                    self.socket.send(data)
                except OSError:
                    # The server may have been restarted.
                    self.socket.close()
                    self._connect_to_path(self.address)
                    self.socket.send(data)
            elif self.socktype == socket.SOCK_DGRAM:
                self.socket.sendto(data, self.address)
            else:
                self.socket.sendall(data)
        except Exception:
            self.handleError(record)


for _names in SysLogHandler.priority_names, SysLogHandler.facility_names:
    for _name, _number in _names.items():
        setattr(SysLogHandler, f'LOG_{_name.upper()}', _number)
for _name, _meant in _MORE_NAMES.items():
    SysLogHandler.priority_names[_name] = SysLogHandler.priority_names[_meant]


class SMTPHandler(logging.Handler):
    """Sends a mail for each record."""

    def __init__(self, mailhost, fromaddr, toaddrs, subject, credentials=None, secure=None, timeout=5.0):
        super().__init__()
        self.mailhost, self.mailport = mailhost if isinstance(mailhost, (list, tuple)) else (mailhost, None)
        self.username, self.password = credentials if isinstance(credentials, (list, tuple)) else (credentials, None)
        self.fromaddr = fromaddr
        self.toaddrs = [toaddrs] if isinstance(toaddrs, str) else toaddrs
        self.subject = subject
        self.secure = secure
        self.timeout = timeout

    def getSubject(self, record):
        """The subject line for a record."""
        return self.subject

    def emit(self, record):
        try:
            import email.utils
            import smtplib
            from email.message import EmailMessage
            message = EmailMessage()
            message['From'] = self.fromaddr
            message['To'] = ','.join(self.toaddrs)
            message['Subject'] = self.getSubject(record)
            message['Date'] = email.utils.localtime()
            message.set_content(self.format(record))
            with smtplib.SMTP(self.mailhost, self.mailport or smtplib.SMTP_PORT, timeout=self.timeout) as server:
                if self.username:
                    if self.secure is not None:
                        server.ehlo()
                        server.starttls(*self.secure)
                        server.ehlo()
                    server.login(self.username, self.password)
                server.send_message(message)
        except Exception:
            self.handleError(record)


_listener = None  # the server that listens


def _received(connection, count):
    data = b''
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            return None
        data += piece
    return data


def _apply(data):
    """Configures by what came: a dict as JSON, or an INI file."""
    import json
    from logging import config
    try:
        config.dictConfig(_as_dict(json.loads(data)))
    except Exception:
        try:
            config.fileConfig(io.StringIO(data.decode('utf-8')))
        except Exception:
            import traceback
            traceback.print_exc()


def _as_dict(found):
    if not isinstance(found, dict):
        raise ValueError('no dict')
    return found


def listen(port=9030, verify=None):
    """A thread that takes configurations from connections to a port: four bytes of length, then the text. What
    `verify` gives for the text is used; None is ignored."""
    from socketserver import StreamRequestHandler, ThreadingTCPServer

    class Request(StreamRequestHandler):
        def handle(self):
            try:
                head = _received(self.connection, 4)
                data = head and _received(self.connection, struct.unpack('>L', head)[0])
                if data and self.server.verify is not None:
                    data = self.server.verify(data)
                if data:
                    _apply(data)
                    if self.server.ready:
                        self.server.ready.set()
            except OSError as error:
                import errno
                if error.errno != errno.ECONNRESET:
                    raise

    class Receiver(ThreadingTCPServer):
        allow_reuse_address = True
        stopped = False

        def serve_until_stopped(self):
            import select
            while not self.stopped:
                if select.select([self.socket.fileno()], [], [], self.timeout)[0]:
                    self.handle_request()
            self.server_close()

    class Server(threading.Thread):
        def __init__(self):
            super().__init__()
            self.port = port
            self.ready = threading.Event()

        def run(self):
            global _listener
            server = Receiver(('localhost', self.port), Request)
            server.timeout, server.ready, server.verify = 1, self.ready, verify
            self.port = server.server_address[1]
            self.ready.set()
            with logging._lock:
                _listener = server
            server.serve_until_stopped()

    return Server()


def stopListening():
    """Ends the thread that listen() made."""
    global _listener
    with logging._lock:
        if _listener:
            _listener.stopped = True
            _listener = None
