"""A WSGI server on http.server, for trying applications out: one request at a time, no more than HTTP/1.0."""
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer
from platform import python_implementation

from wsgiref.handlers import SimpleHandler

__version__ = '0.2'
__all__ = ['WSGIServer', 'WSGIRequestHandler', 'demo_app', 'make_server']

server_version = f'WSGIServer/{__version__}'
sys_version = f'{python_implementation()}/{sys.version.split()[0]}'
software_version = f'{server_version} {sys_version}'
_LONGEST_LINE = 65536


class ServerHandler(SimpleHandler):
    """Runs the application for one request, and logs it."""

    server_software = software_version

    def close(self):
        code, _, _ = self.status.partition(' ')
        try:
            self.request_handler.log_request(code, self.bytes_sent)
        finally:
            super().close()


class WSGIServer(HTTPServer):
    """An HTTP server with an application."""

    application = None

    def server_bind(self):
        super().server_bind()
        self.setup_environ()

    def setup_environ(self):
        """What the environment of every request begins with."""
        unknown = dict.fromkeys(('REMOTE_HOST', 'CONTENT_LENGTH', 'SCRIPT_NAME'), '')
        self.base_environ = {'GATEWAY_INTERFACE': 'CGI/1.1', 'SERVER_NAME': self.server_name,
                             'SERVER_PORT': str(self.server_port), **unknown}

    def set_app(self, application):
        self.application = application

    def get_app(self):
        return self.application


class WSGIRequestHandler(BaseHTTPRequestHandler):
    """Makes the environment of a request, and runs the application with it."""

    server_version = server_version

    def get_environ(self):
        path, _, query = self.path.partition('?')
        peer, host = self.client_address[0], self.address_string()
        environ = {
            **self.server.base_environ,
            'SERVER_PROTOCOL': self.request_version, 'SERVER_SOFTWARE': self.server_version,
            'REQUEST_METHOD': self.command, 'QUERY_STRING': query,
            'PATH_INFO': urllib.parse.unquote(path, 'iso-8859-1'), 'REMOTE_ADDR': peer,
            'CONTENT_TYPE': self.headers['content-type'] or self.headers.get_content_type(),
        }
        if host != peer:
            environ['REMOTE_HOST'] = host
        if self.headers['content-length']:
            environ['CONTENT_LENGTH'] = self.headers['content-length']
        # A header may occur several times.
        others = {}
        for name, value in self.headers.items():
            key = name.upper().replace('-', '_')
            if key not in environ:
                others.setdefault(f'HTTP_{key}', []).append(value.strip())
        return environ | {key: ','.join(values) for key, values in others.items()}

    def get_stderr(self):
        return sys.stderr

    def handle(self):
        """Serve one request."""
        self.raw_requestline = line = self.rfile.readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            self.command = self.request_version = self.requestline = ''
            self.send_error(414)
        elif self.parse_request():
            run = ServerHandler(self.rfile, self.wfile, self.get_stderr(), self.get_environ(), multithread=False)
            run.request_handler = self
            run.run(self.server.get_app())


def demo_app(environ, start_response):
    """An application that shows its environment."""
    lines = ['Hello world!', '', *(f'{key} = {value!r}' for key, value in sorted(environ.items())), '']
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return ['\n'.join(lines).encode('utf-8')]


def make_server(host, port, app, server_class=WSGIServer, handler_class=WSGIRequestHandler):
    """A server that runs the application for every request to host:port."""
    server = server_class((host, port), handler_class)
    server.set_app(app)
    return server


if __name__ == '__main__':
    with make_server('', 8000, demo_app) as httpd:
        host, port, *_ = httpd.socket.getsockname()
        print('Serving HTTP on', host, 'port', port, '...')
        import webbrowser
        webbrowser.open('http://localhost:8000/xyz?abc')
        httpd.handle_request()
