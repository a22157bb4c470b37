"""The server's side of HTTP: a handler whose do_GET, do_POST and so on answer requests, and one that serves files."""
import datetime
import email.utils
import html
import http.client
import io
import mimetypes
import os
import posixpath
import socket
import socketserver
import sys
import time
import urllib.parse
from http import HTTPStatus
from http.client import HTTPException, LineTooLong

__version__ = '0.6'
__all__ = ['HTTPServer', 'ThreadingHTTPServer', 'BaseHTTPRequestHandler', 'SimpleHTTPRequestHandler',
           'CGIHTTPRequestHandler']

DEFAULT_ERROR_CONTENT_TYPE = 'text/html;charset=utf-8'
DEFAULT_ERROR_MESSAGE = '''\
<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %(code)d</p>
        <p>Message: %(message)s.</p>
        <p>Error code explanation: %(code)s - %(explain)s.</p>
    </body>
</html>
'''

_DAYS = ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')
_MONTHS = (None, 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')


class HTTPServer(socketserver.TCPServer):
    """A server of HTTP requests."""

    allow_reuse_address = 1

    def server_bind(self):
        super().server_bind()
        host, port = self.server_address[:2]
        self.server_name = socket.getfqdn(host)
        self.server_port = port


class ThreadingHTTPServer(socketserver.ThreadingMixIn, HTTPServer):
    """A server of HTTP requests, each in a thread of its own."""

    daemon_threads = True


class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    """Reads requests and calls do_<METHOD> for each."""

    sys_version = 'Python/' + sys.version.split()[0]
    server_version = 'BaseHTTP/' + __version__
    error_message_format = DEFAULT_ERROR_MESSAGE
    error_content_type = DEFAULT_ERROR_CONTENT_TYPE
    default_request_version = 'HTTP/0.9'
    protocol_version = 'HTTP/1.0'
    MessageClass = http.client.HTTPMessage
    weekdayname = list(_DAYS)
    monthname = list(_MONTHS)
    responses = {status: (status.phrase, status.description) for status in HTTPStatus}

    def parse_request(self):
        """Read request line and headers; False after an error has been answered."""
        self.command = None
        self.request_version = version = self.default_request_version
        self.close_connection = True
        self.requestline = str(self.raw_requestline, 'iso-8859-1').rstrip('\r\n')
        words = self.requestline.split()
        if not words:
            return False
        if len(words) >= 3:
            version = words[-1]
            number = self._version_number(version)
            if number is None:
                self.send_error(HTTPStatus.BAD_REQUEST, 'Bad request version (%r)' % version)
                return False
            if number >= (1, 1) and self.protocol_version >= 'HTTP/1.1':
                self.close_connection = False
            if number >= (2, 0):
                self.send_error(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
                                'Invalid HTTP version (%s)' % version.partition('/')[2])
                return False
            self.request_version = version
        if not 2 <= len(words) <= 3:
            self.send_error(HTTPStatus.BAD_REQUEST, 'Bad request syntax (%r)' % self.requestline)
            return False
        command, path = words[:2]
        if len(words) == 2 and command != 'GET':
            self.send_error(HTTPStatus.BAD_REQUEST, 'Bad HTTP/0.9 request type (%r)' % command)
            return False
        self.command = command
        # Not another server's address in disguise.
        self.path = '/' + path.lstrip('/') if path.startswith('//') else path
        try:
            self.headers = http.client.parse_headers(self.rfile, _class=self.MessageClass)
        except LineTooLong as problem:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, 'Line too long', str(problem))
            return False
        except HTTPException as problem:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, 'Too many headers', str(problem))
            return False
        connection = self.headers.get('Connection', '').lower()
        if connection == 'close':
            self.close_connection = True
        elif connection == 'keep-alive' and self.protocol_version >= 'HTTP/1.1':
            self.close_connection = False
        if (self.headers.get('Expect', '').lower() == '100-continue' and self.protocol_version >= 'HTTP/1.1' and
                self.request_version >= 'HTTP/1.1'):
            return self.handle_expect_100()
        return True

    @staticmethod
    def _version_number(text):
        if not text.startswith('HTTP/'):
            return None
        parts = text[5:].split('.')
        if len(parts) != 2 or not all(part.isdigit() and len(part) <= 10 for part in parts):
            return None
        return int(parts[0]), int(parts[1])

    def handle_expect_100(self):
        """The client asks whether to go on: yes."""
        self.send_response_only(HTTPStatus.CONTINUE)
        self.end_headers()
        return True

    def handle_one_request(self):
        """Read one request and answer it."""
        try:
            self.raw_requestline = self.rfile.readline(65537)
            if len(self.raw_requestline) > 65536:
                self.requestline = self.request_version = self.command = ''
                self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
                return
            if not self.raw_requestline:
                self.close_connection = True
                return
            if not self.parse_request():
                return
            method = getattr(self, 'do_' + self.command, None)
            if method is None:
                self.send_error(HTTPStatus.NOT_IMPLEMENTED, 'Unsupported method (%r)' % self.command)
                return
            method()
            self.wfile.flush()
        except TimeoutError as problem:
            self.log_error('Request timed out: %r', problem)
            self.close_connection = True

    def handle(self):
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()

    def send_error(self, code, message=None, explain=None):
        """Answer with an error."""
        short, long = self.responses.get(code, ('???', '???'))
        if message is None:
            message = short
        if explain is None:
            explain = long
        self.log_error('code %d, message %s', code, message)
        self.send_response(code, message)
        self.send_header('Connection', 'close')
        body = None
        if code >= 200 and code not in (HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.NOT_MODIFIED):
            content = self.error_message_format % {'code': code, 'message': html.escape(message, quote=False),
                                                   'explain': html.escape(explain, quote=False)}
            body = content.encode('UTF-8', 'replace')
            self.send_header('Content-Type', self.error_content_type)
            self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if self.command != 'HEAD' and body:
            self.wfile.write(body)

    def send_response(self, code, message=None):
        """Begin an answer: the status, Server and Date."""
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header('Server', self.version_string())
        self.send_header('Date', self.date_time_string())

    def _buffer(self):
        if not hasattr(self, '_headers_buffer'):
            self._headers_buffer = []
        return self._headers_buffer

    def send_response_only(self, code, message=None):
        """Begin an answer: the status alone."""
        if self.request_version == 'HTTP/0.9':
            return
        if message is None:
            message = self.responses[code][0] if code in self.responses else ''
        self._buffer().append(f'{self.protocol_version} {int(code)} {message}\r\n'.encode('latin-1', 'strict'))

    def send_header(self, keyword, value):
        """Add a header to the answer."""
        if self.request_version != 'HTTP/0.9':
            self._buffer().append(f'{keyword}: {value}\r\n'.encode('latin-1', 'strict'))
        if keyword.lower() == 'connection':
            if value.lower() == 'close':
                self.close_connection = True
            elif value.lower() == 'keep-alive':
                self.close_connection = False

    def end_headers(self):
        """The headers are complete."""
        if self.request_version != 'HTTP/0.9':
            self._buffer().append(b'\r\n')
            self.flush_headers()

    def flush_headers(self):
        """Send the headers."""
        if hasattr(self, '_headers_buffer'):
            self.wfile.write(b''.join(self._headers_buffer))
            self._headers_buffer = []

    def log_request(self, code='-', size='-'):
        """Note a request that was answered."""
        if isinstance(code, HTTPStatus):
            code = code.value
        self.log_message('"%s" %s %s', self.requestline, str(code), str(size))

    def log_error(self, format, *args):
        """Note an error."""
        self.log_message(format, *args)

    _escapes = str.maketrans({c: fr'\x{c:02x}' for c in [*range(0x20), *range(0x7f, 0xa0)]} | {ord('\\'): r'\\'})

    def log_message(self, format, *args):
        """Write a line of the log to stderr."""
        message = (format % args).translate(self._escapes)
        sys.stderr.write(f'{self.address_string()} - - [{self.log_date_time_string()}] {message}\n')

    def version_string(self):
        return self.server_version + ' ' + self.sys_version

    def date_time_string(self, timestamp=None):
        """A time as headers show it."""
        t = time.gmtime(time.time() if timestamp is None else timestamp)
        return f'{_DAYS[t.tm_wday]}, {t.tm_mday:02d} {_MONTHS[t.tm_mon]} {t.tm_year} ' \
               f'{t.tm_hour:02d}:{t.tm_min:02d}:{t.tm_sec:02d} GMT'

    def log_date_time_string(self):
        t = time.localtime()
        return f'{t.tm_mday:02d}/{_MONTHS[t.tm_mon]}/{t.tm_year:04d} {t.tm_hour:02d}:{t.tm_min:02d}:{t.tm_sec:02d}'

    def address_string(self):
        return self.client_address[0]


class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    """Serves the files of a folder."""

    server_version = 'SimpleHTTP/' + __version__
    index_pages = ('index.html', 'index.htm')
    extensions_map = {'.gz': 'application/gzip', '.Z': 'application/octet-stream', '.bz2': 'application/x-bzip2',
                      '.xz': 'application/x-xz'}

    def __init__(self, *args, directory=None, **kwargs):
        self.directory = os.fspath(os.getcwd() if directory is None else directory)
        super().__init__(*args, **kwargs)

    def do_GET(self):
        file = self.send_head()
        if file:
            with file:
                self.copyfile(file, self.wfile)

    def do_HEAD(self):
        file = self.send_head()
        if file:
            file.close()

    def send_head(self):
        """Send status and headers; the file whose content is to follow, or None."""
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            parts = urllib.parse.urlsplit(self.path)
            if not parts.path.endswith('/'):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header('Location', urllib.parse.urlunsplit(
                    (parts[0], parts[1], parts[2] + '/', parts[3], parts[4])))
                self.send_header('Content-Length', '0')
                self.end_headers()
                return None
            for index in self.index_pages:
                if os.path.isfile(os.path.join(path, index)):
                    path = os.path.join(path, index)
                    break
            else:
                return self.list_directory(path)
        if path.endswith('/'):
            self.send_error(HTTPStatus.NOT_FOUND, 'File not found')
            return None
        try:
            file = open(path, 'rb')
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, 'File not found')
            return None
        try:
            info = os.fstat(file.fileno())
            if self._client_has_it(info):
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self.end_headers()
                file.close()
                return None
            self.send_response(HTTPStatus.OK)
            self.send_header('Content-type', self.guess_type(path))
            self.send_header('Content-Length', str(info.st_size))
            self.send_header('Last-Modified', self.date_time_string(info.st_mtime))
            self.end_headers()
            return file
        except:
            file.close()
            raise

    def _client_has_it(self, info):
        # If-None-Match stands above If-Modified-Since, which only counts when it can be read and is in UTC.
        if 'If-None-Match' in self.headers or 'If-Modified-Since' not in self.headers:
            return False
        try:
            since = email.utils.parsedate_to_datetime(self.headers['If-Modified-Since'])
        except (TypeError, IndexError, OverflowError, ValueError):
            return False
        if since.tzinfo is None:
            since = since.replace(tzinfo=datetime.timezone.utc)
        if since.tzinfo is not datetime.timezone.utc:
            return False
        return datetime.datetime.fromtimestamp(int(info.st_mtime), datetime.timezone.utc) <= since

    def list_directory(self, path):
        """A page with the names of what is in a folder."""
        try:
            names = sorted(os.listdir(path), key=str.lower)
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, 'No permission to list directory')
            return None
        shown = html.escape(urllib.parse.unquote(self.path.partition('?')[0], errors='surrogatepass'), quote=False)
        title = f'Directory listing for {shown}'
        lines = ['<!DOCTYPE HTML>', '<html lang="en">', '<head>', '<meta charset="utf-8">', f'<title>{title}</title>',
                 '</head>', f'<body>\n<h1>{title}</h1>', '<hr>\n<ul>']
        for name in names:
            full = os.path.join(path, name)
            text = link = name
            if os.path.isdir(full):
                text = link = name + '/'
            if os.path.islink(full):
                text = name + '@'
            lines.append('<li><a href="%s">%s</a></li>' % (urllib.parse.quote(link, errors='surrogatepass'),
                                                           html.escape(text, quote=False)))
        lines.append('</ul>\n<hr>\n</body>\n</html>\n')
        content = '\n'.join(lines).encode('utf-8', 'surrogateescape')
        self.send_response(HTTPStatus.OK)
        self.send_header('Content-type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def translate_path(self, path):
        """The file that a path of a request means: nothing outside of the folder."""
        path = path.partition('?')[0].partition('#')[0]
        ends_with_slash = path.rstrip().endswith('/')
        words = posixpath.normpath(urllib.parse.unquote(path, errors='surrogatepass')).split('/')
        result = self.directory
        for word in filter(None, words):
            if os.path.dirname(word) or word in (os.curdir, os.pardir):
                continue
            result = os.path.join(result, word)
        return result + '/' if ends_with_slash else result

    def copyfile(self, source, outputfile):
        """Copy the content."""
        while block := source.read(65536):
            outputfile.write(block)

    def guess_type(self, path):
        """The type of a file, by its ending."""
        ending = posixpath.splitext(path)[1]
        for known in (ending, ending.lower()):
            if known in self.extensions_map:
                return self.extensions_map[known]
        return mimetypes.guess_type(path)[0] or 'application/octet-stream'


def _url_collapse_path(path):
    """A path without dots and double slashes. IndexError if it would leave the root."""
    path, _, query = path.partition('?')
    *folders, last = urllib.parse.unquote(path).split('/')
    kept = []
    for folder in folders:
        if folder == '..':
            kept.pop()
        elif folder and folder != '.':
            kept.append(folder)
    if last == '..':
        kept.pop()
    if last in ('.', '..'):
        last = ''
    if query:
        last += '?' + query
    return '/' + '/'.join(kept) + '/' + last if kept else '/' + last


def executable(path):
    """Whether a file may be run."""
    return os.access(path, os.X_OK)


class CGIHTTPRequestHandler(SimpleHTTPRequestHandler):
    """Serves files, and runs those under /cgi-bin and /htbin."""

    rbufsize = 0
    cgi_directories = ['/cgi-bin', '/htbin']

    def do_POST(self):
        if self.is_cgi():
            self.run_cgi()
        else:
            self.send_error(HTTPStatus.NOT_IMPLEMENTED, 'Can only POST to CGI scripts')

    def send_head(self):
        return self.run_cgi() if self.is_cgi() else SimpleHTTPRequestHandler.send_head(self)

    def is_cgi(self):
        """Whether the path is a script's. `cgi_info` is then its folder and the rest."""
        path = _url_collapse_path(self.path)
        slash = path.find('/', 1)
        while slash > 0 and path[:slash] not in self.cgi_directories:
            slash = path.find('/', slash + 1)
        if slash <= 0:
            return False
        self.cgi_info = path[:slash], path[slash + 1:]
        return True

    def is_executable(self, path):
        return executable(path)

    def is_python(self, path):
        return os.path.splitext(path)[1].lower() in ('.py', '.pyw')

    def _script(self):
        """(folder, script, path behind it, query); folders below the one for scripts are gone into."""
        folder, rest = self.cgi_info
        slash = rest.find('/')
        while slash >= 0:
            inner = folder + '/' + rest[:slash]
            if not os.path.isdir(self.translate_path(inner)):
                break
            folder, rest = inner, rest[slash + 1:]
            slash = rest.find('/')
        rest, _, query = rest.partition('?')
        script, slash, behind = rest.partition('/')
        return folder, script, slash + behind, query

    def _environment(self, name, behind, query):
        env = dict(os.environ)
        behind = urllib.parse.unquote(behind)
        env.update(SERVER_SOFTWARE=self.version_string(), SERVER_NAME=self.server.server_name,
                   GATEWAY_INTERFACE='CGI/1.1', SERVER_PROTOCOL=self.protocol_version,
                   SERVER_PORT=str(self.server.server_port), REQUEST_METHOD=self.command, PATH_INFO=behind,
                   PATH_TRANSLATED=self.translate_path(behind), SCRIPT_NAME=name, QUERY_STRING=query,
                   REMOTE_ADDR=self.client_address[0],
                   CONTENT_TYPE=self.headers.get('content-type') or self.headers.get_content_type())
        authorization = (self.headers.get('authorization') or '').split()
        if len(authorization) == 2:
            import base64
            import binascii
            env['AUTH_TYPE'] = authorization[0]
            if authorization[0].lower() == 'basic':
                try:
                    env['REMOTE_USER'] = base64.decodebytes(authorization[1].encode('ascii')).decode('ascii').split(':')[0]
                except (binascii.Error, UnicodeError):
                    pass
        if self.headers.get('content-length'):
            env['CONTENT_LENGTH'] = self.headers['content-length']
        if self.headers.get('referer'):
            env['HTTP_REFERER'] = self.headers['referer']
        env['HTTP_ACCEPT'] = ','.join(self.headers.get_all('accept', ()))
        if self.headers.get('user-agent'):
            env['HTTP_USER_AGENT'] = self.headers['user-agent']
        cookies = [value for value in self.headers.get_all('cookie', []) if value]
        if cookies:
            env['HTTP_COOKIE'] = ', '.join(cookies)
        for name in ('QUERY_STRING', 'REMOTE_HOST', 'CONTENT_LENGTH', 'HTTP_USER_AGENT', 'HTTP_COOKIE', 'HTTP_REFERER'):
            env.setdefault(name, '')
        return env

    def run_cgi(self):
        """Run the script of the path; what it prints is the rest of the answer."""
        import subprocess
        folder, script, behind, query = self._script()
        name = folder + '/' + script
        file = self.translate_path(name)
        if not os.path.exists(file):
            self.send_error(HTTPStatus.NOT_FOUND, f'No such CGI script ({name!r})')
            return
        if not os.path.isfile(file):
            self.send_error(HTTPStatus.FORBIDDEN, f'CGI script is not a plain file ({name!r})')
            return
        if not self.is_executable(file):
            self.send_error(HTTPStatus.FORBIDDEN, f'CGI script is not executable ({name!r})')
            return
        env = self._environment(name, behind, query)
        self.send_response(HTTPStatus.OK, 'Script output follows')
        self.flush_headers()
        command = [file]
        if '=' not in query and query:
            command.append(query.replace('+', ' '))
        try:
            size = int(self.headers.get('content-length') or 0)
        except ValueError:
            size = 0
        data = self.rfile.read(size) if self.command.lower() == 'post' and size > 0 else b''
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        self.wfile.write(done.stdout)
        if done.stderr:
            self.log_error('%s', done.stderr.decode('utf-8', 'replace'))
        if done.returncode:
            self.log_error(f'CGI script exit code {done.returncode}')
        else:
            self.log_message('CGI script exited OK')


def _address_of(host, port):
    """(family, address) to bind to: the first that the name has, of all interfaces for None."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return found[0][0], found[0][4]


def test(HandlerClass=BaseHTTPRequestHandler, ServerClass=ThreadingHTTPServer, protocol='HTTP/1.0', port=8000, bind=None):
    """Serve until Ctrl-C."""
    ServerClass.address_family, address = _address_of(bind, port)
    HandlerClass.protocol_version = protocol
    with ServerClass(address, HandlerClass) as server:
        host, port = server.socket.getsockname()[:2]
        shown = f'[{host}]' if ':' in host else host
        print(f'Serving HTTP on {host} port {port} (http://{shown}:{port}/) ...')
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print('\nKeyboard interrupt received, exiting.')
            sys.exit(0)


def _main():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument('--cgi', action='store_true', help='run as CGI server')
    parser.add_argument('-b', '--bind', metavar='ADDRESS', help='bind to this address (default: all interfaces)')
    parser.add_argument('-d', '--directory', default=os.getcwd(), help='serve this directory (default: current directory)')
    parser.add_argument('-p', '--protocol', metavar='VERSION', default='HTTP/1.0',
                        help='conform to this HTTP version (default: %(default)s)')
    parser.add_argument('port', default=8000, type=int, nargs='?', help='bind to this port (default: %(default)s)')
    args = parser.parse_args()

    class Server(ThreadingHTTPServer):
        def server_bind(self):
            if self.address_family == socket.AF_INET6:  # which is to hear IPv4 too
                self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            return super().server_bind()

        def finish_request(self, request, client_address):
            self.RequestHandlerClass(request, client_address, self, directory=args.directory)

    test(CGIHTTPRequestHandler if args.cgi else SimpleHTTPRequestHandler, Server, args.protocol, args.port, args.bind)


if __name__ == '__main__':
    _main()
