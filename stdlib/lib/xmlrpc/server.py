"""The server's side of XML-RPC: functions and objects that clients may call, over HTTP or as a CGI script."""
import html
import http.server
import inspect
import os
import re
import socketserver
import sys
import traceback
from functools import partial
from http.server import BaseHTTPRequestHandler
from xmlrpc.client import Fault, dumps, gzip_decode, gzip_encode, loads


def resolve_dotted_attribute(obj, attr, allow_dotted_names=True):
    """An attribute of attributes; what begins with an underscore is nobody's business."""
    for name in attr.split('.') if allow_dotted_names else [attr]:
        if name.startswith('_'):
            raise AttributeError(f'attempt to access private attribute "{name}"')
        obj = getattr(obj, name)
    return obj


def list_public_methods(obj):
    """The names of what can be called and does not begin with an underscore."""
    return [name for name in dir(obj) if not name.startswith('_') and callable(getattr(obj, name))]


class SimpleXMLRPCDispatcher:
    """Functions by name, and perhaps an object whose methods can be called."""

    def __init__(self, allow_none=False, encoding=None, use_builtin_types=False):
        self.funcs, self.instance = {}, None
        self.allow_none, self.encoding = allow_none, encoding or 'utf-8'
        self.use_builtin_types = use_builtin_types

    def register_instance(self, instance, allow_dotted_names=False):
        """Let clients call the methods of an object; with dotted names they may reach more than one thinks."""
        self.instance, self.allow_dotted_names = instance, allow_dotted_names

    def register_function(self, function=None, name=None):
        """Let clients call a function, by its own name or another; also a decorator."""
        if function is None:
            return partial(self.register_function, name=name)
        self.funcs[function.__name__ if name is None else name] = function
        return function

    def register_introspection_functions(self):
        """Let clients ask what there is."""
        self.funcs.update({'system.listMethods': self.system_listMethods,
                           'system.methodSignature': self.system_methodSignature,
                           'system.methodHelp': self.system_methodHelp})

    def register_multicall_functions(self):
        """Let clients make several calls at once."""
        self.funcs['system.multicall'] = self.system_multicall

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        """The XML of the answer to the XML of a call; whatever goes wrong becomes a fault."""
        try:
            params, method = loads(data, use_builtin_types=self.use_builtin_types)
            result = (dispatch_method or self._dispatch)(method, params)
            answer = dumps((result,), methodresponse=True, allow_none=self.allow_none, encoding=self.encoding)
        except Fault as fault:
            answer = dumps(fault, allow_none=self.allow_none, encoding=self.encoding)
        except BaseException as problem:
            answer = dumps(_fault_of(problem), encoding=self.encoding, allow_none=self.allow_none)
        return answer.encode(self.encoding, 'xmlcharrefreplace')

    def system_listMethods(self):
        """The names of the methods of this server."""
        names = set(self.funcs)
        if self.instance is not None:
            if hasattr(self.instance, '_listMethods'):
                names |= set(self.instance._listMethods())
            elif not hasattr(self.instance, '_dispatch'):
                names |= set(list_public_methods(self.instance))
        return sorted(names)

    def system_methodSignature(self, method_name):
        """What a method takes; this server does not know."""
        return 'signatures not supported'

    def _method_named(self, name):
        """A function or method; None if there is none of that name."""
        if name in self.funcs:
            return self.funcs[name]
        if self.instance is None or hasattr(self.instance, '_dispatch'):
            return None
        try:
            return resolve_dotted_attribute(self.instance, name, self.allow_dotted_names)
        except AttributeError:
            return None

    def system_methodHelp(self, method_name):
        """What a method says about itself."""
        if method_name not in self.funcs and hasattr(self.instance, '_methodHelp'):
            return self.instance._methodHelp(method_name)
        method = self._method_named(method_name)
        return '' if method is None else inspect.getdoc(method) or ''

    def system_multicall(self, call_list):
        """The results of several calls: each in a list, or the dict of a fault."""
        results = []
        for call in call_list:
            try:
                results.append([self._dispatch(call['methodName'], call['params'])])
                continue
            except Fault as fault:
                problem = fault
            except BaseException as error:
                problem = _fault_of(error)
            results.append({'faultCode': problem.faultCode, 'faultString': problem.faultString})
        return results

    def _dispatch(self, method, params):
        """Call a function, or what the object has of that name."""
        if method in self.funcs:
            function = self.funcs[method]
            if function is None:
                raise Exception(f'method "{method}" is not supported')
            return function(*params)
        if hasattr(self.instance, '_dispatch'):
            return self.instance._dispatch(method, params)
        function = self._method_named(method)
        if function is None:
            raise Exception(f'method "{method}" is not supported')
        return function(*params)


def _fault_of(problem):
    return Fault(1, f'{type(problem)}:{problem}')


class SimpleXMLRPCRequestHandler(BaseHTTPRequestHandler):
    """Takes calls by POST."""

    rpc_paths = ('/', '/RPC2', '/pydoc.css')
    encode_threshold = 1400  # shorter answers are not compressed
    wbufsize = -1
    disable_nagle_algorithm = True
    aepattern = re.compile(r'\s*([^\s;]+)\s*(;\s*q\s*=\s*([0-9.]+))?', re.IGNORECASE)

    def accept_encodings(self):
        """How much the client likes which encodings."""
        wanted = (self.aepattern.match(part) for part in self.headers.get('Accept-Encoding', '').split(','))
        return {match[1]: float(match[3] or 1.0) for match in wanted if match}

    def is_rpc_path_valid(self):
        return self.path in self.rpc_paths if self.rpc_paths else True

    def do_POST(self):
        if not self.is_rpc_path_valid():
            self.report_404()
            return
        try:
            data = self.decode_request_content(self._body())
            if data is None:  # an error has been answered
                return
            answer = self.server._marshaled_dispatch(data, getattr(self, '_dispatch', None), self.path)
        except Exception as problem:  # in this library, not in what was called
            self._report_failure(problem)
            return
        self.send_response(200)
        self.send_header('Content-type', 'text/xml')
        if self.encode_threshold is not None and len(answer) > self.encode_threshold:
            if self.accept_encodings().get('gzip', 0):
                answer = gzip_encode(answer)
                self.send_header('Content-Encoding', 'gzip')
        self.send_header('Content-length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _body(self):
        """What the client sent; pieces of at most ten megabytes, for a length may be a lie."""
        left, pieces = int(self.headers['content-length']), []
        while left:
            piece = self.rfile.read(min(left, 10 * 1024 * 1024))
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
        return b''.join(pieces)

    def _report_failure(self, problem):
        self.send_response(500)
        if getattr(self.server, '_send_traceback_header', False):
            self.send_header('X-exception', str(problem))
            trace = str(traceback.format_exc().encode('ASCII', 'backslashreplace'), 'ASCII')
            self.send_header('X-traceback', trace)
        self.send_header('Content-length', '0')
        self.end_headers()

    def decode_request_content(self, data):
        """What was sent, unpacked; None after an error has been answered."""
        encoding = self.headers.get('content-encoding', 'identity').lower()
        if encoding == 'identity':
            return data
        if encoding == 'gzip':
            try:
                return gzip_decode(data)
            except NotImplementedError:
                self.send_response(501, f'encoding {encoding!r} not supported')
            except ValueError:
                self.send_response(400, 'error decoding gzip content')
        else:
            self.send_response(501, f'encoding {encoding!r} not supported')
        self.send_header('Content-length', '0')
        self.end_headers()
        return None

    def report_404(self):
        self.send_response(404)
        answer = b'No such page'
        self.send_header('Content-type', 'text/plain')
        self.send_header('Content-length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_request(self, code='-', size='-'):
        if self.server.logRequests:
            super().log_request(code, size)


class SimpleXMLRPCServer(socketserver.TCPServer, SimpleXMLRPCDispatcher):
    """A server of calls."""

    allow_reuse_address = True
    _send_traceback_header = False  # what went wrong inside is not for everybody

    def __init__(self, addr, requestHandler=SimpleXMLRPCRequestHandler, logRequests=True, allow_none=False,
                 encoding=None, bind_and_activate=True, use_builtin_types=False):
        self.logRequests = logRequests
        SimpleXMLRPCDispatcher.__init__(self, allow_none, encoding, use_builtin_types)
        socketserver.TCPServer.__init__(self, addr, requestHandler, bind_and_activate)


class MultiPathXMLRPCServer(SimpleXMLRPCServer):
    """A server with another dispatcher for each path."""

    def __init__(self, addr, requestHandler=SimpleXMLRPCRequestHandler, logRequests=True, allow_none=False,
                 encoding=None, bind_and_activate=True, use_builtin_types=False):
        super().__init__(addr, requestHandler, logRequests, allow_none, encoding, bind_and_activate, use_builtin_types)
        self.dispatchers = {}

    def add_dispatcher(self, path, dispatcher):
        self.dispatchers[path] = dispatcher
        return dispatcher

    def get_dispatcher(self, path):
        return self.dispatchers[path]

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        try:
            return self.dispatchers[path]._marshaled_dispatch(data, dispatch_method, path)
        except BaseException as problem:
            answer = dumps(_fault_of(problem), encoding=self.encoding, allow_none=self.allow_none)
            return answer.encode(self.encoding, 'xmlcharrefreplace')


class CGIXMLRPCRequestHandler(SimpleXMLRPCDispatcher):
    """Answers the call that a CGI script is run for."""

    def _print(self, headers, content):
        for header in headers:
            print(header)
        print()
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()

    def handle_xmlrpc(self, request_text):
        answer = self._marshaled_dispatch(request_text)
        self._print(('Content-Type: text/xml', f'Content-Length: {len(answer)}'), answer)

    def handle_get(self):
        """Say that only calls are answered."""
        words, explanation = BaseHTTPRequestHandler.responses[400]
        page = http.server.DEFAULT_ERROR_MESSAGE % {'code': 400, 'message': words, 'explain': explanation}
        page = page.encode('utf-8')
        self._print((f'Status: 400 {words}', f'Content-Type: {http.server.DEFAULT_ERROR_CONTENT_TYPE}',
                     f'Content-Length: {len(page)}'), page)

    def handle_request(self, request_text=None):
        """Answer the call on standard input, or one that is given."""
        if request_text is None and os.environ.get('REQUEST_METHOD', None) == 'GET':
            self.handle_get()
            return
        if request_text is None:
            try:
                length = int(os.environ.get('CONTENT_LENGTH', None))
            except (ValueError, TypeError):
                length = -1
            request_text = sys.stdin.read(length)
        self.handle_xmlrpc(request_text)


class XMLRPCDocGenerator:
    """Makes a page about the methods of a server."""

    def __init__(self):
        self.server_name = 'XML-RPC Server Documentation'
        self.server_documentation = ('This server exports the following methods through the XML-RPC protocol.')
        self.server_title = 'XML-RPC Server Documentation'

    def set_server_title(self, server_title):
        self.server_title = server_title

    def set_server_name(self, server_name):
        self.server_name = server_name

    def set_server_documentation(self, server_documentation):
        self.server_documentation = server_documentation

    def generate_html_documentation(self):
        """The page."""
        parts = []
        for name in self.system_listMethods():
            method = self._method_named(name)
            shape, words = '(...)', self.system_methodHelp(name)
            if method is not None:
                try:
                    shape = str(inspect.signature(method))
                except (TypeError, ValueError):
                    pass
            parts.append(f'<dl><dt><a name="{html.escape(name)}"><strong>{html.escape(name)}</strong></a>'
                         f'{html.escape(shape)}</dt><dd><pre>{html.escape(words)}</pre></dd></dl>')
        return ('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
                f'<title>Python: {html.escape(self.server_title)}</title>\n</head><body>\n'
                f'<h1>{html.escape(self.server_name)}</h1>\n<p>{html.escape(self.server_documentation)}</p>\n'
                '<h2>Methods</h2>\n' + '\n'.join(parts) + '\n</body></html>')


class DocXMLRPCRequestHandler(SimpleXMLRPCRequestHandler):
    """Takes calls by POST and shows the page by GET."""

    def do_GET(self):
        if not self.is_rpc_path_valid():
            self.report_404()
            return
        page = self.server.generate_html_documentation().encode('utf-8')
        self.send_response(200)
        self.send_header('Content-Type', 'text/html; charset=UTF-8')
        self.send_header('Content-length', str(len(page)))
        self.end_headers()
        self.wfile.write(page)


class DocXMLRPCServer(SimpleXMLRPCServer, XMLRPCDocGenerator):
    """A server of calls that has a page about itself."""

    def __init__(self, addr, requestHandler=DocXMLRPCRequestHandler, logRequests=True, allow_none=False,
                 encoding=None, bind_and_activate=True, use_builtin_types=False):
        super().__init__(addr, requestHandler, logRequests, allow_none, encoding, bind_and_activate, use_builtin_types)
        XMLRPCDocGenerator.__init__(self)


class DocCGIXMLRPCRequestHandler(CGIXMLRPCRequestHandler, XMLRPCDocGenerator):
    """A CGI script that has a page about itself."""

    def __init__(self):
        CGIXMLRPCRequestHandler.__init__(self)
        XMLRPCDocGenerator.__init__(self)

    def handle_get(self):
        page = self.generate_html_documentation().encode('utf-8')
        self._print(('Content-Type: text/html', f'Content-Length: {len(page)}'), page)


if __name__ == '__main__':
    import datetime

    class _Example:
        """Methods to try the server with."""

        def getData(self):
            return '42'

        class currentTime:
            @staticmethod
            def getCurrentTime():
                return datetime.datetime.now()

    with SimpleXMLRPCServer(('localhost', 8000)) as _server:
        _server.register_function(pow)
        _server.register_function(lambda x, y: x + y, 'add')
        _server.register_instance(_Example(), allow_dotted_names=True)
        _server.register_multicall_functions()
        print('Serving XML-RPC on localhost port 8000')
        print('It is advisable to run this example server within a secure, closed network.')
        try:
            _server.serve_forever()
        except KeyboardInterrupt:
            print('\nKeyboard interrupt received, exiting.')
            sys.exit(0)
