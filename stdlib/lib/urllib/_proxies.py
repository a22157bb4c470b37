"""Proxies: which ones the environment names, for which hosts they are left out, and the handler that uses them."""
import base64
import os
from urllib.parse import _splitpasswd, _splitport, _splittype, _splituser, unquote


def getproxies_environment():
    """The proxies by scheme that variables such as http_proxy name; names in small letters win."""
    proxies, named = {}, [(name, value) for name, value in os.environ.items() if name[-6:].lower() == '_proxy']
    for name, value in named:
        if len(name) > 6 and value:
            proxies[name[:-6].lower()] = value
    if 'REQUEST_METHOD' in os.environ:  # in a CGI script, HTTP_PROXY is a header that the client sent
        proxies.pop('http', None)
    for name, value in named:
        if name.endswith('_proxy'):
            if value:
                proxies[name[:-6].lower()] = value
            else:
                proxies.pop(name[:-6].lower(), None)
    return proxies


def proxy_bypass_environment(host, proxies=None):
    """Whether no_proxy names the host, or a domain that it is in."""
    proxies = getproxies_environment() if proxies is None else proxies
    if 'no' not in proxies:
        return False
    if proxies['no'] == '*':
        return True
    host = host.lower()
    forms = host, _splitport(host)[0]
    for name in proxies['no'].split(','):
        name = name.strip().lstrip('.').lower()
        if name and any(form == name or form.endswith('.' + name) for form in forms):
            return True
    return False


def getproxies():
    """The proxies by scheme that are to be used."""
    return getproxies_environment()


def proxy_bypass(host, proxies=None):
    """Whether a host is to be asked without a proxy."""
    return proxy_bypass_environment(host, proxies)


def _proxy_bypass_macosx_sysconf(host, proxy_settings):
    """Whether the settings of a Macintosh leave a host out: names with *, addresses, and networks with a prefix."""
    import re
    import socket
    from fnmatch import fnmatch
    from ipaddress import IPv4Address
    name = _splitport(host)[0]
    if '.' not in host and proxy_settings['exclude_simple']:
        return True
    number = None
    for exception in proxy_settings.get('exceptions', ()):
        network = re.match(r'(\d+(?:\.\d+)*)(/\d+)?', exception or '')
        if network is None:
            if exception and fnmatch(host, exception):
                return True
            continue
        if number is None:
            try:
                number = int(IPv4Address(socket.gethostbyname(name)))
            except OSError:
                continue
        parts = network[1].split('.')
        length = int(network[2][1:]) if network[2] else 8 * len(parts)
        if length <= 32:
            base = int(IPv4Address('.'.join((parts + ['0'] * 3)[:4])))
            if number >> 32 - length == base >> 32 - length:
                return True
    return False


def _parse_proxy(proxy):
    """(scheme, user, password, host and port) of a proxy's URL; what is not there is None."""
    scheme, rest = _splittype(proxy)
    if not rest.startswith('/'):
        scheme, authority = None, proxy
    elif not rest.startswith('//'):
        raise ValueError(f'proxy URL with no authority: {proxy!r}')
    else:  # a user's password may have slashes
        end = rest.find('/', rest.find('@') if '@' in rest else 2)
        authority = rest[2:] if end < 0 else rest[2:end]
    userinfo, hostport = _splituser(authority)
    user, password = (None, None) if userinfo is None else _splitpasswd(userinfo)
    return scheme, user, password, hostport


def define_handler(BaseHandler):
    """ProxyHandler, derived from the class that urllib.request has by the time it asks for this."""

    class ProxyHandler(BaseHandler):
        """Sends requests to proxies, a dict by scheme; those of the environment if none are given."""

        handler_order = 100  # before all that open connections

        def __init__(self, proxies=None):
            import urllib.request
            self.proxies = urllib.request.getproxies() if proxies is None else proxies
            assert hasattr(self.proxies, 'keys'), 'proxies must be a mapping'
            for scheme, url in self.proxies.items():
                self._add_scheme(scheme.lower(), url)

        def _add_scheme(self, scheme, url):
            setattr(self, scheme + '_open', lambda request: self.proxy_open(request, url, scheme))

        def proxy_open(self, req, proxy, type):
            """Turn a request to its proxy. None: the others go on with it."""
            import urllib.request
            asked = req.type
            scheme, user, password, hostport = _parse_proxy(proxy)
            scheme = asked if scheme is None else scheme
            if req.host and urllib.request.proxy_bypass(req.host):
                return None
            if user and password:
                words = f'{unquote(user)}:{unquote(password)}'
                req.add_header('Proxy-authorization', 'Basic ' + base64.b64encode(words.encode()).decode('ascii'))
            req.set_proxy(unquote(hostport), scheme)
            if asked in (scheme, 'https'):
                return None
            return self.parent.open(req, timeout=req.timeout)  # another scheme: begin anew

    ProxyHandler.__module__, ProxyHandler.__qualname__ = 'urllib.request', 'ProxyHandler'
    return ProxyHandler
