"""Jars that are kept in files: LWP's format, which holds everything, and that of Netscape, Mozilla, curl and wget."""
import copy
import os
import re
import time
from http.cookiejar import Cookie, CookieJar, _warn_unhandled_exception
from http._cookie_text import iso2time, join_header_words, split_header_words, time2isoz

__all__ = ['FileCookieJar', 'LWPCookieJar', 'LoadError', 'MozillaCookieJar', 'lwp_cookie_str']

_NO_FILENAME = 'a filename was not supplied (nor was the CookieJar instance initialised with one)'
_HTTP_ONLY_PREFIX, _HTTP_ONLY = '#HttpOnly_', 'HTTPOnly'


class LoadError(OSError):
    """A file that holds no cookies, or not in this format."""


class FileCookieJar(CookieJar):
    """A jar that is written to a file and read from it; subclasses know a format."""

    def __init__(self, filename=None, delayload=False, policy=None):
        super().__init__(policy)
        self.filename = None if filename is None else os.fspath(filename)
        self.delayload = bool(delayload)

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Write the cookies; those of the session and those whose time is over only if one says so."""
        raise NotImplementedError()

    def load(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Add the cookies of a file."""
        filename = self._named(filename)
        with open(filename) as file:
            self._really_load(file, filename, ignore_discard, ignore_expires)

    def revert(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Hold what the file holds; the jar stays as it is if the file cannot be read."""
        filename = self._named(filename)
        with self._cookies_lock:
            before = copy.deepcopy(self._cookies)
            self._cookies = {}
            try:
                self.load(filename, ignore_discard, ignore_expires)
            except OSError:
                self._cookies = before
                raise

    def _named(self, filename):
        filename = self.filename if filename is None else filename
        if filename is None:
            raise ValueError(_NO_FILENAME)
        return filename

    def _create(self, filename):
        """A new file: cookies are secrets, so nobody else may read it."""
        descriptor = os.open(self._named(filename), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        return open(descriptor, 'w')

    @staticmethod
    def _is_kept(cookie, ignore_discard, ignore_expires, now):
        return (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now))

    def _really_load(self, file, filename, ignore_discard, ignore_expires):
        if not self._first_line.match(file.readline()):
            raise LoadError(f'{filename!r} does not look like a {self._format} file')
        now = time.time()
        text = ''
        try:
            for line in file:
                text = self._meaning(line)
                for cookie in self._cookies_of(text, line):
                    if self._is_kept(cookie, ignore_discard, ignore_expires, now):
                        self.set_cookie(cookie)
        except OSError:
            raise
        except Exception:
            _warn_unhandled_exception()
            raise LoadError(f'invalid {self._short_format} file {filename!r}: {text!r}') from None


FileCookieJar.__module__ = LoadError.__module__ = 'http.cookiejar'


def lwp_cookie_str(cookie):
    """A cookie as the value of a header 'Set-Cookie3', which holds all that there is to know about it."""
    words = [(cookie.name, cookie.value), ('path', cookie.path), ('domain', cookie.domain)]
    if cookie.port is not None:
        words.append(('port', cookie.port))
    flags = (('path_spec', cookie.path_specified), ('port_spec', cookie.port_specified),
             ('domain_dot', cookie.domain_initial_dot), ('secure', cookie.secure))
    words += [(name, None) for name, is_set in flags if is_set]
    if cookie.expires:
        words.append(('expires', time2isoz(float(cookie.expires))))
    if cookie.discard:
        words.append(('discard', None))
    words += [(name, value) for name, value in (('comment', cookie.comment), ('commenturl', cookie.comment_url))
              if value]
    words += [(name, str(cookie._rest[name])) for name in sorted(cookie._rest)]
    words.append(('version', str(cookie.version)))
    return join_header_words([words])


class LWPCookieJar(FileCookieJar):
    """A jar in the format of Perl's libwww: people can read it, and it loses nothing."""

    _first_line = re.compile(r'#LWP-Cookies-(\d+\.\d+)')
    _format, _short_format = 'Set-Cookie3 (LWP) format', 'Set-Cookie3 format'
    _flags = ('port_spec', 'path_spec', 'domain_dot', 'secure', 'discard')
    _values = ('version', 'port', 'path', 'domain', 'expires', 'comment', 'commenturl')

    def as_lwp_str(self, ignore_discard=True, ignore_expires=True):
        """The lines of the file, without the first."""
        now = time.time()
        return ''.join(f'Set-Cookie3: {lwp_cookie_str(cookie)}\n' for cookie in self
                       if self._is_kept(cookie, ignore_discard, ignore_expires, now))

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        with self._create(filename) as file:
            file.write('#LWP-Cookies-2.0\n' + self.as_lwp_str(ignore_discard, ignore_expires))

    @staticmethod
    def _meaning(line):
        return line.removeprefix('Set-Cookie3:').strip() if line.startswith('Set-Cookie3:') else ''

    def _cookies_of(self, text, line):
        for words in split_header_words([text]):
            yield self._cookie_of(words)

    def _cookie_of(self, words):
        (name, value), *attributes = words
        standard, rest = dict.fromkeys(self._flags, False), {}
        for attribute, content in attributes:
            known = attribute.lower()
            if known in self._flags:
                standard[known] = True if content is None else content
            elif known in self._values:
                standard[known] = content
            else:
                rest[attribute] = content
        get = standard.get
        expires = None if get('expires') is None else iso2time(get('expires'))
        domain = get('domain')
        return Cookie(get('version'), name, value, get('port'), get('port_spec'), domain, domain.startswith('.'),
                      get('domain_dot'), get('path'), get('path_spec'), get('secure'), expires,
                      get('discard') or expires is None, get('comment'), get('commenturl'), rest)


class MozillaCookieJar(FileCookieJar):
    """A jar in the format of Netscape's cookies.txt, seven fields a line; RFC 2965 attributes are lost in it."""

    _first_line = re.compile('#( Netscape)? HTTP Cookie File')
    _format, _short_format = 'Netscape format cookies', 'Netscape format cookies'

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        now = time.time()
        with self._create(filename) as file:
            file.write('# Netscape HTTP Cookie File\n# http://curl.haxx.se/rfc/cookie_spec.html\n'
                       '# This is a generated file!  Do not edit.\n\n')
            for cookie in self:
                if self._is_kept(cookie, ignore_discard, ignore_expires, now):
                    file.write('\t'.join(self._fields_of(cookie)) + '\n')

    @staticmethod
    def _fields_of(cookie):
        domain = cookie.domain
        name, value = ('', cookie.name) if cookie.value is None else (cookie.name, cookie.value)
        prefix = _HTTP_ONLY_PREFIX if cookie.has_nonstandard_attr(_HTTP_ONLY) else ''
        return (prefix + domain, str(domain.startswith('.')).upper(), cookie.path, str(bool(cookie.secure)).upper(),
                '' if cookie.expires is None else str(cookie.expires), name, value)

    @staticmethod
    def _meaning(line):
        return line.removeprefix(_HTTP_ONLY_PREFIX).removesuffix('\n')

    def _cookies_of(self, text, line):
        if not text.strip() or text.strip()[0] in '#$':
            return
        rest = {_HTTP_ONLY: ''} if line.startswith(_HTTP_ONLY_PREFIX) else {}
        domain, specified, path, secure, expires, name, value = text.split('\t')
        specified = specified == 'TRUE'
        if not name:  # a cookie without a value: the file has only one of the two
            name, value = value, None
        initial_dot = domain.startswith('.')
        assert specified == initial_dot
        yield Cookie(0, name, value, None, False, domain, specified, initial_dot, path, False, secure == 'TRUE',
                     expires or None, not expires, None, None, rest)


for _jar in LWPCookieJar, MozillaCookieJar:
    _jar.__module__ = 'http.cookiejar'
