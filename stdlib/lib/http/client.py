"""The client's side of HTTP.

A connection sends one request and then reads its answer: request() (or putrequest(), putheader(), endheaders(),
send()), then getresponse(). The answer is a file; when it has been read the connection can be used again.
"""
import errno
import io
import re
import socket
from urllib.parse import urlsplit
from . import HTTPStatus, _headers
from ._headers import HTTPMessage

__all__ = ['HTTPResponse', 'HTTPConnection', 'HTTPException', 'NotConnected', 'UnknownProtocol',
           'UnknownTransferEncoding',
           'UnimplementedFileMode', 'IncompleteRead', 'InvalidURL', 'ImproperConnectionState', 'CannotSendRequest',
           'CannotSendHeader', 'ResponseNotReady', 'BadStatusLine', 'LineTooLong', 'RemoteDisconnected', 'error',
           'responses']

HTTP_PORT = 80
HTTPS_PORT = 443
_MAXLINE = 65536
_MAXHEADERS = 100
_FIRST_READ = 1 << 20
_IDLE, _STARTED, _SENT = 'Idle', 'Request-started', 'Request-sent'

globals().update(HTTPStatus.__members__)
responses = {status: status.phrase for status in HTTPStatus}


class HTTPException(Exception):
    """What the errors of this module derive from."""


class NotConnected(HTTPException):
    pass


class InvalidURL(HTTPException):
    pass


class UnknownProtocol(HTTPException):
    def __init__(self, version):
        self.args = version,
        self.version = version


class UnknownTransferEncoding(HTTPException):
    pass


class UnimplementedFileMode(HTTPException):
    pass


class IncompleteRead(HTTPException):
    """The content ended too early; `partial` is what came."""

    def __init__(self, partial, expected=None):
        self.args = partial,
        self.partial = partial
        self.expected = expected

    def __repr__(self):
        more = '' if self.expected is None else f', {self.expected} more expected'
        return f'{type(self).__name__}({len(self.partial)} bytes read{more})'

    __str__ = object.__str__


class ImproperConnectionState(HTTPException):
    pass


class CannotSendRequest(ImproperConnectionState):
    pass


class CannotSendHeader(ImproperConnectionState):
    pass


class ResponseNotReady(ImproperConnectionState):
    pass


class BadStatusLine(HTTPException):
    def __init__(self, line):
        if not line:
            line = repr(line)
        self.args = line,
        self.line = line


class LineTooLong(HTTPException):
    def __init__(self, line_type):
        super().__init__(f'got more than {_MAXLINE} bytes when reading {line_type}')


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, *pos, **kw):
        BadStatusLine.__init__(self, '')
        ConnectionResetError.__init__(self, *pos, **kw)


error = HTTPException


def parse_headers(fp, _class=HTTPMessage):
    """The headers of a message, from a file."""
    return _headers.read_headers(fp, LineTooLong, HTTPException, _MAXLINE, _MAXHEADERS, _class)


class HTTPResponse(io.BufferedIOBase):
    """An answer: its status, its headers, and its content as a file."""

    def __init__(self, sock, debuglevel=0, method=None, url=None):
        self.fp = sock.makefile('rb')
        self.debuglevel = debuglevel
        self._method = method
        self.url = url
        self.headers = self.msg = None
        self.version = self.status = self.reason = None
        self.chunked = False
        self.chunk_left = None
        self.length = None
        self.will_close = True

    def _read_status(self):
        line = str(self.fp.readline(_MAXLINE + 1), 'iso-8859-1')
        if len(line) > _MAXLINE:
            raise LineTooLong('status line')
        if self.debuglevel > 0:
            print('reply:', repr(line))
        if not line:
            raise RemoteDisconnected('Remote end closed connection without response')
        parts = line.split(None, 2)
        if len(parts) < 2 or not parts[0].startswith('HTTP/'):
            self._close_conn()
            raise BadStatusLine(line)
        try:
            status = int(parts[1])
        except ValueError:
            raise BadStatusLine(line) from None
        if not 100 <= status <= 999:
            raise BadStatusLine(line)
        return parts[0], status, parts[2].strip() if len(parts) > 2 else ''

    def begin(self):
        """Read status and headers."""
        if self.headers is not None:
            return
        while True:
            version, status, reason = self._read_status()
            if status != HTTPStatus.CONTINUE:
                break
            parse_headers(self.fp)
        self.code = self.status = status
        self.reason = reason
        if version in ('HTTP/1.0', 'HTTP/0.9'):
            self.version = 10
        elif version.startswith('HTTP/1.'):
            self.version = 11
        else:
            raise UnknownProtocol(version)
        self.headers = self.msg = parse_headers(self.fp)
        if self.debuglevel > 0:
            for name, value in self.headers.items():
                print('header:', name + ':', value)
        self.chunked = (self.headers.get('transfer-encoding') or '').lower() == 'chunked'
        self.will_close = self._check_close()
        self.length = None
        length = self.headers.get('content-length')
        if length and not self.chunked:
            try:
                self.length = int(length)
            except ValueError:
                self.length = None
            else:
                if self.length < 0:
                    self.length = None
        if status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED) or 100 <= status < 200 or self._method == 'HEAD':
            self.length = 0
        if not self.will_close and not self.chunked and self.length is None:
            self.will_close = True

    def _check_close(self):
        connection = (self.headers.get('connection') or '').lower()
        if self.version == 11:
            return 'close' in connection
        return not (self.headers.get('keep-alive') or 'keep-alive' in connection or
                    'keep-alive' in (self.headers.get('proxy-connection') or '').lower())

    def _close_conn(self):
        fp, self.fp = self.fp, None
        if fp is not None:
            fp.close()

    def close(self):
        try:
            super().close()
        finally:
            if self.fp:
                self._close_conn()

    def flush(self):
        super().flush()
        if self.fp:
            self.fp.flush()

    def readable(self):
        return True

    def isclosed(self):
        """Has the whole answer been read?"""
        return self.fp is None

    def read(self, amt=None):
        """The content, or at most amt bytes of it."""
        if self.fp is None:
            return b''
        if self._method == 'HEAD':
            self._close_conn()
            return b''
        if self.chunked:
            return self._read_chunked(amt)
        if amt is not None and amt >= 0:
            if self.length is not None and amt > self.length:
                amt = self.length
            data = self.fp.read(amt)
            if not data and amt:
                self._close_conn()
            elif self.length is not None:
                self.length -= len(data)
                if not self.length:
                    self._close_conn()
            return data
        if self.length is None:
            data = self.fp.read()
        else:
            try:
                data = self._safe_read(self.length)
            except IncompleteRead:
                self._close_conn()
                raise
            self.length = 0
        self._close_conn()
        return data

    def readinto(self, buffer):
        """Fill a buffer with content; how many bytes."""
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def read1(self, n=-1):
        """Some of the content, by one system call at most."""
        if self.fp is None or self._method == 'HEAD':
            return b''
        if self.chunked:
            left = self._chunk_left_now()
            if not left or n == 0:
                return b''
            data = self.fp.read1(min(n, left) if n >= 0 else left)
            self.chunk_left -= len(data)
            if not data:
                raise IncompleteRead(b'')
            return data
        if self.length is not None and not 0 <= n <= self.length:
            n = self.length
        return self._counted(self.fp.read1(n), n)

    def peek(self, n=-1):
        """Some of the content, which stays to be read."""
        if self.fp is None or self._method == 'HEAD':
            return b''
        if self.chunked:
            left = self._chunk_left_now()
            return self.fp.peek(left)[:left] if left else b''
        return self.fp.peek(n)

    def readline(self, limit=-1):
        """A line of the content."""
        if self.fp is None or self._method == 'HEAD':
            return b''
        if self.chunked:  # a line may go over several chunks
            return super().readline(limit)
        if self.length is not None and not 0 <= limit <= self.length:
            limit = self.length
        return self._counted(self.fp.readline(limit), limit)

    def _counted(self, data, wanted):
        if not data and wanted:
            self._close_conn()
        elif self.length is not None:
            self.length -= len(data)
        return data

    def _chunk_left_now(self):
        try:
            return self._next_chunk()
        except IncompleteRead:
            raise
        except ValueError:
            raise IncompleteRead(b'') from None

    def _safe_read(self, amount):
        """So many bytes. Memory is asked for as they come: the length may be a lie."""
        data = self.fp.read(min(amount, _FIRST_READ))
        while len(data) < amount:
            more = self.fp.read(min(amount - len(data), len(data)))
            if not more:
                raise IncompleteRead(data, amount - len(data))
            data += more
        return data

    def _next_chunk(self):
        # Bytes left in the chunk; None behind the last one.
        if self.chunk_left:
            return self.chunk_left
        if self.chunk_left is not None:
            self._safe_read(2)  # the end of the chunk before
        line = self.fp.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise LineTooLong('chunk size')
        try:
            size = int(line.partition(b';')[0], 16)
        except ValueError:
            self._close_conn()
            raise IncompleteRead(b'') from None
        if size == 0:
            while True:
                line = self.fp.readline(_MAXLINE + 1)
                if len(line) > _MAXLINE:
                    raise LineTooLong('trailer line')
                if not line or line in (b'\r\n', b'\n'):
                    break
            self._close_conn()
            self.chunk_left = None
            return None
        self.chunk_left = size
        return size

    def _read_chunked(self, amount=None):
        parts = []
        try:
            while amount is None or amount < 0 or amount > 0:
                left = self._next_chunk()
                if left is None:
                    break
                size = left if amount is None or amount < 0 else min(left, amount)
                parts.append(self._safe_read(size))
                self.chunk_left = left - size
                if amount is not None and amount > 0:
                    amount -= size
            return b''.join(parts)
        except IncompleteRead as problem:
            raise IncompleteRead(b''.join(parts) + problem.partial, problem.expected) from None

    def fileno(self):
        return self.fp.fileno()

    def getheader(self, name, default=None):
        """The values of a header, joined."""
        if self.headers is None:
            raise ResponseNotReady()
        values = self.headers.get_all(name)
        if values:
            return ', '.join(values)
        return default if isinstance(default, str) or not hasattr(default, '__iter__') else ', '.join(default)

    def getheaders(self):
        """Every header: pairs of name and value."""
        if self.headers is None:
            raise ResponseNotReady()
        return list(self.headers.items())

    def info(self):
        """The headers."""
        return self.headers

    def geturl(self):
        """Where the answer came from."""
        return self.url

    def getcode(self):
        """The status."""
        return self.status


def _header_line(header, values):
    """A header as it is sent, without the end of the line."""
    name = header.encode('ascii') if isinstance(header, str) else header
    if not re.fullmatch(rb'[^:\s][^:\r\n]*', name):
        raise ValueError('Invalid header name %r' % (name,))
    encoded = []
    for value in values:
        if isinstance(value, str):
            value = value.encode('latin-1')
        elif isinstance(value, int):
            value = str(value).encode('ascii')
        if re.search(rb'\n(?![ \t])|\r(?![ \t\n])', value):
            raise ValueError('Invalid header value %r' % (value,))
        encoded.append(value)
    return name + b': ' + b'\r\n\t'.join(encoded)


class HTTPConnection:
    """A connection to a server."""

    _http_vsn = 11
    _http_vsn_str = 'HTTP/1.1'
    response_class = HTTPResponse
    default_port = HTTP_PORT
    auto_open = 1
    debuglevel = 0

    def __init__(self, host, port=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, blocksize=8192):
        self.timeout = timeout
        self.source_address = source_address
        self.blocksize = blocksize
        self.sock = None
        self._buffer = []
        self.__response = None
        self.__state = _IDLE
        self._method = None
        self.host, self.port = self._get_hostport(host, port)
        self._validate_host(self.host)
        self._create_connection = socket.create_connection
        self._tunnel_host = self._tunnel_port = None
        self._tunnel_headers = {}

    @staticmethod
    def _refuse_controls(text):
        match = re.search('[\x00-\x20\x7f]', text)
        if match:
            raise InvalidURL(f"URL can't contain control characters. {text!r} (found at least {match.group()!r})")

    def _validate_host(self, host):
        self._refuse_controls(host)

    def _validate_path(self, url):
        self._refuse_controls(url)

    def _encode_request(self, request):
        return request.encode('ascii')

    def set_tunnel(self, host, port=None, headers=None):
        """Let connect() ask the server, which is a proxy, for a tunnel to another one."""
        if self.sock:
            raise RuntimeError("Can't set up tunnel for established connection")
        self._tunnel_host, self._tunnel_port = self._get_hostport(host, port)
        self._tunnel_headers = headers or {}

    def _tunnel(self):
        if re.search('[\x00-\x20\x7f]', self._tunnel_host):
            raise ValueError(f"Tunnel host can't contain control characters {self._tunnel_host!r}")
        lines = [f'CONNECT {self._tunnel_host}:{self._tunnel_port} HTTP/1.0'.encode('ascii')]
        for name, value in self._tunnel_headers.items():
            lines.append(_header_line(name, (value,)))
        self.send(b''.join(line + b'\r\n' for line in [*lines, b'']))
        response = self.response_class(self.sock, method=self._method)
        try:
            _, status, words = response._read_status()
            if status != HTTPStatus.OK:
                self.close()
                raise OSError(f'Tunnel connection failed: {status} {words.strip()}')
            while True:
                line = response.fp.readline(_MAXLINE + 1)
                if len(line) > _MAXLINE:
                    raise LineTooLong('header line')
                if line in (b'\r\n', b'\n', b''):
                    break
                if self.debuglevel > 0:
                    print('header:', line.decode())
        finally:
            response.close()

    def _get_hostport(self, host, port):
        if port is None:
            colon, bracket = host.rfind(':'), host.rfind(']')
            if colon > bracket:
                try:
                    port = int(host[colon + 1:])
                except ValueError:
                    if host[colon + 1:]:
                        raise InvalidURL("nonnumeric port: '%s'" % host[colon + 1:]) from None
                    port = self.default_port
                host = host[:colon]
            else:
                port = self.default_port
        if host and host[0] == '[' and host[-1] == ']':
            host = host[1:-1]
        return host, port

    def set_debuglevel(self, level):
        self.debuglevel = level

    def connect(self):
        """Connect to the server."""
        self.sock = self._create_connection((self.host, self.port), self.timeout, self.source_address)
        try:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            if error.errno != errno.ENOPROTOOPT:  # not every socket has it
                raise
        if self._tunnel_host:
            self._tunnel()

    def close(self):
        """Close the connection."""
        self.__state = _IDLE
        sock, self.sock = self.sock, None
        if sock:
            sock.close()
        response, self.__response = self.__response, None
        if response:
            response.close()

    def send(self, data):
        """Send bytes, or what a file or an iterable of bytes gives."""
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        if self.debuglevel > 0:
            print('send:', 'sending a readable' if hasattr(data, 'read') else repr(data))
        if hasattr(data, 'read'):
            while block := data.read(self.blocksize):
                self.sock.sendall(block.encode('iso-8859-1') if isinstance(block, str) else block)
            return
        try:
            self.sock.sendall(data)
        except TypeError:
            try:
                blocks = iter(data)
            except TypeError:
                raise TypeError('data should be a bytes-like object or an iterable, got %r' % type(data)) from None
            for block in blocks:
                self.sock.sendall(block)

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        """Begin a request."""
        if self.__response and self.__response.isclosed():
            self.__response = None
        if self.__state != _IDLE:
            raise CannotSendRequest(self.__state)
        self.__state = _STARTED
        self._method = method
        if match := re.search('[\x00-\x1f]', method):
            raise ValueError(f"method can't contain control characters. {method!r} (found at least {match.group()!r})")
        url = url or '/'
        self._validate_path(url)
        self._buffer.append(self._encode_request(f'{method} {url} {self._http_vsn_str}'))
        if self._http_vsn == 11:
            if not skip_host:
                self.putheader('Host', self._host_header(url))
            if not skip_accept_encoding:
                self.putheader('Accept-Encoding', 'identity')

    def _host_header(self, url):
        if url.startswith('http'):
            netloc = urlsplit(url).netloc
            if netloc:
                return netloc
        host, port = self.host, self.port
        if self._tunnel_host:
            host, port = self._tunnel_host, self._tunnel_port
        host = f'[{host}]' if ':' in host else host
        return host if port == self.default_port else f'{host}:{port}'

    def putheader(self, header, *values):
        """Add a header to the request."""
        if self.__state != _STARTED:
            raise CannotSendHeader()
        self._buffer.append(_header_line(header, values))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        """Send the headers, and the content after them."""
        if self.__state != _STARTED:
            raise CannotSendHeader()
        self.__state = _SENT
        head = b'\r\n'.join(self._buffer + [b'', b''])
        self._buffer.clear()
        self.send(head)
        if message_body is None:
            return
        if not encode_chunked:
            self.send(message_body)
            return
        if hasattr(message_body, 'read'):
            blocks = iter(lambda: message_body.read(self.blocksize) or None, None)
        elif isinstance(message_body, (bytes, bytearray, memoryview)):
            blocks = (message_body,)
        else:
            blocks = message_body
        for block in blocks:
            if isinstance(block, str):
                block = block.encode('iso-8859-1')
            if block:
                self.send(f'{len(block):X}\r\n'.encode('ascii') + bytes(block) + b'\r\n')
        self.send(b'0\r\n\r\n')

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        """Send a whole request."""
        given = {name.lower() for name in headers}
        self.putrequest(method, url, skip_host='host' in given, skip_accept_encoding='accept-encoding' in given)
        if isinstance(body, str):
            body = body.encode('iso-8859-1')
        if 'content-length' not in given:
            if 'transfer-encoding' not in given:
                encode_chunked = False
                length = self._get_content_length(body, method)
                if length is not None:
                    self.putheader('Content-Length', str(length))
                elif body is not None:
                    encode_chunked = True
                    self.putheader('Transfer-Encoding', 'chunked')
        else:
            encode_chunked = False
        for name, value in headers.items():
            self.putheader(name, value)
        self.endheaders(body, encode_chunked=encode_chunked)

    @staticmethod
    def _get_content_length(body, method):
        if body is None:
            return 0 if method.upper() in ('PATCH', 'POST', 'PUT') else None
        if hasattr(body, 'read'):
            return None
        try:
            return memoryview(body).nbytes
        except TypeError:
            return None

    def getresponse(self):
        """The answer to the request."""
        if self.__response and self.__response.isclosed():
            self.__response = None
        if self.__state != _SENT or self.__response:
            raise ResponseNotReady(self.__state)
        debug = (self.debuglevel,) if self.debuglevel > 0 else ()
        response = self.response_class(self.sock, *debug, method=self._method)
        try:
            try:
                response.begin()
            except ConnectionError:
                self.close()
                raise
        except:
            response.close()
            raise
        self.__state = _IDLE
        if response.will_close:
            # The socket lives on in the answer's file.
            sock, self.sock = self.sock, None
            sock.close()
        else:
            self.__response = response
        return response


try:
    import ssl
except ImportError:
    pass
else:
    class HTTPSConnection(HTTPConnection):
        """A connection to a server over TLS. Without a context certificates are verified."""

        default_port = HTTPS_PORT

        def __init__(self, host, port=None, key_file=None, cert_file=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT,
                     source_address=None, *, context=None, check_hostname=None, blocksize=8192):
            super().__init__(host, port, timeout, source_address, blocksize=blocksize)
            given = [key_file, cert_file, check_hostname]
            if any(value is not None for value in given):
                import warnings
                warnings.warn('key_file, cert_file and check_hostname are deprecated, use a custom context instead.',
                              DeprecationWarning, 2)
            self.key_file = key_file
            self.cert_file = cert_file
            if context is None:
                context = ssl._create_default_https_context()
                if self._http_vsn == 11:
                    context.set_alpn_protocols(['http/1.1'])
                if context.post_handshake_auth is not None:
                    context.post_handshake_auth = True
            will_verify = context.verify_mode != ssl.CERT_NONE
            if check_hostname is None:
                check_hostname = context.check_hostname
            if check_hostname and not will_verify:
                raise ValueError('check_hostname needs a SSL context with either CERT_OPTIONAL or CERT_REQUIRED')
            if key_file or cert_file:
                context.load_cert_chain(cert_file, key_file)
                context.post_handshake_auth = True
            self._context = context
            if check_hostname is not None:
                self._context.check_hostname = check_hostname

        def connect(self):
            super().connect()
            name = self._tunnel_host or self.host
            self.sock = self._context.wrap_socket(self.sock, server_hostname=name)

    __all__.append('HTTPSConnection')
