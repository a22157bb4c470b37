"""Which cookies are taken from an answer and sent with a request: the default policy of http.cookiejar.

Every rule is a method of its own, named set_ok_* or return_ok_*; subclasses replace single ones.
"""
from http import _cookie_text as text
from http._cookie_text import domain_match, eff_request_host, request_path, request_port, user_domain_match

# Names that countries give out a second level under: no cookie may be for all of '.co.uk'.
_SECOND_LEVELS = frozenset('co ac com edu org net gov mil int aero biz cat coop info jobs mobi museum name pro travel '
                           'eu'.split())


class CookiePolicy:
    """What a jar asks before it takes or gives a cookie."""

    netscape = True
    rfc2965 = False
    hide_cookie2 = False

    def set_ok(self, cookie, request):
        """Whether the cookie that came with the answer to the request may be kept."""
        raise NotImplementedError()

    def return_ok(self, cookie, request):
        """Whether the cookie may be sent with the request."""
        raise NotImplementedError()

    def domain_return_ok(self, domain, request):
        """Whether cookies of the domain have to be looked at for the request."""
        return True

    def path_return_ok(self, path, request):
        """Whether cookies of the path have to be looked at for the request."""
        return True


def _all_of(*names):
    """A method that holds if all of the methods hold, asked in their order."""
    def holds(self, cookie, request):
        return all(getattr(self, name)(cookie, request) for name in names)
    return holds


class DefaultCookiePolicy(CookiePolicy):
    """The rules of Netscape and of RFC 2965, with lists of domains on top, and switches for stricter ones."""

    DomainStrictNoDots = 1
    DomainStrictNonDomain = 2
    DomainRFC2965Match = 4
    DomainLiberal = 0
    DomainStrict = DomainStrictNoDots | DomainStrictNonDomain

    def __init__(self, blocked_domains=None, allowed_domains=None, netscape=True, rfc2965=False,
                 rfc2109_as_netscape=None, hide_cookie2=False, strict_domain=False, strict_rfc2965_unverifiable=True,
                 strict_ns_unverifiable=False, strict_ns_domain=DomainLiberal, strict_ns_set_initial_dollar=False,
                 strict_ns_set_path=False, secure_protocols=('https', 'wss')):
        switches = dict(locals())
        for name in 'self', 'blocked_domains', 'allowed_domains':
            del switches[name]
        vars(self).update(switches)
        self.set_blocked_domains(blocked_domains or ())
        self.set_allowed_domains(allowed_domains)

    def blocked_domains(self):
        """The domains that no cookie is taken from or sent to."""
        return self._blocked_domains

    def set_blocked_domains(self, blocked_domains):
        self._blocked_domains = tuple(blocked_domains)

    def is_blocked(self, domain):
        return any(user_domain_match(domain, blocked) for blocked in self._blocked_domains)

    def allowed_domains(self):
        """The only domains that cookies are taken from and sent to; None for all."""
        return self._allowed_domains

    def set_allowed_domains(self, allowed_domains):
        self._allowed_domains = None if allowed_domains is None else tuple(allowed_domains)

    def is_not_allowed(self, domain):
        allowed = self._allowed_domains
        return allowed is not None and not any(user_domain_match(domain, good) for good in allowed)

    # Taking

    set_ok = _all_of('set_ok_version', 'set_ok_verifiability', 'set_ok_name', 'set_ok_path', 'set_ok_domain',
                     'set_ok_port')

    def set_ok_version(self, cookie, request):
        return cookie.version is not None and self._speaks(cookie.version)

    def _speaks(self, version):
        return not (version > 0 and not self.rfc2965 or version == 0 and not self.netscape)

    def set_ok_verifiability(self, cookie, request):
        if not (request.unverifiable and text.is_third_party(request)):
            return True
        return not (cookie.version > 0 and self.strict_rfc2965_unverifiable or
                    cookie.version == 0 and self.strict_ns_unverifiable)

    def set_ok_name(self, cookie, request):
        return not (cookie.version == 0 and self.strict_ns_set_initial_dollar and cookie.name.startswith('$'))

    def set_ok_path(self, cookie, request):
        if not cookie.path_specified or not (cookie.version > 0 or cookie.version == 0 and self.strict_ns_set_path):
            return True
        return self.path_return_ok(cookie.path, request)

    def set_ok_domain(self, cookie, request):
        if self.is_blocked(cookie.domain) or self.is_not_allowed(cookie.domain):
            return False
        if not cookie.domain_specified:
            return True
        host, effective = eff_request_host(request)
        domain = cookie.domain
        if self.strict_domain and _is_country_wide(domain):
            return False
        if '.' not in domain.removeprefix('.') and not effective.endswith('.local'):
            return False
        if cookie.version == 0 and not effective.startswith('.'):
            dotted = '.' + effective
            if not dotted.endswith(domain) and not dotted.removesuffix('.local').endswith(domain):
                return False
        if cookie.version > 0 or self.strict_ns_domain & self.DomainRFC2965Match:
            if not domain_match(effective, domain):
                return False
        if cookie.version > 0 or self.strict_ns_domain & self.DomainStrictNoDots:
            return '.' not in host[:-len(domain)] or text.is_ipv4(host)
        return True

    def set_ok_port(self, cookie, request):
        if not cookie.port_specified:
            return True
        wanted = request_port(request) or text.DEFAULT_HTTP_PORT
        for port in cookie.port.split(','):
            if not port.strip().lstrip('+-').isdecimal():
                return False
            if port == wanted:
                return True
        return False

    # Giving

    return_ok = _all_of('return_ok_version', 'return_ok_verifiability', 'return_ok_secure', 'return_ok_expires',
                        'return_ok_port', 'return_ok_domain')
    return_ok_verifiability = set_ok_verifiability

    def return_ok_version(self, cookie, request):
        return self._speaks(cookie.version)

    def return_ok_secure(self, cookie, request):
        return not cookie.secure or request.type in self.secure_protocols

    def return_ok_expires(self, cookie, request):
        return not cookie.is_expired(self._now)

    def return_ok_port(self, cookie, request):
        return not cookie.port or (request_port(request) or text.DEFAULT_HTTP_PORT) in cookie.port.split(',')

    def return_ok_domain(self, cookie, request):
        _, effective = eff_request_host(request)
        domain = cookie.domain
        if cookie.version > 0:
            return domain_match(effective, domain)
        if cookie.version < 0:
            return True
        if (self.strict_ns_domain & self.DomainStrictNonDomain and not cookie.domain_specified and
                domain != effective):
            return False
        return ('.' + effective).endswith(_dotted(domain))

    def domain_return_ok(self, domain, request):
        hosts = map(_dotted, eff_request_host(request))
        if not any(host.endswith(_dotted(domain)) for host in hosts):
            return False
        return not self.is_blocked(domain) and not self.is_not_allowed(domain)

    def path_return_ok(self, path, request):
        wanted = request_path(request)
        if not wanted.startswith(path):
            return False
        return path.endswith('/') or wanted[len(path):len(path) + 1] in ('', '/')


def _dotted(domain):
    return '.' + domain if domain and domain[0] != '.' else domain


def _is_country_wide(domain):
    """Whether a domain is like '.co.uk'."""
    labels = domain.split('.')
    return len(labels) == 3 and not labels[0] and labels[1].lower() in _SECOND_LEVELS and len(labels[2]) == 2
