"""Whose certificate it is, by hand, for ssl. OpenSSL looks itself; programs of old times call match_hostname()."""
import socket as _socket
import ssl
import warnings


def _dnsname_match(dn, hostname):
    """Whether a name of a certificate fits a host. Its leftmost label may be a star."""
    if not dn:
        return False
    stars = dn.count('*')
    if not stars:
        return dn.lower() == hostname.lower()
    if stars > 1:
        raise ssl.CertificateError('too many wildcards in certificate DNS name: {!r}.'.format(dn))
    leftmost, dot, rest = dn.partition('.')
    if '*' in rest:
        raise ssl.CertificateError('wildcard can only be present in the leftmost label: {!r}.'.format(dn))
    if not dot:
        raise ssl.CertificateError('sole wildcard without additional labels are not support: {!r}.'.format(dn))
    if leftmost != '*':
        raise ssl.CertificateError('partial wildcards in leftmost label are not supported: {!r}.'.format(dn))
    host_leftmost, host_dot, host_rest = hostname.partition('.')
    return bool(host_leftmost and host_dot) and rest.lower() == host_rest.lower()


def _inet_paton(ipname):
    """The bytes of an address in text. ValueError if it is none."""
    try:
        packed = _socket.inet_aton(ipname)
    except OSError:
        pass
    else:
        if _socket.inet_ntoa(packed) == ipname:
            return packed
        raise ValueError('{!r} is not a quad-dotted IPv4 address.'.format(ipname))
    try:
        return _socket.inet_pton(_socket.AF_INET6, ipname)
    except OSError:
        raise ValueError('{!r} is neither an IPv4 nor an IP6 address.'.format(ipname))


def _ipaddress_match(cert_ipaddress, host_ip):
    """Whether an address of a certificate (text) is the host's (bytes)."""
    return _inet_paton(cert_ipaddress.rstrip()) == host_ip


def match_hostname(cert, hostname):
    """CertificateError if a certificate (a dict) is not the host's. Deprecated: OpenSSL looks itself."""
    warnings.warn('ssl.match_hostname() is deprecated', category=DeprecationWarning, stacklevel=2)
    if not cert:
        raise ValueError('empty or no certificate, match_hostname needs a SSL socket or SSL context with either '
                         'CERT_OPTIONAL or CERT_REQUIRED')
    try:
        host_ip = _inet_paton(hostname)
    except ValueError:
        host_ip = None
    names = []
    for kind, value in cert.get('subjectAltName', ()):
        if kind == 'DNS':
            if host_ip is None and _dnsname_match(value, hostname):
                return
            names.append(value)
        elif kind == 'IP Address':
            if host_ip is not None and _ipaddress_match(value, host_ip):
                return
            names.append(value)
    if not names:
        # The subject counts only without other names.
        for attribute, value in (pair for group in cert.get('subject', ()) for pair in group):
            if attribute == 'commonName':
                if _dnsname_match(value, hostname):
                    return
                names.append(value)
    if len(names) > 1:
        raise ssl.CertificateError("hostname %r doesn't match either of %s" % (hostname, ', '.join(map(repr, names))))
    if names:
        raise ssl.CertificateError("hostname %r doesn't match %r" % (hostname, names[0]))
    raise ssl.CertificateError('no appropriate commonName or subjectAltName fields were found')
