"""Cookies for programs that ask web servers: a jar takes them from answers and puts them into requests.

Here are cookies and the jar. _cookie_text.py reads headers and dates, _cookie_policy.py decides, _cookie_files.py has
the jars that are kept in files.
"""
import copy
import io
import re
import threading
import time
import traceback
import warnings
from http._cookie_policy import CookiePolicy, DefaultCookiePolicy
from http._cookie_text import (DEFAULT_HTTP_PORT, domain_match, eff_request_host, escape_path, http2time, is_HDN,
                               is_third_party, iso2time, join_header_words, liberal_is_HDN, parse_ns_headers, reach,
                               request_host, request_path, request_port, split_header_words, strip_quotes, time2isoz,
                               time2netscape, user_domain_match)

__all__ = ['Cookie', 'CookieJar', 'CookiePolicy', 'DefaultCookiePolicy', 'FileCookieJar', 'LWPCookieJar', 'LoadError',
           'MozillaCookieJar']

debug = False

_FLAGS = ('discard', 'secure')
_VALUES = ('version', 'expires', 'max-age', 'domain', 'path', 'port', 'comment', 'commenturl')
_MAY_BE_EMPTY = ('port', 'comment', 'commenturl')
_SHOWN = ('version', 'name', 'value', 'port', 'port_specified', 'domain', 'domain_specified', 'domain_initial_dot',
          'path',
          'path_specified', 'secure', 'expires', 'discard', 'comment', 'comment_url')


def _warn_unhandled_exception():
    """A server sent what this library cannot read: that is to be known, and must not stop the program."""
    file = io.StringIO()
    traceback.print_exc(None, file)
    warnings.warn(f'http.cookiejar bug!\n{file.getvalue()}', stacklevel=2)


class Cookie:
    """One cookie, as it was sent. Attributes that the standards do not know are asked for by methods."""

    def __init__(self, version, name, value, port, port_specified, domain, domain_specified, domain_initial_dot, path,
                 path_specified, secure, expires, discard, comment, comment_url, rest, rfc2109=False):
        if port is None and port_specified is True:
            raise ValueError('if port is None, port_specified must be false')
        given = locals()
        for attribute in _SHOWN:
            setattr(self, attribute, given[attribute])
        self.version = None if version is None else int(version)
        self.expires = None if expires is None else int(float(expires))
        self.rfc2109 = rfc2109
        self._rest = copy.copy(rest)

    def has_nonstandard_attr(self, name):
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        return self._rest.get(name, default)

    def set_nonstandard_attr(self, name, value):
        self._rest[name] = value

    def is_expired(self, now=None):
        """Whether the time of the cookie is over; one without a time lives as long as the session."""
        return self.expires is not None and self.expires <= (time.time() if now is None else now)

    def __str__(self):
        port = '' if self.port is None else f':{self.port}'
        pair = self.name if self.value is None else f'{self.name}={self.value}'
        return f'<Cookie {pair} for {self.domain}{port}{self.path}>'

    def __repr__(self):
        shown = [f'{name}={getattr(self, name)!r}' for name in _SHOWN]
        return f'{self.__class__.__name__}({", ".join(shown)}, rest={self._rest!r}, rfc2109={self.rfc2109!r})'


class CookieJar:
    """Cookies by domain, path and name. Threads may share a jar."""

    def __init__(self, policy=None):
        self._policy = DefaultCookiePolicy() if policy is None else policy
        self._cookies_lock = threading.RLock()
        self._cookies = {}

    def set_policy(self, policy):
        self._policy = policy

    # Into requests

    def add_cookie_header(self, request):
        """Add the header with the cookies that the policy gives for the request."""
        with self._cookies_lock:
            self._policy._now = self._now = int(time.time())
            cookies = self._cookies_for_request(request)
            words = self._cookie_attrs(cookies)
            if words and not request.has_header('Cookie'):
                request.add_unredirected_header('Cookie', '; '.join(words))
            if (self._policy.rfc2965 and not self._policy.hide_cookie2 and not request.has_header('Cookie2') and
                    any(cookie.version != 1 for cookie in cookies)):
                request.add_unredirected_header('Cookie2', '$Version="1"')
        self.clear_expired_cookies()

    def _cookies_for_request(self, request):
        policy = self._policy
        return [cookie
                for domain, paths in self._cookies.items() if policy.domain_return_ok(domain, request)
                for path, names in paths.items() if policy.path_return_ok(path, request)
                for cookie in names.values() if policy.return_ok(cookie, request)]

    def _cookie_attrs(self, cookies):
        """The words of the header, cookies of longer paths first."""
        cookies.sort(key=lambda cookie: len(cookie.path), reverse=True)
        words = []
        if cookies and cookies[0].version > 0:
            words.append(f'$Version={cookies[0].version}')
        for cookie in cookies:
            value = cookie.value
            if value is not None and cookie.version > 0 and re.search(r'\W', value):
                value = re.sub(r'(["\\])', r'\\\1', value)
            words.append(cookie.name if value is None else f'{cookie.name}={value}')
            if cookie.version > 0:
                words += self._restrictions(cookie)
        return words

    @staticmethod
    def _restrictions(cookie):
        if cookie.path_specified:
            yield f'$Path="{cookie.path}"'
        if cookie.domain.startswith('.'):
            domain = cookie.domain if cookie.domain_initial_dot else cookie.domain[1:]
            yield f'$Domain="{domain}"'
        if cookie.port is not None:
            yield f'$Port="{cookie.port}"' if cookie.port_specified else '$Port'

    # Out of answers

    def extract_cookies(self, response, request):
        """Keep the cookies of an answer that the policy takes."""
        with self._cookies_lock:
            for cookie in self.make_cookies(response, request):
                self.set_cookie_if_ok(cookie, request, keep_now=True)

    def make_cookies(self, response, request):
        """The cookies of an answer, whatever the policy thinks of them."""
        headers = response.info()
        new_style, old_style = headers.get_all('Set-Cookie2', []), headers.get_all('Set-Cookie', [])
        policy = self._policy
        policy._now = self._now = int(time.time())
        if not (new_style and policy.rfc2965 or old_style and policy.netscape):
            return []
        cookies = self._read(split_header_words, new_style, request)
        if old_style and policy.netscape:
            older = self._read(parse_ns_headers, old_style, request)
            self._process_rfc2109_cookies(older)
            if policy.rfc2965:  # what was sent in both headers is taken from the newer one
                known = {(cookie.domain, cookie.path, cookie.name) for cookie in cookies}
                older = [cookie for cookie in older if (cookie.domain, cookie.path, cookie.name) not in known]
            cookies += older
        return cookies

    def _read(self, split, headers, request):
        try:
            made = [self._make(name, value, standard, rest, request)
                    for name, value, standard, rest in self._normalized_cookie_tuples(split(headers))]
        except Exception:
            _warn_unhandled_exception()
            return []
        return [cookie for cookie in made if cookie is not None]

    def _process_rfc2109_cookies(self, cookies):
        as_netscape = getattr(self._policy, 'rfc2109_as_netscape', None)
        if as_netscape is None:
            as_netscape = not self._policy.rfc2965
        for cookie in cookies:
            if cookie.version == 1:
                cookie.rfc2109 = True
                if as_netscape:
                    cookie.version = 0

    def _normalized_cookie_tuples(self, attrs_set):
        """(name, value, standard attributes, other ones) of each cookie that makes sense."""
        for (name, value), *attributes in attrs_set:
            try:
                yield name, value, *self._sorted_attributes(attributes)
            except _BadCookie:
                continue

    def _sorted_attributes(self, attributes):
        standard, rest, has_age = {}, {}, False
        for name, value in attributes:
            known = name.lower()
            if known not in _FLAGS and known not in _VALUES:
                rest[name] = value
                continue
            if known in _FLAGS and value is None:
                value = True
            if known in standard or known == 'expires' and (has_age or value is None):
                continue
            if known == 'max-age':
                has_age, known = True, 'expires'
                value = self._end_of_age(value)
            if value is None and known not in _MAY_BE_EMPTY:
                raise _BadCookie
            standard[known] = value.lower() if known == 'domain' else value
        return standard, rest

    def _end_of_age(self, age):
        """When a cookie of that age ends, by the clock of this machine: servers' clocks differ."""
        try:
            return None if age is None else self._now + int(age)
        except ValueError:
            raise _BadCookie from None

    def _make(self, name, value, standard, rest, request):
        """The Cookie, or None for one that ends a cookie or cannot be understood."""
        version = standard.get('version')
        if version is not None:
            try:
                version = int(strip_quotes(version))
            except ValueError:
                return None
        path = standard.get('path') or ''
        path_specified = bool(path)
        path = escape_path(path) if path_specified else self._default_path(version, request)
        domain_specified = 'domain' in standard
        domain = standard.get('domain')
        initial_dot = domain_specified and domain.startswith('.')
        if not domain_specified:
            domain = eff_request_host(request)[1]
        elif not initial_dot:
            domain = '.' + domain
        port, port_specified = standard.get('port'), False
        if port is not None:
            port, port_specified = re.sub(r'\s+', '', port), True
        elif 'port' in standard:
            port = request_port(request)
        expires, discard = standard.get('expires'), standard.get('discard', False)
        if expires is None:
            discard = True
        elif expires <= self._now:
            try:
                self.clear(domain, path, name)
            except KeyError:
                pass
            return None
        return Cookie(version, name, value, port, port_specified, domain, domain_specified, initial_dot, path,
                      path_specified, standard.get('secure', False), expires, discard, standard.get('comment'),
                      standard.get('commenturl'), rest)

    @staticmethod
    def _default_path(version, request):
        path = request_path(request)
        last = path.rfind('/')
        if last >= 0:
            path = path[:last] if version == 0 else path[:last + 1]
        return path or '/'

    # The jar

    def set_cookie_if_ok(self, cookie, request, keep_now=False):
        """Keep a cookie if the policy takes it."""
        with self._cookies_lock:
            if not keep_now:
                self._policy._now = self._now = int(time.time())
            if self._policy.set_ok(cookie, request):
                self.set_cookie(cookie)

    def set_cookie(self, cookie):
        """Keep a cookie, whatever the policy says."""
        with self._cookies_lock:
            self._cookies.setdefault(cookie.domain, {}).setdefault(cookie.path, {})[cookie.name] = cookie

    def clear(self, domain=None, path=None, name=None):
        """Drop all cookies, or those of a domain, a path or a name. Raises KeyError if there are none."""
        if name is not None:
            if domain is None or path is None:
                raise ValueError('domain and path must be given to remove a cookie by name')
            del self._cookies[domain][path][name]
        elif path is not None:
            if domain is None:
                raise ValueError('domain must be given to remove cookies by path')
            del self._cookies[domain][path]
        elif domain is not None:
            del self._cookies[domain]
        else:
            self._cookies = {}

    def _drop(self, holds):
        with self._cookies_lock:
            for cookie in list(self):
                if holds(cookie):
                    self.clear(cookie.domain, cookie.path, cookie.name)

    def clear_session_cookies(self):
        """Drop the cookies that live as long as the session."""
        self._drop(lambda cookie: cookie.discard)

    def clear_expired_cookies(self):
        """Drop the cookies whose time is over."""
        now = time.time()
        self._drop(lambda cookie: cookie.is_expired(now))

    def __iter__(self):
        for paths in list(self._cookies.values()):
            for names in list(paths.values()):
                yield from list(names.values())

    def __len__(self):
        return sum(1 for _ in self)

    def __repr__(self):
        return f'<{self.__class__.__name__}[{", ".join(map(repr, self))}]>'

    def __str__(self):
        return f'<{self.__class__.__name__}[{", ".join(map(str, self))}]>'


class _BadCookie(Exception):
    """Attributes that make no sense: the cookie is left out."""


from http._cookie_files import FileCookieJar, LWPCookieJar, LoadError, MozillaCookieJar, lwp_cookie_str
