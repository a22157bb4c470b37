"""Who we are: the password managers of urllib.request, and what its handlers of Basic and Digest have in common."""
import base64
import hashlib
import os
import re
import time
import warnings
from urllib.error import HTTPError, URLError
from urllib.parse import _splitport, urlsplit


class HTTPPasswordMgr:
    """User and password by realm and URI; what is given for a URI holds for those below it as well."""

    def __init__(self):
        self.passwd = {}

    def add_password(self, realm, uri, user, passwd):
        uris = [uri] if isinstance(uri, str) else uri
        for default_port in True, False:
            reduced = tuple(self._key(one, default_port) for one in uris)
            self.passwd.setdefault(realm, {})[reduced] = user, passwd

    def find_user_password(self, realm, authuri):
        """(user, password), (None, None) if nothing is known."""
        for default_port in True, False:
            wanted = self._key(authuri, default_port)
            for uris, found in self.passwd.get(realm, {}).items():
                if any(self._holds_for(uri, wanted) for uri in uris):
                    return found
        return None, None

    def _key(self, uri, default_port):
        """(scheme, authority, path) of a URI; the scheme is None for an authority alone."""
        parts = urlsplit(uri)
        return parts[0] if parts[1] and parts[0] else None, *self.reduce_uri(uri, default_port)

    def _holds_for(self, known, wanted):
        """Whether what is known about one key holds for another: a password for https is never sent by http."""
        return (known[0] == wanted[0] or None in (known[0], wanted[0])) and self.is_suburi(known[1:], wanted[1:])

    def reduce_uri(self, uri, default_port=True):
        """(authority, path) of a URI, or of an authority alone."""
        parts = urlsplit(uri)
        scheme, authority, path = (parts[0], parts[1], parts[2] or '/') if parts[1] else (None, uri, '/')
        host, port = _splitport(authority)
        if default_port and port is None and scheme in ('http', 'https'):
            authority = f'{host}:{80 if scheme == "http" else 443}'
        return authority, path

    def is_suburi(self, base, test):
        """Whether one reduced URI is another or lies below it."""
        if base == test:
            return True
        return base[0] == test[0] and test[1].startswith(base[1].removesuffix('/') + '/')


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    """One in which the realm None stands for those that it does not know."""

    def find_user_password(self, realm, authuri):
        found = super().find_user_password(realm, authuri)
        return found if found[0] is not None else super().find_user_password(None, authuri)


class HTTPPasswordMgrWithPriorAuth(HTTPPasswordMgrWithDefaultRealm):
    """One that remembers where we are known already, so that the password goes with the first request."""

    def __init__(self, *args, **kwargs):
        self.authenticated = {}
        super().__init__(*args, **kwargs)

    def add_password(self, realm, uri, user, passwd, is_authenticated=False):
        self.update_authenticated(uri, is_authenticated)
        if realm is not None:
            super().add_password(None, uri, user, passwd)
        super().add_password(realm, uri, user, passwd)

    def update_authenticated(self, uri, is_authenticated=False):
        for default_port in True, False:
            for one in [uri] if isinstance(uri, str) else uri:
                self.authenticated[self._key(one, default_port)] = is_authenticated

    def is_authenticated(self, authuri):
        for default_port in True, False:
            wanted = self._key(authuri, default_port)
            for uri, known in self.authenticated.items():
                if self._holds_for(uri, wanted):
                    return known
        return None


def _basic(user, password):
    return 'Basic ' + base64.b64encode(f'{user}:{password}'.encode()).decode('ascii')


class AbstractBasicAuthHandler:
    """Answers a challenge of the scheme Basic."""

    rx = re.compile(r'(?:^|,)[ \t]*([^ \t,]+)[ \t]+realm=(["\']?)([^"\']*)\2', re.IGNORECASE)

    def __init__(self, password_mgr=None):
        self.passwd = HTTPPasswordMgr() if password_mgr is None else password_mgr
        self.add_password = self.passwd.add_password

    def _parse_realm(self, header):
        """(scheme, realm) of each challenge of a header; the realm is None where it cannot be read."""
        challenges = list(self.rx.finditer(header))
        for scheme, quote, realm in (challenge.groups() for challenge in challenges):
            if not quote:
                warnings.warn('Basic Auth Realm was unquoted', UserWarning, 3)
            yield scheme, realm
        if not challenges:
            yield (header.split() or [''])[0], None

    def http_error_auth_reqed(self, authreq, host, req, headers):
        """The answer to the request with a password; None if we have none."""
        unknown = None
        for header in headers.get_all(authreq) or ():
            for scheme, realm in self._parse_realm(header):
                if scheme.lower() != 'basic':
                    unknown = scheme
                elif realm is not None:  # the first that can be understood
                    return self.retry_http_basic_auth(host, req, realm)
        if unknown is not None:
            raise ValueError(f'AbstractBasicAuthHandler does not support the following scheme: {unknown!r}')
        return None

    def retry_http_basic_auth(self, host, req, realm):
        user, password = self.passwd.find_user_password(realm, host)
        if password is None:
            return None
        words = _basic(user, password)
        if req.get_header(self.auth_header, None) == words:  # that has been tried
            return None
        req.add_unredirected_header(self.auth_header, words)
        return self.parent.open(req, timeout=req.timeout)

    def http_request(self, req):
        known = getattr(self.passwd, 'is_authenticated', None)
        if known and known(req.full_url) and not req.has_header('Authorization'):
            req.add_unredirected_header('Authorization', _basic(*self.passwd.find_user_password(None, req.full_url)))
        return req

    def http_response(self, req, response):
        if hasattr(self.passwd, 'is_authenticated'):
            self.passwd.update_authenticated(req.full_url, 200 <= response.code < 300)
        return response

    https_request, https_response = http_request, http_response


class AbstractDigestAuthHandler:
    """Answers a challenge of the scheme Digest (RFC 2617), which does not send the password."""

    def __init__(self, passwd=None):
        self.passwd = HTTPPasswordMgr() if passwd is None else passwd
        self.add_password = self.passwd.add_password
        self.retried = self.nonce_count = 0
        self.last_nonce = None

    def reset_retry_count(self):
        self.retried = 0

    def http_error_auth_reqed(self, auth_header, host, req, headers):
        challenge = headers.get(auth_header, None)
        if self.retried > 5:  # servers that never say yes
            raise HTTPError(req.full_url, 401, 'digest auth failed', headers, None)
        self.retried += 1
        if challenge:
            scheme = challenge.split()[0]
            if scheme.lower() == 'digest':
                return self.retry_http_digest_auth(req, challenge)
            if scheme.lower() != 'basic':
                raise ValueError(f"AbstractDigestAuthHandler does not support the following scheme: '{scheme}'")
        return None

    def retry_http_digest_auth(self, req, auth):
        _, words = auth.split(' ', 1)
        answer = self.get_authorization(req, parse_keqv_list(filter(None, parse_http_list(words))))
        if not answer:
            return None
        answer = f'Digest {answer}'
        if req.headers.get(self.auth_header, None) == answer:
            return None
        req.add_unredirected_header(self.auth_header, answer)
        return self.parent.open(req, timeout=req.timeout)

    def get_cnonce(self, nonce):
        """Something that the server cannot foresee."""
        words = f'{self.nonce_count}:{nonce}:{time.ctime()}:'.encode('ascii') + os.urandom(8)
        return hashlib.sha1(words).hexdigest()[:16]

    def get_authorization(self, req, chal):
        """The answer to a challenge, None if there is none."""
        if 'realm' not in chal or 'nonce' not in chal:
            return None
        realm, nonce, qop = chal['realm'], chal['nonce'], chal.get('qop')
        algorithm, opaque = chal.get('algorithm', 'MD5'), chal.get('opaque')
        digest, combined = self.get_algorithm_impls(algorithm)
        user, password = self.passwd.find_user_password(realm, req.full_url)
        if digest is None or user is None:
            return None
        entity = None if req.data is None else self.get_entity_digest(req.data, chal)
        secret, what = digest(f'{user}:{realm}:{password}'), digest(f'{req.get_method()}:{req.selector}')
        count = ours = None
        if qop is None:
            response = combined(secret, f'{nonce}:{what}')
        elif 'auth' in qop.split(','):
            self.nonce_count = self.nonce_count + 1 if nonce == self.last_nonce else 1
            self.last_nonce = nonce
            count, ours = f'{self.nonce_count:08x}', self.get_cnonce(nonce)
            response = combined(secret, f'{nonce}:{count}:{ours}:auth:{what}')
        else:
            raise URLError(f"qop '{qop}' is not supported.")
        words = [('username', user), ('realm', realm), ('nonce', nonce), ('uri', req.selector), ('response', response),
                 ('opaque', opaque), ('digest', entity), ('algorithm', algorithm)]
        answer = ', '.join(f'{name}="{value}"' for name, value in words if value)
        return f'{answer}, qop=auth, nc={count}, cnonce="{ours}"' if qop else answer

    def get_algorithm_impls(self, algorithm):
        """(digest of a text, digest of a secret and data) of an algorithm."""
        make = {'MD5': hashlib.md5, 'SHA': hashlib.sha1}.get(algorithm)
        if make is None:
            raise ValueError(f'Unsupported digest authentication algorithm {algorithm!r}')

        def digest(text):
            return make(text.encode('ascii')).hexdigest()
        return digest, lambda secret, data: digest(f'{secret}:{data}')

    def get_entity_digest(self, data, chal):
        return None  # no server asks for it


def parse_keqv_list(l):
    """A dict of texts like 'key=value' and 'key="value"'."""
    parsed = {}
    for item in l:
        key, value = item.split('=', 1)
        parsed[key] = value[1:-1] if value[0] == value[-1] == '"' else value
    return parsed


def parse_http_list(s):
    """The parts of a header between commas; a quoted string may hold some, and quotes behind a backslash."""
    parts, part, quoted, escaped = [], '', False, False
    for char in s:
        if escaped:
            part += char
            escaped = False
        elif quoted and char == '\\':
            escaped = True
        elif char == ',' and not quoted:
            parts.append(part)
            part = ''
        else:
            part += char
            quoted ^= char == '"'
    if part:
        parts.append(part)
    return [part.strip() for part in parts]
