"""Opening URLs: http, file and data. Redirections are followed, error statuses raised.

An opener is a list of handlers. A handler opens URLs of a scheme by <scheme>_open and may change requests and answers by
<scheme>_request and <scheme>_response.
"""
import http.client
import io
import mimetypes
import os
import socket
import sys
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit, urlunsplit
from http._headers import HTTPMessage

__all__ = ['Request', 'OpenerDirector', 'BaseHandler', 'HTTPDefaultErrorHandler', 'HTTPRedirectHandler', 'HTTPHandler',
           'FileHandler', 'DataHandler', 'UnknownHandler', 'HTTPErrorProcessor', 'urlopen', 'install_opener',
           'build_opener', 'pathname2url', 'url2pathname', 'urlretrieve', 'urlcleanup']

__version__ = '%d.%d' % sys.version_info[:2]
_opener = None


def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, cafile=None, capath=None, cadefault=False,
            context=None):
    """Open a URL, text or Request: an answer that can be read as a file. `context` is the SSLContext for https."""
    global _opener
    if cafile or capath or cadefault:
        import ssl
        import warnings
        warnings.warn('cafile, capath and cadefault are deprecated, use a custom context instead.', DeprecationWarning, 2)
        if context is not None:
            raise ValueError("You can't pass both context and any of cafile, capath, and cadefault")
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=cafile, capath=capath)
        context.set_alpn_protocols(['http/1.1'])
    if context is not None:
        return build_opener(HTTPSHandler(context=context)).open(url, data, timeout)
    if _opener is None:
        _opener = build_opener()
    return _opener.open(url, data, timeout)


def install_opener(opener):
    """The opener that urlopen() uses from now on."""
    global _opener
    _opener = opener


class Request:
    """What is asked of a server."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.headers = {}
        self.unredirected_hdrs = {}
        self._data = None
        self.data = data
        for name, value in headers.items():
            self.add_header(name, value)
        self.origin_req_host = self.host if origin_req_host is None else origin_req_host
        self.unverifiable = unverifiable
        self.timeout = socket._GLOBAL_DEFAULT_TIMEOUT
        if method:
            self.method = method

    @property
    def full_url(self):
        return f'{self._full_url}#{self.fragment}' if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        url = url.strip()
        if url[:5].lower() == 'url:':
            url = url[4:]
        self._full_url, _, fragment = url.partition('#')
        self.fragment = fragment or None
        scheme, colon, rest = self._full_url.partition(':')
        if not colon or not scheme[:1].isalpha():
            raise ValueError('unknown url type: %r' % self.full_url)
        self.type = scheme.lower()
        self.host = None
        self.selector = rest
        if rest.startswith('//'):
            authority, slash, selector = rest[2:].partition('/')
            if '?' in authority:
                authority, _, query = authority.partition('?')
                selector, slash = '?' + query + slash + selector, '/'
            self.host = unquote(authority)
            self.selector = slash + selector
        self._is_proxied = False

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, data):
        if data != self._data:
            self._data = data
            self.remove_header('Content-length')

    def get_method(self):
        """The method: GET, with data POST, unless one was given."""
        return getattr(self, 'method', 'GET' if self.data is None else 'POST')

    def get_full_url(self):
        return self.full_url

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        self.headers.pop(header_name, None)
        self.unredirected_hdrs.pop(header_name, None)

    def header_items(self):
        return list({**self.unredirected_hdrs, **self.headers}.items())

    def has_proxy(self):
        return self._is_proxied


class OpenerDirector:
    """Opens URLs by its handlers."""

    def __init__(self):
        self.addheaders = [('User-agent', 'Python-urllib/%s' % __version__)]
        self.handlers = []

    def add_handler(self, handler):
        """Add a handler, in its order."""
        if not hasattr(handler, 'add_parent'):
            raise TypeError('expected BaseHandler instance, got %r' % type(handler))
        self.handlers.append(handler)
        self.handlers.sort(key=lambda one: one.handler_order)
        handler.add_parent(self)

    def close(self):
        pass

    def open(self, fullurl, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Open a URL or Request."""
        request = fullurl
        if isinstance(fullurl, str):
            request = Request(fullurl, data)
        elif data is not None:
            request.data = data
        request.timeout = timeout
        for handler in self.handlers:
            change = getattr(handler, request.type + '_request', None)
            if change:
                request = change(request)
        answer = self._open(request)
        for handler in self.handlers:
            change = getattr(handler, request.type + '_response', None)
            if change:
                answer = change(request, answer)
        return answer

    def _first(self, name, *args):
        for handler in self.handlers:
            method = getattr(handler, name, None)
            if method:
                result = method(*args)
                if result is not None:
                    return result
        return None

    def _open(self, request):
        for name in ('default_open', request.type + '_open', 'unknown_open'):
            result = self._first(name, request)
            if result is not None:
                return result
        return None

    def error(self, proto, *args):
        """An answer has an error status: what the handlers make of it."""
        if proto in ('http', 'https'):
            result = self._first('http_error_%s' % args[2], *args)
            if result is not None:
                return result
            return self._first('http_error_default', *args)
        return self._first(proto + '_error', *args)


def build_opener(*handlers):
    """An opener with the usual handlers and those given, classes or objects, in place of the ones they derive from."""
    opener = OpenerDirector()
    classes = [UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FileHandler, HTTPErrorProcessor,
               DataHandler]
    if hasattr(http.client, 'HTTPSConnection'):
        classes.append(HTTPSHandler)
    for handler in handlers:
        kind = handler if isinstance(handler, type) else type(handler)
        classes = [one for one in classes if not issubclass(kind, one)]
    for one in (*classes, *handlers):
        opener.add_handler(one() if isinstance(one, type) else one)
    return opener


class BaseHandler:
    handler_order = 500

    def add_parent(self, parent):
        self.parent = parent

    def close(self):
        pass


class HTTPErrorProcessor(BaseHandler):
    """Hands answers with an error status to the opener's error()."""

    handler_order = 1000

    def http_response(self, request, response):
        if not 200 <= response.status < 300:
            response = self.parent.error('http', request, response, response.status, response.msg, response.headers)
        return response

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    def http_error_default(self, req, fp, code, msg, hdrs):
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    """Follows redirections."""

    max_repeats = 4
    max_redirections = 10
    inf_msg = 'The HTTP server returned a redirect error that would lead to an infinite loop.\nThe last 30x error message was:\n'

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        """The request to make instead."""
        method = req.get_method()
        if not (code in (301, 302, 303, 307, 308) and method in ('GET', 'HEAD') or
                code in (301, 302, 303) and method == 'POST'):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        kept = {name: value for name, value in req.headers.items()
                if name.lower() not in ('content-length', 'content-type')}
        return Request(newurl.replace(' ', '%20'), headers=kept, method='HEAD' if method == 'HEAD' else 'GET',
                       origin_req_host=req.origin_req_host, unverifiable=True)

    def http_error_302(self, req, fp, code, msg, headers):
        target = headers.get('location') or headers.get('uri')
        if not target:
            return None
        target = urljoin(req.full_url, target)
        if urlsplit(target).scheme not in ('http', 'https', 'ftp', ''):
            raise HTTPError(target, code, f"{msg} - Redirection to url '{target}' is not allowed", headers, fp)
        new = self.redirect_request(req, fp, code, msg, headers, quote(target, safe="%/:=&?~#+!$,;'@()*[]"))
        if new is None:
            return None
        visited = new.redirect_dict = getattr(req, 'redirect_dict', {})
        if visited.get(target, 0) >= self.max_repeats or len(visited) >= self.max_redirections:
            raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        visited[target] = visited.get(target, 0) + 1
        fp.read()
        fp.close()
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class AbstractHTTPHandler(BaseHandler):
    def do_request_(self, request):
        """Add the headers that are missing."""
        if not request.host:
            raise URLError('no host given')
        if request.data is not None:
            if isinstance(request.data, str):
                raise TypeError('POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type '
                                'str.')
            if not request.has_header('Content-type'):
                request.add_unredirected_header('Content-type', 'application/x-www-form-urlencoded')
            if not request.has_header('Content-length') and not request.has_header('Transfer-encoding'):
                if isinstance(request.data, (bytes, bytearray, memoryview)):
                    request.add_unredirected_header('Content-length', '%d' % memoryview(request.data).nbytes)
                else:
                    request.add_unredirected_header('Transfer-encoding', 'chunked')
        if not request.has_header('Host'):
            request.add_unredirected_header('Host', request.host)
        for name, value in self.parent.addheaders:
            if not request.has_header(name.capitalize()):
                request.add_unredirected_header(name.capitalize(), value)
        return request

    def do_open(self, http_class, req, **arguments):
        """Make the request over a connection; the answer."""
        connection = http_class(req.host, timeout=req.timeout, **arguments)
        headers = {**req.unredirected_hdrs, **req.headers, 'Connection': 'close'}
        headers = {name.title(): value for name, value in headers.items()}
        try:
            try:
                connection.request(req.get_method(), req.selector or '/', req.data, headers,
                                   encode_chunked=req.has_header('Transfer-encoding'))
            except OSError as problem:
                raise URLError(problem)
            answer = connection.getresponse()
        except:
            connection.close()
            raise
        if connection.sock:
            connection.sock.close()
            connection.sock = None
        answer.url = req.get_full_url()
        answer.msg = answer.reason  # the words of the status, for handlers
        return answer


class HTTPHandler(AbstractHTTPHandler):
    def http_open(self, req):
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


if hasattr(http.client, 'HTTPSConnection'):
    class HTTPSHandler(AbstractHTTPHandler):
        """The same over TLS, with a context or with the usual one."""

        def __init__(self, debuglevel=0, context=None, check_hostname=None):
            self._context = context
            self._check_hostname = check_hostname

        def https_open(self, req):
            return self.do_open(http.client.HTTPSConnection, req, context=self._context,
                                check_hostname=self._check_hostname)

        https_request = AbstractHTTPHandler.do_request_

    __all__.append('HTTPSHandler')


class UnknownHandler(BaseHandler):
    def unknown_open(self, req):
        raise URLError('unknown url type: %s' % req.type)


class addinfourl(io.BufferedIOBase):
    """A file with headers, a URL and a status."""

    def __init__(self, fp, headers, url, code=None):
        self.fp, self.headers, self.url, self.code = fp, headers, url, code
        self.status = code

    def read(self, *args):
        return self.fp.read(*args)

    def readline(self, *args):
        return self.fp.readline(*args)

    def readable(self):
        return True

    def close(self):
        self.fp.close()
        super().close()

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.code


def _message(kind, size):
    """The headers of content that comes from no server."""
    headers = HTTPMessage()
    headers['Content-type'] = kind
    headers['Content-length'] = str(size)
    return headers


class FileHandler(BaseHandler):
    """Files of this machine."""

    def file_open(self, req):
        if req.host and req.host not in ('localhost', socket.gethostname()):
            raise URLError('file:// scheme is supported only on localhost')
        path = url2pathname(req.selector)
        try:
            size = os.stat(path).st_size
            file = open(path, 'rb')
        except OSError as problem:
            raise URLError(problem)
        headers = _message(mimetypes.guess_type(path)[0] or 'text/plain', size)
        return addinfourl(file, headers, 'file://' + req.selector)


class DataHandler(BaseHandler):
    """Content that is in the URL itself."""

    def data_open(self, req):
        kind, comma, data = req.full_url.partition(':')[2].partition(',')
        data = unquote_to_bytes(data)
        if kind.endswith(';base64'):
            import base64
            data = base64.decodebytes(data)
            kind = kind[:-7]
        headers = _message(kind or 'text/plain;charset=US-ASCII', len(data))
        return addinfourl(io.BytesIO(data), headers, req.full_url)


def pathname2url(pathname):
    """A path as the path of a URL."""
    return quote(pathname)


def url2pathname(pathname):
    """The path of a URL as a path."""
    return unquote(pathname)


_temporary = []


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Copy what a URL gives into a file: its name, and the headers."""
    with urlopen(url, data) as answer:
        headers = answer.info()
        if filename is None:
            import tempfile
            file = tempfile.NamedTemporaryFile(delete=False)
            filename = file.name
            _temporary.append(filename)
        else:
            file = open(filename, 'wb')
        with file:
            size = int(headers.get('Content-Length', -1))
            read = number = 0
            if reporthook:
                reporthook(number, 8192, size)
            while block := answer.read(8192):
                read += len(block)
                file.write(block)
                number += 1
                if reporthook:
                    reporthook(number, 8192, size)
    if 0 <= size and read < size:
        raise ContentTooShortError('retrieval incomplete: got only %i out of %i bytes' % (read, size), (filename, headers))
    return filename, headers


def urlcleanup():
    """Remove the files that urlretrieve() made up."""
    for name in _temporary:
        try:
            os.unlink(name)
        except OSError:
            pass
    _temporary.clear()
