"""Running a WSGI application once: the environment is made, the application called, its answer sent.

BaseHandler does the part that does not depend on streams; SimpleHandler has two streams and an environment; the CGI
handlers take those of the process. A handler object serves one request.
"""
import os
import sys
import time

from .headers import Headers
from .util import FileWrapper, guess_scheme, is_hop_by_hop

__all__ = ['BaseHandler', 'SimpleHandler', 'BaseCGIHandler', 'CGIHandler', 'IISCGIHandler', 'read_environ']

_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
_CGI_NAMES = {'SCRIPT_NAME', 'PATH_INFO', 'QUERY_STRING', 'REQUEST_METHOD', 'AUTH_TYPE', 'CONTENT_TYPE', 'CONTENT_LENGTH',
              'HTTPS', 'REMOTE_USER', 'REMOTE_IDENT'}


def format_date_time(timestamp):
    """A moment as HTTP headers show it, whatever the locale is."""
    year, month, day, hour, minute, second, weekday, *_ = time.gmtime(timestamp)
    return (f'{_DAYS[weekday]}, {day:02d} {_MONTHS[month - 1]} {year:4d} '
            f'{hour:02d}:{minute:02d}:{second:02d} GMT')


def read_environ():
    """os.environ as WSGI wants it: bytes that came from the request, as characters of Latin-1."""
    def needs_work(name):
        return name in _CGI_NAMES or name.startswith(('HTTP_', 'SSL_', 'REDIRECT_'))
    return {name: (value.encode(sys.getfilesystemencoding(), 'surrogateescape').decode('iso-8859-1')
                   if needs_work(name) else value)
            for name, value in os.environ.items()}


class BaseHandler:
    """One run of an application. Subclasses say where input comes from and where output goes."""

    wsgi_version = (1, 0)
    wsgi_multithread = True
    wsgi_multiprocess = True
    wsgi_run_once = False
    # True when the answer is a whole HTTP response and not what a CGI script prints.
    origin_server = True
    http_version = '1.0'
    server_software = None
    os_environ = read_environ()
    wsgi_file_wrapper = FileWrapper
    headers_class = Headers
    traceback_limit = None
    error_status = '500 Internal Server Error'
    error_headers = [('Content-Type', 'text/plain')]
    error_body = b'A server error occurred.  Please contact the administrator.'
    status = result = None
    headers_sent = False
    headers = None
    bytes_sent = 0

    def run(self, application):
        """Call the application and send what it answers. Errors are logged, and become an error response."""
        try:
            self.setup_environ()
            self.result = application(self.environ, self.start_response)
            self.finish_response()
        except (ConnectionAbortedError, BrokenPipeError, ConnectionResetError):
            # The client went away: there is nobody to tell.
            return
        except:
            try:
                self.handle_error()
            except:
                self.close()
                raise

    def setup_environ(self):
        """Make the environment of this request."""
        env = self.environ = self.os_environ.copy()
        self.add_cgi_vars()
        env['wsgi.input'] = self.get_stdin()
        env['wsgi.errors'] = self.get_stderr()
        env['wsgi.version'] = self.wsgi_version
        env['wsgi.run_once'] = self.wsgi_run_once
        env['wsgi.url_scheme'] = self.get_scheme()
        env['wsgi.multithread'] = self.wsgi_multithread
        env['wsgi.multiprocess'] = self.wsgi_multiprocess
        if self.wsgi_file_wrapper is not None:
            env['wsgi.file_wrapper'] = self.wsgi_file_wrapper
        if self.origin_server and self.server_software:
            env.setdefault('SERVER_SOFTWARE', self.server_software)

    def finish_response(self):
        """Send the body, and close it whatever happens."""
        try:
            if not self.result_is_file() or not self.sendfile():
                for block in self.result:
                    self.write(block)
                self.finish_content()
        except:
            if hasattr(self.result, 'close'):
                self.result.close()
            raise
        else:
            self.close()

    def get_scheme(self):
        return guess_scheme(self.environ)

    def set_content_length(self):
        """The length of the body, where it is known: when it comes in one block."""
        try:
            blocks = len(self.result)
        except (TypeError, AttributeError, NotImplementedError):
            return
        if blocks == 1:
            self.headers['Content-Length'] = str(self.bytes_sent)

    def cleanup_headers(self):
        """Last changes to the headers before they go."""
        if 'Content-Length' not in self.headers:
            self.set_content_length()

    def start_response(self, status, headers, exc_info=None):
        """What the application calls with its status and headers. With `exc_info` it may call a second time."""
        if exc_info:
            try:
                if self.headers_sent:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None
        elif self.headers is not None:
            raise AssertionError('Headers already set!')
        self.status = status
        self.headers = self.headers_class(headers)
        status = self._convert_string_type(status, 'Status')
        assert len(status) >= 4, 'Status must be at least 4 characters'
        assert status[:3].isdigit(), 'Status message must begin w/3-digit code'
        assert status[3] == ' ', 'Status message must have a space after code'
        if __debug__:
            for name, value in headers:
                name = self._convert_string_type(name, 'Header name')
                value = self._convert_string_type(value, 'Header value')
                assert not is_hop_by_hop(name), (
                    f"Hop-by-hop header, '{name}: {value}', not allowed")
        return self.write

    def _convert_string_type(self, value, title):
        if type(value) is str:
            return value
        raise AssertionError(f'{title} must be of type str (got {value!r})')

    def send_preamble(self):
        """What stands before the headers: the status line, or the Status header of CGI."""
        if not self.origin_server:
            self._write(f'Status: {self.status}\r\n'.encode('iso-8859-1'))
            return
        if self.client_is_modern():
            self._write(f'HTTP/{self.http_version} {self.status}\r\n'.encode('iso-8859-1'))
            if 'Date' not in self.headers:
                self._write(f'Date: {format_date_time(time.time())}\r\n'.encode('iso-8859-1'))
            if self.server_software and 'Server' not in self.headers:
                self._write(f'Server: {self.server_software}\r\n'.encode('iso-8859-1'))

    def write(self, data):
        """Send a block of the body; before the first one, the headers."""
        assert type(data) is bytes, 'write() argument must be a bytes instance'
        if not self.status:
            raise AssertionError('write() before start_response()')
        if not self.headers_sent:
            # set_content_length needs to know.
            self.bytes_sent = len(data)
            self.send_headers()
        else:
            self.bytes_sent += len(data)
        self._write(data)
        self._flush()

    def sendfile(self):
        """For subclasses that can send a file faster; True when it was sent."""
        return False

    def finish_content(self):
        """The body is complete: send the headers if no block did, and a body of nothing."""
        if not self.headers_sent:
            self.headers.setdefault('Content-Length', '0')
            self.send_headers()

    def close(self):
        """The request is over."""
        try:
            if hasattr(self.result, 'close'):
                self.result.close()
        finally:
            self.result = self.headers = self.status = self.environ = None
            self.bytes_sent = 0
            self.headers_sent = False

    def send_headers(self):
        self.cleanup_headers()
        self.headers_sent = True
        if not self.origin_server or self.client_is_modern():
            self.send_preamble()
            self._write(bytes(self.headers))

    def result_is_file(self):
        """Whether the application answered with the server's own file wrapper."""
        wrapper = self.wsgi_file_wrapper
        return wrapper is not None and isinstance(self.result, wrapper)

    def client_is_modern(self):
        """False for HTTP 0.9, which has no headers."""
        return self.environ['SERVER_PROTOCOL'].upper() != 'HTTP/0.9'

    def log_exception(self, exc_info):
        """Print the traceback where errors go."""
        try:
            from traceback import print_exception
            stderr = self.get_stderr()
            print_exception(*exc_info, self.traceback_limit, stderr)
            stderr.flush()
        finally:
            exc_info = None

    def handle_error(self):
        """Log the exception, and send an error page if nothing was sent yet."""
        self.log_exception(sys.exc_info())
        if not self.headers_sent:
            self.result = self.error_output(self.environ, self.start_response)
            self.finish_response()

    def error_output(self, environ, start_response):
        """The application that answers when the real one failed."""
        start_response(self.error_status, self.error_headers[:], sys.exc_info())
        return [self.error_body]

    def _write(self, data):
        raise NotImplementedError

    def _flush(self):
        raise NotImplementedError

    def get_stdin(self):
        raise NotImplementedError

    def get_stderr(self):
        raise NotImplementedError

    def add_cgi_vars(self):
        raise NotImplementedError


class SimpleHandler(BaseHandler):
    """A handler with given streams and a given environment."""

    def __init__(self, stdin, stdout, stderr, environ, multithread=True, multiprocess=False):
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.base_env = environ
        self.wsgi_multithread = multithread
        self.wsgi_multiprocess = multiprocess

    def get_stdin(self):
        return self.stdin

    def get_stderr(self):
        return self.stderr

    def add_cgi_vars(self):
        self.environ.update(self.base_env)

    def _write(self, data):
        written = self.stdout.write(data)
        if written is None or written == len(data):
            return
        from warnings import warn
        warn('SimpleHandler.stdout.write() should not do partial writes', DeprecationWarning)
        while data := data[written:]:
            written = self.stdout.write(data)

    def _flush(self):
        self.stdout.flush()
        self._flush = self.stdout.flush


class BaseCGIHandler(SimpleHandler):
    """For servers that speak CGI in one way or another."""

    origin_server = False


class CGIHandler(BaseCGIHandler):
    """Runs an application as a CGI script of this process: CGIHandler().run(application)."""

    wsgi_run_once = True
    os_environ = {}

    def __init__(self):
        super().__init__(sys.stdin.buffer, sys.stdout.buffer, sys.stderr, read_environ(),
                         multithread=False, multiprocess=True)


class IISCGIHandler(BaseCGIHandler):
    """The same for Microsoft's server, whose PATH_INFO repeats SCRIPT_NAME."""

    wsgi_run_once = True
    os_environ = {}

    def __init__(self):
        environ = read_environ()
        path, script = environ.get('PATH_INFO', ''), environ.get('SCRIPT_NAME', '')
        if (path + '/').startswith(script + '/'):
            environ['PATH_INFO'] = path[len(script):]
        super().__init__(sys.stdin.buffer, sys.stdout.buffer, sys.stderr, environ,
                         multithread=False, multiprocess=True)
