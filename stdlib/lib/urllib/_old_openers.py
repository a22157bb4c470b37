"""URLopener and FancyURLopener, the openers of Python 1. Deprecated; programs that derive from them still run.

open() calls open_<scheme>, and an error status calls http_error_<number>.
"""
import base64
import contextlib
import email
import email.utils
import io
import mimetypes
import os
import socket
import sys
import tempfile
import time
import warnings
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import (_splitattr, _splithost, _splitpasswd, _splitport, _splitquery, _splittype, _splituser,
                          _splitvalue, _to_bytes, quote, unquote, unquote_to_bytes, unwrap, urljoin, urlparse)
from urllib.response import addinfourl

ftpcache = {}


def localhost():
    """The address of 'localhost'."""
    return socket.gethostbyname('localhost')


def thishost():
    """The addresses of this machine."""
    try:
        return tuple(socket.gethostbyname_ex(socket.gethostname())[2])
    except socket.gaierror:
        return tuple(socket.gethostbyname_ex('localhost')[2])


def ftperrors():
    """The errors of FTP."""
    import ftplib
    return ftplib.all_errors


def noheaders():
    """No headers."""
    return email.message_from_string('')


def copy_blocks(source, target, size, reporthook):
    """Copy a file, a block at a time; how many bytes there were."""
    block_size, read, number = 8192, 0, 0
    if reporthook:
        reporthook(number, block_size, size)
    while block := source.read(block_size):
        read += len(block)
        target.write(block)
        number += 1
        if reporthook:
            reporthook(number, block_size, size)
    return read


class URLopener:
    """Opens URLs; an error status raises HTTPError."""

    version = 'Python-urllib/%d.%d' % sys.version_info[:2]

    def __init__(self, proxies=None, **x509):
        warnings.warn(f'{self.__class__.__name__} style of invoking requests is deprecated. Use newer urlopen '
                      'functions/methods', DeprecationWarning, stacklevel=3)
        if proxies is None:
            from urllib.request import getproxies
            proxies = getproxies()
        assert hasattr(proxies, 'keys'), 'proxies must be a mapping'
        self.proxies = proxies
        self.key_file, self.cert_file = x509.get('key_file'), x509.get('cert_file')
        self.addheaders = [('User-Agent', self.version), ('Accept', '*/*')]
        self.__tempfiles = []
        self.tempcache = None
        self.ftpcache = ftpcache

    def __del__(self):
        self.close()

    def close(self):
        self.cleanup()

    def cleanup(self):
        """Remove the files that retrieve() made up."""
        for name in getattr(self, '_URLopener__tempfiles', ()):
            with contextlib.suppress(OSError):
                os.unlink(name)
        self.__tempfiles = []
        if getattr(self, 'tempcache', None):
            self.tempcache.clear()

    def addheader(self, *args):
        """Add a header, a pair, to all requests."""
        self.addheaders.append(args)

    def open(self, fullurl, data=None):
        """Open a URL by the method for its scheme."""
        fullurl = quote(unwrap(_to_bytes(fullurl)), safe="%/:=&?~#+!$,;'@()*[]|")
        if self.tempcache and fullurl in self.tempcache:
            filename, headers = self.tempcache[fullurl]
            return addinfourl(open(filename, 'rb'), headers, fullurl)
        scheme, url = _splittype(fullurl)
        scheme = scheme or 'file'
        proxy = self.proxies.get(scheme)
        if proxy:
            scheme, host = _splittype(proxy)
            url = _splithost(host)[0], fullurl
        self.type = scheme
        name = 'open_' + scheme.replace('-', '_')
        method = getattr(self, name, None)
        if method is None or name == 'open_local_file':  # that one is no scheme
            return self.open_unknown_proxy(proxy, fullurl, data) if proxy else self.open_unknown(fullurl, data)
        try:
            return method(url) if data is None else method(url, data)
        except (HTTPError, URLError):
            raise
        except OSError as problem:
            raise OSError('socket error', problem).with_traceback(problem.__traceback__)

    def open_unknown(self, fullurl, data=None):
        raise OSError('url error', 'unknown url type', _splittype(fullurl)[0])

    def open_unknown_proxy(self, proxy, fullurl, data=None):
        raise OSError('url error', f'invalid proxy for {_splittype(fullurl)[0]}', proxy)

    def retrieve(self, url, filename=None, reporthook=None, data=None):
        """Copy what a URL gives into a file: its name, and the headers."""
        url = unwrap(_to_bytes(url))
        if self.tempcache and url in self.tempcache:
            return self.tempcache[url]
        scheme, rest = _splittype(url)
        if filename is None and scheme in (None, 'file'):
            with contextlib.suppress(OSError):
                with self.open_local_file(rest) as answer:
                    headers = answer.info()
                from urllib.request import url2pathname
                return url2pathname(_splithost(rest)[1]), headers
        with contextlib.closing(self.open(url, data)) as answer:
            headers = answer.info()
            if filename:
                file = open(filename, 'wb')
            else:
                path = _splitquery(_splitattr(_splithost(rest or '')[1] or '')[0])[0]
                descriptor, filename = tempfile.mkstemp(os.path.splitext(unquote(path or ''))[1])
                self.__tempfiles.append(filename)
                file = os.fdopen(descriptor, 'wb')
            result = filename, headers
            if self.tempcache is not None:
                self.tempcache[url] = result
            with file:
                size = int(headers.get('Content-Length', -1))
                read = copy_blocks(answer, file, size, reporthook)
        if 0 <= size and read < size:
            raise ContentTooShortError(f'retrieval incomplete: got only {read} out of {size} bytes', result)
        return result

    # HTTP

    def _open_generic_http(self, connection_factory, url, data):
        import http.client
        from urllib.request import proxy_bypass
        if isinstance(url, str):
            host, selector = _splithost(url)
            user, host = _splituser(host) if host else (None, host)
            proxy_user, host = None, unquote(host or '')
            real_host = host
        else:  # of a proxy: (its host, the whole URL)
            host, selector = url
            proxy_user, host = _splituser(host)
            scheme, rest = _splittype(selector)
            user = real_host = None
            if scheme.lower() == 'http':
                real_host, rest = _splithost(rest)
                user, real_host = _splituser(real_host) if real_host else (None, real_host)
                if user:
                    selector = f'{scheme}://{real_host}{rest}'
                if real_host and proxy_bypass(real_host):
                    host = real_host
        if not host:
            raise OSError('http error', 'no host given')
        headers = {}
        for name, who in ('Proxy-Authorization', proxy_user), ('Authorization', user):
            if who:
                headers[name] = 'Basic ' + base64.b64encode(unquote(who).encode()).decode('ascii')
        if real_host:
            headers['Host'] = real_host
        headers['Connection'] = 'close'
        headers.update(self.addheaders)
        connection = connection_factory(host)
        if data is None:
            connection.request('GET', selector, headers=headers)
        else:
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
            connection.request('POST', selector, data, headers)
        try:
            response = connection.getresponse()
        except http.client.BadStatusLine:
            raise URLError('http protocol error: bad status line')
        if 200 <= response.status < 300:
            return addinfourl(response, response.msg, 'http:' + (url if isinstance(url, str) else url[1]),
                              response.status)
        return self.http_error(url, response.fp, response.status, response.reason, response.msg, data)

    def _connect_http(self, host):
        import http.client
        return http.client.HTTPConnection(host)

    def open_http(self, url, data=None):
        return self._open_generic_http(self._connect_http, url, data)

    def _https_connection(self, host):
        import http.client
        return http.client.HTTPSConnection(host, key_file=self.key_file, cert_file=self.cert_file)

    def open_https(self, url, data=None):
        return self._open_generic_http(self._https_connection, url, data)

    def http_error(self, url, fp, errcode, errmsg, headers, data=None):
        """An error status: the method for it may have an answer."""
        method = getattr(self, f'http_error_{errcode}', None)
        if method:
            args = (url, fp, errcode, errmsg, headers)
            result = method(*args) if data is None else method(*args, data)
            if result:
                return result
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        fp.close()
        raise HTTPError(url, errcode, errmsg, headers, None)

    # Everything else

    def open_file(self, url):
        if not isinstance(url, str):
            raise URLError('file error: proxy support for file protocol currently not implemented')
        if url[:2] == '//' and url[2:3] != '/' and url[2:12].lower() != 'localhost/':
            raise ValueError('file:// scheme is supported only on localhost')
        return self.open_local_file(url)

    def open_local_file(self, url):
        from urllib.request import url2pathname
        host, file = _splithost(url)
        path = url2pathname(file)
        try:
            facts = os.stat(path)
        except OSError as problem:
            raise URLError(problem.strerror, problem.filename)
        headers = email.message_from_string(
            f'Content-Type: {mimetypes.guess_type(url)[0] or "text/plain"}\nContent-Length: {facts.st_size}\n'
            f'Last-modified: {email.utils.formatdate(facts.st_mtime, usegmt=True)}\n')
        host, port = _splitport(host) if host else (host, None)
        if host and (port or socket.gethostbyname(host) not in (localhost(), *thishost())):
            raise URLError('local file error: not on local host')
        return addinfourl(open(path, 'rb'), headers, 'file://' + file if file[:1] == '/' else file)

    def open_ftp(self, url):
        import ftplib
        import urllib.request
        if not isinstance(url, str):
            raise URLError('ftp error: proxy support for ftp protocol currently not implemented')
        host, path = _splithost(url)
        if not host:
            raise URLError('ftp error: no host given')
        host, port = _splitport(host)
        user, host = _splituser(host)
        user, password = _splitpasswd(user) if user else (None, None)
        host = socket.gethostbyname(unquote(host))
        path, attributes = _splitattr(path)
        *dirs, file = unquote(path).split('/')
        if dirs and not dirs[0]:
            dirs = dirs[1:] or ['/']
        key = unquote(user or ''), host, int(port or ftplib.FTP_PORT), '/'.join(dirs)
        while len(self.ftpcache) > urllib.request.MAXFTPCACHE:
            self.ftpcache.pop(next(iter(self.ftpcache))).close()
        try:
            if key not in self.ftpcache:
                self.ftpcache[key] = urllib.request.ftpwrapper(key[0], unquote(password or ''), host, key[2], dirs)
            kind = 'I' if file else 'D'
            for attribute in attributes:
                name, value = _splitvalue(attribute)
                if name.lower() == 'type' and value in tuple('aAiIdD'):
                    kind = value.upper()
            answer, size = self.ftpcache[key].retrfile(file, kind)
        except ftperrors() as problem:
            raise URLError(f'ftp error {problem!r}').with_traceback(problem.__traceback__)
        headers = ''
        content = mimetypes.guess_type('ftp:' + url)[0]
        if content:
            headers += f'Content-Type: {content}\n'
        if size is not None and size >= 0:
            headers += f'Content-Length: {size}\n'
        return addinfourl(answer, email.message_from_string(headers), 'ftp:' + url)

    def open_data(self, url, data=None):
        if not isinstance(url, str):
            raise URLError('data error: proxy support for data protocol currently not implemented')
        try:
            kind, content = url.split(',', 1)
        except ValueError:
            raise OSError('data error', 'bad data URL')
        kind = kind or 'text/plain;charset=US-ASCII'
        semicolon = kind.rfind(';')
        encoding = ''
        if semicolon >= 0 and '=' not in kind[semicolon:]:
            kind, encoding = kind[:semicolon], kind[semicolon + 1:]
        if encoding == 'base64':
            content = base64.decodebytes(content.encode('ascii')).decode('latin-1')
        else:
            content = unquote(content)
        now = time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime())
        text = f'Date: {now}\nContent-type: {kind}\nContent-Length: {len(content)}\n\n{content}'
        return addinfourl(io.StringIO(text), email.message_from_string(text), url)


class FancyURLopener(URLopener):
    """One that follows redirections and asks for passwords; other error statuses are answers like any."""

    def __init__(self, *args, **kwargs):
        URLopener.__init__(self, *args, **kwargs)
        self.auth_cache = {}
        self.tries, self.maxtries = 0, 10

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        return addinfourl(fp, headers, 'http:' + url, errcode)

    def http_error_302(self, url, fp, errcode, errmsg, headers, data=None):
        self.tries += 1
        try:
            if self.maxtries and self.tries >= self.maxtries:
                method = getattr(self, 'http_error_500', self.http_error_default)
                return method(url, fp, 500, 'Internal Server Error: Redirect Recursion', headers)
            return self.redirect_internal(url, fp, errcode, errmsg, headers, data)
        finally:
            self.tries = 0

    def redirect_internal(self, url, fp, errcode, errmsg, headers, data):
        target = headers.get('location') or headers.get('uri')
        if not target:
            return None
        fp.close()
        target = urljoin(f'{self.type}:{url}', target)
        if urlparse(target).scheme not in ('http', 'https', 'ftp', ''):
            raise HTTPError(target, errcode, f"{errmsg} Redirection to url '{target}' is not allowed.", headers, fp)
        return self.open(target)

    http_error_301 = http_error_303 = http_error_302

    def http_error_307(self, url, fp, errcode, errmsg, headers, data=None):
        if data is None:
            return self.http_error_302(url, fp, errcode, errmsg, headers, data)
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    http_error_308 = http_error_307

    def http_error_401(self, url, fp, errcode, errmsg, headers, data=None, retry=False):
        return self._ask_and_retry('www-authenticate', self._with_password, url, fp, errcode, errmsg, headers, data,
                                   retry)

    def http_error_407(self, url, fp, errcode, errmsg, headers, data=None, retry=False):
        return self._ask_and_retry('proxy-authenticate', self._with_proxy_password, url, fp, errcode, errmsg, headers,
                                   data, retry)

    def _ask_and_retry(self, header, again, url, fp, errcode, errmsg, headers, data, retry):
        import re
        challenge = re.match('[ \t]*([^ \t]+)[ \t]+realm="([^"]*)"', headers.get(header, ''))
        if challenge is None or challenge[1].lower() != 'basic' or not retry:
            return URLopener.http_error_default(self, url, fp, errcode, errmsg, headers)
        return again(url, challenge[2], data)

    def _with_password(self, url, realm, data):
        host, selector = _splithost(url)
        host = host.rpartition('@')[2]
        user, password = self.get_user_passwd(host, realm, host.count('@'))
        if not (user or password):
            return None
        target = f'{self.type}://{quote(user, safe="")}:{quote(password, safe="")}@{host}{selector}'
        return self.open(target) if data is None else self.open(target, data)

    def _with_proxy_password(self, url, realm, data):
        scheme, proxy = _splittype(self.proxies[self.type])
        host, selector = _splithost(proxy)
        host = host.rpartition('@')[2]
        user, password = self.get_user_passwd(host, realm, 0)
        if not (user or password):
            return None
        self.proxies[self.type] = f'{scheme}://{quote(user, safe="")}:{quote(password, safe="")}@{host}{selector}'
        target = f'{self.type}:{url}'
        return self.open(target) if data is None else self.open(target, data)

    def get_user_passwd(self, host, realm, clear_cache=0):
        """(user, password) for a realm of a host, asked for once."""
        key = f'{realm}@{host.lower()}'
        if clear_cache:
            self.auth_cache.pop(key, None)
        if key in self.auth_cache:
            return self.auth_cache[key]
        user, password = self.prompt_user_passwd(host, realm)
        if user or password:
            self.auth_cache[key] = user, password
        return user, password

    def prompt_user_passwd(self, host, realm):
        """Ask at the terminal; subclasses know better ways."""
        import getpass
        try:
            user = input(f'Enter username for {realm} at {host}: ')
            return user, getpass.getpass(f'Enter password for {user} in {realm} at {host}: ')
        except KeyboardInterrupt:
            print()
            return None, None
