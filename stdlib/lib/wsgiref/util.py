"""What servers and applications both want of a WSGI environment."""
import posixpath

__all__ = ['FileWrapper', 'guess_scheme', 'application_uri', 'request_uri', 'shift_path_info', 'setup_testing_defaults']

_HOP_BY_HOP = frozenset({'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailers',
                         'transfer-encoding', 'upgrade'})
_USUAL_PORTS = {'http': '80', 'https': '443'}


class FileWrapper:
    """An iterator over the blocks of a file."""

    def __init__(self, filelike, blksize=8192):
        self.filelike = filelike
        self.blksize = blksize
        if hasattr(filelike, 'close'):
            self.close = filelike.close

    def __iter__(self):
        return self

    def __next__(self):
        block = self.filelike.read(self.blksize)
        if not block:
            raise StopIteration
        return block


def guess_scheme(environ):
    """'https' if the environment says so, else 'http'."""
    return 'https' if environ.get('HTTPS') in ('yes', 'on', '1') else 'http'


def application_uri(environ):
    """The address of the application: no PATH_INFO, no query."""
    from urllib.parse import quote
    scheme = environ['wsgi.url_scheme']
    host = environ.get('HTTP_HOST')
    if not host:
        host, port = environ['SERVER_NAME'], environ['SERVER_PORT']
        if port != _USUAL_PORTS.get(scheme, '80'):
            host += ':' + port
    return f'{scheme}://{host}' + quote(environ.get('SCRIPT_NAME') or '/', encoding='latin1')


def request_uri(environ, include_query=True):
    """The whole address of the request."""
    from urllib.parse import quote
    path = quote(environ.get('PATH_INFO', ''), safe='/;=,', encoding='latin1')
    address = application_uri(environ)
    address += path if environ.get('SCRIPT_NAME') else path[1:]
    if include_query and environ.get('QUERY_STRING'):
        address += '?' + environ['QUERY_STRING']
    return address


def shift_path_info(environ):
    """Moves one name from PATH_INFO to SCRIPT_NAME, and returns it; None when there is none left.

    Empty names and single dots are passed over; a slash at the end gives an empty name at last.
    """
    path = environ.get('PATH_INFO', '')
    if not path:
        return None
    names = path.split('/')
    names[1:-1] = [name for name in names[1:-1] if name and name != '.']
    shifted = names.pop(1)
    script = environ.get('SCRIPT_NAME', '')
    above = posixpath.normpath(script + '/' + shifted)
    if above.endswith('/') and not shifted:
        above = above[:-1]
    if not shifted and not above.endswith('/'):
        above += '/'
    environ['SCRIPT_NAME'] = above
    environ['PATH_INFO'] = '/'.join(names)
    # A dot is not worth a name: at the end of a path it stands for the folder itself.
    return None if shifted == '.' else shifted


def setup_testing_defaults(environ):
    """Puts into the environment what an application needs to run without a server, unless it is there."""
    from io import BytesIO, StringIO
    defaults = {'SERVER_NAME': '127.0.0.1', 'SERVER_PROTOCOL': 'HTTP/1.0', 'REQUEST_METHOD': 'GET'}
    for name, value in defaults.items():
        environ.setdefault(name, value)
    environ.setdefault('HTTP_HOST', environ['SERVER_NAME'])
    if 'SCRIPT_NAME' not in environ and 'PATH_INFO' not in environ:
        environ['SCRIPT_NAME'], environ['PATH_INFO'] = '', '/'
    environ.setdefault('SCRIPT_NAME', '')
    environ.setdefault('PATH_INFO', '')
    environ.setdefault('wsgi.version', (1, 0))
    for name in ('wsgi.run_once', 'wsgi.multithread', 'wsgi.multiprocess'):
        environ.setdefault(name, 0)
    environ.setdefault('wsgi.input', BytesIO())
    environ.setdefault('wsgi.errors', StringIO())
    environ.setdefault('wsgi.url_scheme', guess_scheme(environ))
    environ.setdefault('SERVER_PORT', _USUAL_PORTS.get(environ['wsgi.url_scheme'], '80'))


def is_hop_by_hop(header_name):
    """True for headers that are about one connection and not about the response."""
    return header_name.lower() in _HOP_BY_HOP
