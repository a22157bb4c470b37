"""Opening URLs: http, https, ftp, file and data. Redirections are followed, error statuses raised.

An opener is a list of handlers. A handler opens URLs of a scheme by <scheme>_open, may change requests and answers by
<scheme>_request and <scheme>_response, and deals with statuses by http_error_<number>. Here are requests, the opener
and HTTP; passwords are in _auth.py, proxies in _proxies.py, everything else that can be opened in _local.py.
"""
import bisect
import contextlib
import http.client
import os
import re
import socket
import string
import sys
import tempfile
from urllib import _auth, _local, _old_openers, _proxies
from urllib._auth import (HTTPPasswordMgr, HTTPPasswordMgrWithDefaultRealm, HTTPPasswordMgrWithPriorAuth,
                          AbstractBasicAuthHandler, AbstractDigestAuthHandler, parse_http_list, parse_keqv_list)
from urllib._local import ftpwrapper
from urllib._old_openers import (FancyURLopener, URLopener, ftpcache, ftperrors, localhost, noheaders, thishost)
from urllib._proxies import (_parse_proxy, _proxy_bypass_macosx_sysconf, getproxies, getproxies_environment,
                             proxy_bypass, proxy_bypass_environment)
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import (_splithost, _splittag, _splittype, quote, unquote, unwrap, urljoin, urlparse, urlsplit,
                          urlunparse)
from urllib.response import addclosehook, addinfourl

__all__ = ['Request', 'OpenerDirector', 'BaseHandler', 'HTTPDefaultErrorHandler', 'HTTPRedirectHandler',
           'HTTPCookieProcessor', 'ProxyHandler', 'HTTPPasswordMgr', 'HTTPPasswordMgrWithDefaultRealm',
           'HTTPPasswordMgrWithPriorAuth', 'AbstractBasicAuthHandler', 'HTTPBasicAuthHandler', 'ProxyBasicAuthHandler',
           'AbstractDigestAuthHandler', 'HTTPDigestAuthHandler', 'ProxyDigestAuthHandler', 'HTTPHandler', 'FileHandler',
           'FTPHandler', 'CacheFTPHandler', 'DataHandler', 'UnknownHandler', 'HTTPErrorProcessor', 'urlopen',
           'install_opener', 'build_opener', 'pathname2url', 'url2pathname', 'getproxies', 'urlretrieve', 'urlcleanup',
           'URLopener', 'FancyURLopener']

__version__ = '%d.%d' % sys.version_info[:2]
MAXFTPCACHE = 10  # connections that URLopener keeps
_opener = None
_PORT_END = re.compile(r':\d+$', re.ASCII)


def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, cafile=None, capath=None, cadefault=False,
            context=None):
    """Open a URL, text or Request: an answer that can be read as a file. `context` is the SSLContext for https."""
    global _opener
    if cafile or capath or cadefault:
        import ssl
        import warnings
        warnings.warn('cafile, capath and cadefault are deprecated, use a custom context instead.', DeprecationWarning,
                      2)
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


def request_host(request):
    """The host that a request goes to, in small letters, without a port."""
    host = urlparse(request.full_url)[1] or request.get_header('Host', '')
    return _PORT_END.sub('', host, 1).lower()


class Request:
    """What is asked of a server."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.headers, self.unredirected_hdrs = {}, {}
        self._data = self._tunnel_host = None
        self.data = data
        for name, value in headers.items():
            self.add_header(name, value)
        self.origin_req_host = request_host(self) if origin_req_host is None else origin_req_host
        self.unverifiable = unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        return f'{self._full_url}#{self.fragment}' if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        self._full_url, self.fragment = _splittag(unwrap(url))
        self.type, rest = _splittype(self._full_url)
        if self.type is None:
            raise ValueError('unknown url type: %r' % self.full_url)
        self.host, self.selector = _splithost(rest)
        if self.host:
            self.host = unquote(self.host)

    @full_url.deleter
    def full_url(self):
        self._full_url = self.fragment = None
        self.selector = ''

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, data):
        if data != self._data:
            self._data = data
            if self.has_header('Content-length'):  # it was the length of other data
                self.remove_header('Content-length')

    @data.deleter
    def data(self):
        self.data = None

    def get_method(self):
        """The method: GET, with data POST, unless one was given."""
        return getattr(self, 'method', 'GET' if self.data is None else 'POST')

    def get_full_url(self):
        return self.full_url

    def set_proxy(self, host, type):
        """Send it to a proxy; for https the proxy makes a tunnel."""
        if self.type == 'https' and not self._tunnel_host:
            self._tunnel_host = self.host
        else:
            self.type, self.selector = type, self.full_url
        self.host = host

    def has_proxy(self):
        return self.selector == self.full_url

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        """Add a header that does not go with a redirection."""
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


class OpenerDirector:
    """Opens URLs by its handlers, which are asked in the order of their handler_order."""

    def __init__(self):
        self.addheaders = [('User-agent', f'Python-urllib/{__version__}')]
        self.handlers = []
        self.handle_open, self.handle_error = {}, {}
        self.process_response, self.process_request = {}, {}

    def add_handler(self, handler):
        """Add a handler; the names of its methods say what for."""
        if not hasattr(handler, 'add_parent'):
            raise TypeError('expected BaseHandler instance, got %r' % type(handler))
        is_used = False
        for method in dir(handler):
            if method in ('redirect_request', 'do_open', 'proxy_open'):  # they only look like it
                continue
            scheme, underscore, what = method.partition('_')
            table, key = self._table_for(scheme, what)
            if table is not None:
                bisect.insort(table.setdefault(key, []), handler)
                is_used = True
        if is_used:
            bisect.insort(self.handlers, handler)
            handler.add_parent(self)

    def _table_for(self, scheme, what):
        if what.startswith('error'):
            kind = what.partition('_')[2]
            return self.handle_error.setdefault(scheme, {}), int(kind) if kind.isdecimal() else kind
        table = {'open': self.handle_open, 'response': self.process_response,
                 'request': self.process_request}.get(what)
        return table, scheme

    def close(self):
        pass

    @staticmethod
    def _call_chain(table, kind, method, *args):
        """The first answer that is not None."""
        for handler in table.get(kind, ()):
            result = getattr(handler, method)(*args)
            if result is not None:
                return result
        return None

    def open(self, fullurl, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Open a URL or Request."""
        request = Request(fullurl, data) if isinstance(fullurl, str) else fullurl
        if data is not None:
            request.data = data
        request.timeout = timeout
        scheme = request.type
        for handler in self.process_request.get(scheme, ()):
            request = getattr(handler, scheme + '_request')(request)
        sys.audit('urllib.Request', request.full_url, request.data, request.headers, request.get_method())
        response = self._open(request, data)
        for handler in self.process_response.get(scheme, ()):
            response = getattr(handler, scheme + '_response')(request, response)
        return response

    def _open(self, request, data=None):
        for kind in 'default', request.type, 'unknown':
            result = self._call_chain(self.handle_open, kind, kind + '_open', request)
            if result:
                return result
        return result

    def error(self, proto, *args):
        """Something went wrong: what the handlers make of it. HTTP's arguments have the status in the third place."""
        if proto not in ('http', 'https'):
            return self._call_chain(self.handle_error, proto, proto + '_error', *args)
        table = self.handle_error['http']  # https is the same
        result = self._call_chain(table, args[2], f'http_error_{args[2]}', *args)
        if result:
            return result
        return self._call_chain(table, 'default', 'http_error_default', *args)


def build_opener(*handlers):
    """An opener with the usual handlers and those given, classes or objects, in place of the ones they derive from."""
    opener = OpenerDirector()
    classes = [ProxyHandler, UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FTPHandler,
               FileHandler, HTTPErrorProcessor, DataHandler]
    if hasattr(http.client, 'HTTPSConnection'):
        classes.append(HTTPSHandler)
    for handler in handlers:
        kind = handler if isinstance(handler, type) else type(handler)
        classes = [one for one in classes if not issubclass(kind, one)]
    for one in (*classes, *handlers):
        opener.add_handler(one() if isinstance(one, type) else one)
    return opener


class BaseHandler:
    """What all handlers derive from: the opener is their parent."""

    handler_order = 500

    def add_parent(self, parent):
        self.parent = parent

    def close(self):
        pass

    def __lt__(self, other):
        return self.handler_order < getattr(other, 'handler_order', self.handler_order + 1)


class HTTPErrorProcessor(BaseHandler):
    """Hands answers with an error status to the opener's error()."""

    handler_order = 1000  # after all who may want to see the answer itself

    def http_response(self, request, response):
        code, words, headers = response.code, response.msg, response.info()
        if 200 <= code < 300:
            return response
        return self.parent.error('http', request, response, code, words, headers)

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    """Raises what nobody else deals with."""

    def http_error_default(self, req, fp, code, msg, hdrs):
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    """Follows redirections."""

    max_repeats = 4  # of one URL
    max_redirections = 10
    inf_msg = ('The HTTP server returned a redirect error that would lead to an infinite loop.\n'
               'The last 30x error message was:\n')

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        """The request to make instead; None to let others try."""
        method = req.get_method()
        if not (code in (301, 302, 303, 307, 308) and method in ('GET', 'HEAD') or
                code in (301, 302, 303) and method == 'POST'):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        kept = {name: value for name, value in req.headers.items()
                if name.lower() not in ('content-length', 'content-type')}
        return Request(newurl.replace(' ', '%20'), headers=kept, origin_req_host=req.origin_req_host,
                       unverifiable=True)

    def http_error_302(self, req, fp, code, msg, headers):
        target = headers.get('location') or headers.get('uri')
        if not target:
            return None
        parts = urlparse(target)
        if parts.scheme not in ('http', 'https', 'ftp', ''):  # a server must not make us read files of this machine
            raise HTTPError(target, code, f"{msg} - Redirection to url '{target}' is not allowed", headers, fp)
        if not parts.path and parts.netloc:
            target = urlunparse(parts._replace(path='/'))
        # Servers send what a URL may not hold; headers were read as Latin-1.
        target = urljoin(req.full_url, quote(target, encoding='iso-8859-1', safe=string.punctuation))
        new = self.redirect_request(req, fp, code, msg, headers, target)
        if new is None:
            return None
        visited = new.redirect_dict = getattr(req, 'redirect_dict', None)
        if visited is None:
            visited = new.redirect_dict = req.redirect_dict = {}
        elif visited.get(target, 0) >= self.max_repeats or len(visited) >= self.max_redirections:
            raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        visited[target] = visited.get(target, 0) + 1
        fp.read()  # so that the connection ends in order
        fp.close()
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class AbstractHTTPHandler(BaseHandler):
    """What http and https have in common."""

    def __init__(self, debuglevel=0):
        self._debuglevel = debuglevel

    def set_http_debuglevel(self, level):
        self._debuglevel = level

    def _get_content_length(self, request):
        return http.client.HTTPConnection._get_content_length(request.data, request.get_method())

    def do_request_(self, request):
        """Add the headers that are missing."""
        if not request.host:
            raise URLError('no host given')
        if request.data is not None:
            self._describe_data(request)
        host = request.host
        if request.has_proxy():
            host = _splithost(_splittype(request.selector)[1])[0]
        if not request.has_header('Host'):
            request.add_unredirected_header('Host', host)
        for name, value in self.parent.addheaders:
            name = name.capitalize()
            if not request.has_header(name):
                request.add_unredirected_header(name, value)
        return request

    def _describe_data(self, request):
        if isinstance(request.data, str):
            raise TypeError('POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type '
                            'str.')
        if not request.has_header('Content-type'):
            request.add_unredirected_header('Content-type', 'application/x-www-form-urlencoded')
        if request.has_header('Content-length') or request.has_header('Transfer-encoding'):
            return
        length = self._get_content_length(request)
        if length is None:
            request.add_unredirected_header('Transfer-encoding', 'chunked')
        else:
            request.add_unredirected_header('Content-length', str(length))

    def do_open(self, http_class, req, **http_conn_args):
        """Make the request over a connection; the answer."""
        if not req.host:
            raise URLError('no host given')
        connection = http_class(req.host, timeout=req.timeout, **http_conn_args)
        connection.set_debuglevel(self._debuglevel)
        headers = {name.title(): value for name, value in ({**req.headers, **req.unredirected_hdrs}).items()}
        headers['Connection'] = 'close'  # one connection for each request
        if req._tunnel_host:
            for_proxy = {}
            if 'Proxy-Authorization' in headers:  # the server at the other end has no business with it
                for_proxy['Proxy-Authorization'] = headers.pop('Proxy-Authorization')
            connection.set_tunnel(req._tunnel_host, headers=for_proxy)
        try:
            try:
                connection.request(req.get_method(), req.selector, req.data, headers,
                                   encode_chunked=req.has_header('Transfer-encoding'))
            except OSError as problem:
                raise URLError(problem)
            answer = connection.getresponse()
        except:
            connection.close()
            raise
        if connection.sock:  # the answer has the socket as a file
            connection.sock.close()
            connection.sock = None
        answer.url = req.get_full_url()
        answer.msg = answer.reason  # the words of the status, for handlers
        return answer


class HTTPHandler(AbstractHTTPHandler):
    """http."""

    def http_open(self, req):
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


if hasattr(http.client, 'HTTPSConnection'):
    class HTTPSHandler(AbstractHTTPHandler):
        """The same over TLS, with a context or with the usual one."""

        def __init__(self, debuglevel=0, context=None, check_hostname=None):
            super().__init__(debuglevel)
            self._context, self._check_hostname = context, check_hostname

        def https_open(self, req):
            return self.do_open(http.client.HTTPSConnection, req, context=self._context,
                                check_hostname=self._check_hostname)

        https_request = AbstractHTTPHandler.do_request_

    __all__.append('HTTPSHandler')


class HTTPCookieProcessor(BaseHandler):
    """Cookies from answers and into requests, by a jar of http.cookiejar."""

    def __init__(self, cookiejar=None):
        if cookiejar is None:
            import http.cookiejar
            cookiejar = http.cookiejar.CookieJar()
        self.cookiejar = cookiejar

    def http_request(self, request):
        self.cookiejar.add_cookie_header(request)
        return request

    def http_response(self, request, response):
        self.cookiejar.extract_cookies(response, request)
        return response

    https_request, https_response = http_request, http_response


class HTTPBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """A password for a server."""

    auth_header = 'Authorization'

    def http_error_401(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed('www-authenticate', req.full_url, req, headers)


class ProxyBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """A password for a proxy."""

    auth_header = 'Proxy-authorization'

    def http_error_407(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed('proxy-authenticate', req.host, req, headers)


class HTTPDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """A digest of a password for a server."""

    auth_header = 'Authorization'
    handler_order = 490  # before Basic

    def http_error_401(self, req, fp, code, msg, headers):
        answer = self.http_error_auth_reqed('www-authenticate', urlparse(req.full_url)[1], req, headers)
        self.reset_retry_count()
        return answer


class ProxyDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """A digest of a password for a proxy."""

    auth_header = 'Proxy-Authorization'
    handler_order = 490

    def http_error_407(self, req, fp, code, msg, headers):
        answer = self.http_error_auth_reqed('proxy-authenticate', req.host, req, headers)
        self.reset_retry_count()
        return answer


class UnknownHandler(BaseHandler):
    """Refuses what nobody can open."""

    def unknown_open(self, req):
        raise URLError(f'unknown url type: {req.type}')


class FileHandler(_local.FileHandling, BaseHandler):
    """Files of this machine."""


class FTPHandler(_local.FTPHandling, BaseHandler):
    """Files and folders of FTP servers."""


class CacheFTPHandler(_local.FTPCaching, FTPHandler):
    """The same, with connections that are kept for a while."""


class DataHandler(_local.DataHandling, BaseHandler):
    """Content that is in the URL itself."""


ProxyHandler = _proxies.define_handler(BaseHandler)


def pathname2url(pathname):
    """A path as the path of a URL."""
    return quote(pathname)


def url2pathname(pathname):
    """The path of a URL as a path."""
    return unquote(pathname)


_url_tempfiles = []


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Copy what a URL gives into a file: its name, and the headers. A file of this machine is not copied.

    reporthook(number of blocks, size of a block, size of all) is called after each block.
    """
    scheme, path = _splittype(url)
    with contextlib.closing(urlopen(url, data)) as answer:
        headers = answer.info()
        if scheme == 'file' and not filename:
            return os.path.normpath(path), headers
        if filename:
            file = open(filename, 'wb')
        else:
            file = tempfile.NamedTemporaryFile(delete=False)
            filename = file.name
            _url_tempfiles.append(filename)
        with file:
            size = int(headers.get('Content-Length', -1))
            read = _old_openers.copy_blocks(answer, file, size, reporthook)
    if 0 <= size and read < size:
        raise ContentTooShortError(f'retrieval incomplete: got only {read} out of {size} bytes', (filename, headers))
    return filename, headers


def urlcleanup():
    """Remove the files that urlretrieve() made up, and forget the opener."""
    global _opener
    for name in _url_tempfiles:
        with contextlib.suppress(OSError):
            os.unlink(name)
    _url_tempfiles.clear()
    _opener = None


for _public in (HTTPPasswordMgr, HTTPPasswordMgrWithDefaultRealm, HTTPPasswordMgrWithPriorAuth,
                AbstractBasicAuthHandler, AbstractDigestAuthHandler, URLopener, FancyURLopener, getproxies):
    _public.__module__ = __name__
