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

_DAYS = 'Mon Tue Wed Thu Fri Sat Sun'.split()
_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()
# What of the environment of a process comes from a request.
_OF_REQUEST = frozenset('SCRIPT_NAME PATH_INFO QUERY_STRING REQUEST_METHOD AUTH_TYPE CONTENT_TYPE CONTENT_LENGTH HTTPS '
                        'REMOTE_USER REMOTE_IDENT'.split())


def format_date_time(timestamp):
    """A moment as HTTP headers show it, whatever the locale is."""
    moment = time.gmtime(timestamp)
    return time.strftime(f'{_DAYS[moment.tm_wday]}, %d {_MONTHS[moment.tm_mon - 1]} %Y %H:%M:%S GMT', moment)


def read_environ():
    """os.environ as WSGI wants it: bytes that came from the request, as characters of Latin-1."""
    encoding = sys.getfilesystemencoding()
    shown = {}
    for name, value in os.environ.items():
        if name in _OF_REQUEST or name.startswith(('HTTP_', 'SSL_', 'REDIRECT_')):
            value = str(value.encode(encoding, 'surrogateescape'), 'iso-8859-1')
        shown[name] = value
    return shown


class BaseHandler:
    """One run of an application. Subclasses say where input comes from and where output goes."""

    # What the application is told about the server.
    wsgi_version = 1, 0
    wsgi_multithread = wsgi_multiprocess = True
    wsgi_run_once = False
    os_environ = read_environ()
    wsgi_file_wrapper = FileWrapper
    headers_class = Headers

    # How answers begin: as a whole HTTP response, or as what a CGI script prints.
    origin_server = True
    http_version, server_software = '1.0', None

    # What is sent when the application fails.
    error_status = '500 Internal Server Error'
    error_headers = [('Content-Type', 'text/plain')]
    error_body = b'A server error occurred.  Please contact the administrator.'
    traceback_limit = None

    # How far the request has come.
    status = headers = result = None
    headers_sent, bytes_sent = False, 0

    def run(self, application):
        """Call the application and send what it answers. Errors are logged, and become an error response."""
        try:
            self.setup_environ()
            self.result = application(self.environ, self.start_response)
            self.finish_response()
        except (BrokenPipeError, ConnectionAbortedError, ConnectionResetError):
            # The client went away: there is nobody to tell.
            pass
        except:
            try:
                self.handle_error()
            except:
                # Even that failed; whatever runs the server is to know.
                self.close()
                raise

    # --- what the application gets ---

    def setup_environ(self):
        """Make the environment of this request."""
        self.environ = environ = {**self.os_environ}
        self.add_cgi_vars()
        environ.update({'wsgi.version': self.wsgi_version, 'wsgi.url_scheme': self.get_scheme(),
                        'wsgi.input': self.get_stdin(), 'wsgi.errors': self.get_stderr(),
                        **{f'wsgi.{name}': getattr(self, f'wsgi_{name}')
                           for name in ('multithread', 'multiprocess', 'run_once')}})
        if self.wsgi_file_wrapper is not None:
            environ['wsgi.file_wrapper'] = self.wsgi_file_wrapper
        if self.server_software and self.origin_server:
            environ.setdefault('SERVER_SOFTWARE', self.server_software)

    def get_scheme(self):
        return guess_scheme(self.environ)

    def start_response(self, status, headers, exc_info=None):
        """What the application calls with its status and headers. With `exc_info` it may call a second time."""
        if not exc_info:
            if self.headers is not None:
                raise AssertionError('Headers already set!')
        elif self.headers_sent:
            try:
                raise exc_info[1].with_traceback(exc_info[2])
            finally:
                # The frame would be in its own traceback.
                del exc_info
        self.status, self.headers = status, self.headers_class(headers)
        self._convert_string_type(status, 'Status')
        assert len(status) >= 4, 'Status must be at least 4 characters'
        assert status[:3].isdigit(), 'Status message must begin w/3-digit code'
        assert status[3] == ' ', 'Status message must have a space after code'
        if __debug__:
            for name, value in headers:
                self._convert_string_type(name, 'Header name')
                self._convert_string_type(value, 'Header value')
                assert not is_hop_by_hop(name), f"Hop-by-hop header, '{name}: {value}', not allowed"
        return self.write

    def _convert_string_type(self, value, title):
        if type(value) is not str:
            raise AssertionError(f'{title} must be of type str (got {value!r})')
        return value

    # --- the answer ---

    def finish_response(self):
        """Send the body, and close it whatever happens."""
        try:
            sent = self.result_is_file() and self.sendfile()
            if not sent:
                for block in self.result:
                    self.write(block)
                self.finish_content()
        except:
            # The rest of the state is needed for the error page.
            getattr(self.result, 'close', _nothing)()
            raise
        self.close()

    def write(self, data):
        """Send a block of the body; before the first one, the headers."""
        assert type(data) is bytes, 'write() argument must be a bytes instance'
        if not self.status:
            raise AssertionError('write() before start_response()')
        # The headers may want to tell how much there is.
        self.bytes_sent = len(data) + (self.bytes_sent if self.headers_sent else 0)
        if not self.headers_sent:
            self.send_headers()
        self._write(data)
        self._flush()

    def sendfile(self):
        """For subclasses that can send a file faster; True when it was sent."""
        return False

    def result_is_file(self):
        """Whether the application answered with the server's own file wrapper."""
        kind = self.wsgi_file_wrapper
        return kind is not None and isinstance(self.result, kind)

    def finish_content(self):
        """The body is complete: send the headers if no block did, and a body of nothing."""
        if self.headers_sent:
            return
        self.headers.setdefault('Content-Length', '0')
        self.send_headers()

    def cleanup_headers(self):
        """Last changes to the headers before they go."""
        if 'Content-Length' not in self.headers:
            self.set_content_length()

    def set_content_length(self):
        """The length of the body, where it is known: when it comes in one block."""
        try:
            is_all = len(self.result) == 1
        except (AttributeError, NotImplementedError, TypeError):
            return
        if is_all:
            self.headers['Content-Length'] = str(self.bytes_sent)

    def send_headers(self):
        self.cleanup_headers()
        self.headers_sent = True
        if self.client_is_modern() or not self.origin_server:
            self.send_preamble()
            self._write(bytes(self.headers))

    def send_preamble(self):
        """What stands before the headers: the status line, or the Status header of CGI."""
        lines = []
        if not self.origin_server:
            lines.append(f'Status: {self.status}')
        elif self.client_is_modern():
            lines.append(f'HTTP/{self.http_version} {self.status}')
            if 'Date' not in self.headers:
                lines.append(f'Date: {format_date_time(time.time())}')
            if self.server_software and 'Server' not in self.headers:
                lines.append(f'Server: {self.server_software}')
        for line in lines:
            self._write(f'{line}\r\n'.encode('iso-8859-1'))

    def client_is_modern(self):
        """False for HTTP 0.9, which has no headers."""
        return not self.environ['SERVER_PROTOCOL'].upper() == 'HTTP/0.9'

    def close(self):
        """The request is over."""
        try:
            getattr(self.result, 'close', _nothing)()
        finally:
            self.headers_sent, self.bytes_sent = False, 0
            self.result = self.headers = self.status = self.environ = None

    # --- errors ---

    def handle_error(self):
        """Log the exception, and send an error page if nothing was sent yet."""
        self.log_exception(sys.exc_info())
        if self.headers_sent:
            return
        self.result = self.error_output(self.environ, self.start_response)
        self.finish_response()

    def log_exception(self, exc_info):
        """Print the traceback where errors go."""
        try:
            from traceback import print_exception
            errors = self.get_stderr()
            print_exception(*exc_info, limit=self.traceback_limit, file=errors)
            errors.flush()
        finally:
            del exc_info

    def error_output(self, environ, start_response):
        """The application that answers when the real one failed."""
        start_response(self.error_status, [*self.error_headers], sys.exc_info())
        return [self.error_body]

    # --- what subclasses define ---

    def _write(self, data):
        """Send bytes; they may be kept until _flush()."""
        raise NotImplementedError

    def _flush(self):
        raise NotImplementedError

    def get_stdin(self):
        raise NotImplementedError

    def get_stderr(self):
        raise NotImplementedError

    def add_cgi_vars(self):
        """Put into self.environ what is known about the request."""
        raise NotImplementedError


def _nothing():
    pass


class SimpleHandler(BaseHandler):
    """A handler with given streams and a given environment."""

    def __init__(self, stdin, stdout, stderr, environ, multithread=True, multiprocess=False):
        self.base_env = environ
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.wsgi_multithread, self.wsgi_multiprocess = multithread, multiprocess

    def get_stdin(self):
        return self.stdin

    def get_stderr(self):
        return self.stderr

    def add_cgi_vars(self):
        self.environ |= self.base_env

    def _write(self, data):
        size = self.stdout.write(data)
        if size in (None, len(data)):
            return
        import warnings
        warnings.warn('SimpleHandler.stdout.write() should not do partial writes', DeprecationWarning)
        while data := data[size:]:
            size = self.stdout.write(data)

    def _flush(self):
        self.stdout.flush()
        # From now on without a detour.
        self._flush = self.stdout.flush


class BaseCGIHandler(SimpleHandler):
    """For servers that speak CGI in one way or another."""

    origin_server = False


class _OfProcess(BaseCGIHandler):
    """For a process that serves one request: its streams, its environment."""

    wsgi_run_once, os_environ = True, {}

    def __init__(self):
        super().__init__(sys.stdin.buffer, sys.stdout.buffer, sys.stderr, self._environ(), False, True)

    def _environ(self):
        return read_environ()


class CGIHandler(_OfProcess):
    """Runs an application as a CGI script of this process: CGIHandler().run(application)."""


class IISCGIHandler(_OfProcess):
    """The same for Microsoft's server, whose PATH_INFO repeats SCRIPT_NAME."""

    def _environ(self):
        environ = read_environ()
        script, path = (environ.get(name, '') for name in ('SCRIPT_NAME', 'PATH_INFO'))
        if f'{path}/'.startswith(f'{script}/'):
            environ['PATH_INFO'] = path.removeprefix(script)
        return environ
