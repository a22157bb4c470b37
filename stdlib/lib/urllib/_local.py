"""What urllib.request opens without HTTP: files, FTP servers, and data that is in the URL itself."""
import base64
import email
import email.utils
import io
import mimetypes
import os
import re
import socket
import time
from urllib.error import URLError
from urllib.parse import _splitattr, _splitpasswd, _splitport, _splituser, _splitvalue, unquote, unquote_to_bytes
from urllib.response import addclosehook, addinfourl


def address_of(host):
    """The address of a host; None for one that has none."""
    try:
        return socket.gethostbyname(host)
    except socket.gaierror:
        return None


class FileHandling:
    """Files of this machine."""

    names = None

    def file_open(self, req):
        url = req.selector
        if url[:2] == '//' and url[2:3] != '/' and req.host and req.host != 'localhost':
            if req.host not in self.get_names():
                raise URLError('file:// scheme is supported only on localhost')
        return self.open_local_file(req)

    def get_names(self):
        """The addresses of this machine."""
        if FileHandling.names is None:
            try:
                found = socket.gethostbyname_ex('localhost')[2] + socket.gethostbyname_ex(socket.gethostname())[2]
            except socket.gaierror:
                found = [socket.gethostbyname('localhost')]
            FileHandling.names = tuple(found)
        return FileHandling.names

    def open_local_file(self, req):
        from urllib.request import url2pathname
        host, selector = req.host, req.selector
        port = None
        try:
            path = url2pathname(selector)
            facts = os.stat(path)
            kind = mimetypes.guess_type(selector)[0] or 'text/plain'
            headers = email.message_from_string(
                f'Content-type: {kind}\nContent-length: {facts.st_size}\n'
                f'Last-modified: {email.utils.formatdate(facts.st_mtime, usegmt=True)}\n')
            if host:
                host, port = _splitport(host)
            if not host or not port and address_of(host) in self.get_names():
                return addinfourl(open(path, 'rb'), headers, f'file://{host or ""}{selector}')
        except OSError as problem:
            raise URLError(problem)
        raise URLError('file not on local host')


class FTPHandling:
    """Files and folders of FTP servers."""

    def ftp_open(self, req):
        import ftplib
        if not req.host:
            raise URLError('ftp error: no host given')
        host, port = _splitport(req.host)
        user, host = _splituser(host)
        user, password = _splitpasswd(user) if user else (None, None)
        try:
            host = socket.gethostbyname(unquote(host))
        except OSError as problem:
            raise URLError(problem)
        path, attributes = _splitattr(req.selector)
        *dirs, file = map(unquote, path.split('/'))
        if dirs and not dirs[0]:
            dirs = dirs[1:]
        kind = 'I' if file else 'D'
        for attribute in attributes:
            name, value = _splitvalue(attribute)
            if name.lower() == 'type' and value in tuple('aAiIdD'):
                kind = value.upper()
        try:
            connection = self.connect_ftp(user or '', password or '', host, int(port or ftplib.FTP_PORT), dirs,
                                          req.timeout)
            answer, size = connection.retrfile(file, kind)
        except ftplib.all_errors as problem:
            raise URLError(f'ftp error: {problem!r}').with_traceback(problem.__traceback__)
        headers = ''
        content = mimetypes.guess_type(req.full_url)[0]
        if content:
            headers += f'Content-type: {content}\n'
        if size is not None and size >= 0:
            headers += f'Content-length: {size}\n'
        return addinfourl(answer, email.message_from_string(headers), req.full_url)

    def connect_ftp(self, user, passwd, host, port, dirs, timeout):
        import urllib.request
        return urllib.request.ftpwrapper(user, passwd, host, port, dirs, timeout, persistent=False)


class FTPCaching:
    """Keeps connections for a while; comes before the handler of FTP among the bases."""

    def __init__(self):
        self.cache, self.timeout = {}, {}
        self.soonest, self.delay, self.max_conns = 0, 60, 16

    def setTimeout(self, t):
        """The seconds that a connection is kept."""
        self.delay = t

    def setMaxConns(self, m):
        self.max_conns = m

    def connect_ftp(self, user, passwd, host, port, dirs, timeout):
        import urllib.request
        key = user, host, port, '/'.join(dirs), timeout
        if key not in self.cache:
            self.cache[key] = urllib.request.ftpwrapper(user, passwd, host, port, dirs, timeout)
        self.timeout[key] = time.time() + self.delay
        self.check_cache()
        return self.cache[key]

    def check_cache(self):
        """Close the connections whose time is over, and the oldest if there are too many."""
        now = time.time()
        if self.soonest <= now:
            for key in [key for key, end in self.timeout.items() if end < now]:
                self._drop(key)
        if len(self.cache) == self.max_conns:
            self._drop(min(self.timeout, key=self.timeout.get))
        self.soonest = min(self.timeout.values(), default=0)

    def _drop(self, key):
        self.cache.pop(key).close()
        del self.timeout[key]

    def clear_cache(self):
        for connection in self.cache.values():
            connection.close()
        self.cache.clear()
        self.timeout.clear()


class DataHandling:
    """Content that is in the URL itself (RFC 2397)."""

    def data_open(self, req):
        _, data = req.full_url.split(':', 1)
        kind, data = data.split(',', 1)
        if re.search('[\x00-\x1f\x7f]', kind):
            raise ValueError('Control characters not allowed in data: mediatype')
        data = unquote_to_bytes(data)
        if kind.endswith(';base64'):
            data, kind = base64.decodebytes(data), kind.removesuffix(';base64')
        headers = email.message_from_string(
            f'Content-type: {kind or "text/plain;charset=US-ASCII"}\nContent-length: {len(data)}\n')
        return addinfourl(io.BytesIO(data), headers, req.full_url)


class ftpwrapper:
    """A connection to an FTP server that is in one folder and gives files, one after the other."""

    def __init__(self, user, passwd, host, port, dirs, timeout=None, persistent=True):
        self.user, self.passwd, self.host, self.port = user, passwd, host, port
        self.dirs, self.timeout = dirs, timeout
        self.refcount, self.keepalive = 0, persistent
        try:
            self.init()
        except:
            self.close()
            raise

    def init(self):
        import ftplib
        self.busy = 0
        self.ftp = ftplib.FTP()
        self.ftp.connect(self.host, self.port, self.timeout)
        self.ftp.login(self.user, self.passwd)
        self.ftp.cwd('/'.join(self.dirs))

    def retrfile(self, file, type):
        """(a file, its size or None); a listing for a folder."""
        import ftplib
        self.endtransfer()
        is_folder = type in ('d', 'D')
        command = 'TYPE A' if is_folder else 'TYPE ' + type
        try:
            self.ftp.voidcmd(command)
        except ftplib.all_errors:  # the connection may have been closed meanwhile
            self.init()
            self.ftp.voidcmd(command)
        connection = None
        if file and not is_folder:
            try:
                connection, size = self.ftp.ntransfercmd('RETR ' + file)
            except ftplib.error_perm as problem:
                if not str(problem).startswith('550'):  # 550: it may be a folder
                    raise URLError(f'ftp error: {problem!r}').with_traceback(problem.__traceback__)
        if not connection:
            connection, size = self._listing(file)
        self.busy = 1
        answer = addclosehook(connection.makefile('rb'), self.file_close)
        self.refcount += 1
        connection.close()
        return answer, size

    def _listing(self, file):
        import ftplib
        self.ftp.voidcmd('TYPE A')
        if not file:
            return self.ftp.ntransfercmd('LIST')
        here = self.ftp.pwd()
        try:
            self.ftp.cwd(file)
        except ftplib.error_perm as problem:
            raise URLError(f'ftp error: {problem!r}') from problem
        finally:
            self.ftp.cwd(here)
        return self.ftp.ntransfercmd('LIST ' + file)

    def endtransfer(self):
        self.busy = 0

    def close(self):
        """Close the connection when no file needs it any more."""
        self.keepalive = False
        if self.refcount <= 0:
            self.real_close()

    def file_close(self):
        self.endtransfer()
        self.refcount -= 1
        if self.refcount <= 0 and not self.keepalive:
            self.real_close()

    def real_close(self):
        import ftplib
        self.endtransfer()
        try:
            self.ftp.close()
        except ftplib.all_errors:
            pass
