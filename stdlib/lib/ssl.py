"""TLS over sockets, and over anything else that carries bytes. What OpenSSL does is in the native module _ssl.

create_default_context() gives settings that are safe today. SSLContext.wrap_socket() makes an SSLSocket, which is a socket;
SSLContext.wrap_bio() an SSLObject, whose bytes somebody else transports through two MemoryBIOs.
"""
import base64
import errno as _errno
import os
import sys
import warnings
from collections import namedtuple
from enum import Enum as _Enum, IntEnum as _IntEnum, IntFlag as _IntFlag

import _ssl
import socket as _socket
from _ssl import (HAS_ALPN, HAS_ECDH, HAS_NPN, HAS_SNI, HAS_SSLv2, HAS_SSLv3, HAS_TLSv1, HAS_TLSv1_1, HAS_TLSv1_2,
                  HAS_TLSv1_3, OPENSSL_VERSION, OPENSSL_VERSION_INFO, OPENSSL_VERSION_NUMBER, RAND_add, RAND_bytes,
                  RAND_status, MemoryBIO, SSLSession, _DEFAULT_CIPHERS, _OPENSSL_API_VERSION, _SSLContext)
from _ssl import nid2obj as _nid2obj, txt2obj as _txt2obj
from _ssl_messages import _TLSAlertType, _TLSContentType, _TLSMessageType
from socket import AF_INET, SO_TYPE, SOCK_STREAM, SOL_SOCKET, create_connection, socket

socket_error = OSError
HAS_NEVER_CHECK_COMMON_NAME = True
CHANNEL_BINDING_TYPES = ['tls-unique']
SOCKET_KINDS_REFUSED = 'only stream sockets are supported'
_RESTRICTED_SERVER_CIPHERS = _DEFAULT_CIPHERS


# --- errors ---


class SSLError(OSError):
    """An error of TLS. `library` and `reason` are OpenSSL's words for it, where it has some."""

    library = reason = None

    def __str__(self):
        return self.strerror if isinstance(self.strerror, str) else str(self.args)


class SSLZeroReturnError(SSLError):
    """The other side has ended the encryption."""


class SSLWantReadError(SSLError):
    """A socket that does not wait would have to be read first."""


class SSLWantWriteError(SSLError):
    """A socket that does not wait would have to be written first."""


class SSLSyscallError(SSLError):
    """A call of the system failed."""


class SSLEOFError(SSLError):
    """The connection ended without goodbye."""


class SSLCertVerificationError(SSLError, ValueError):
    """The certificate is no good. `verify_code` and `verify_message` say why."""


for _class in (SSLError, SSLZeroReturnError, SSLWantReadError, SSLWantWriteError, SSLSyscallError, SSLEOFError,
               SSLCertVerificationError):
    _class.__module__ = 'ssl'
_ssl._set_errors(SSLError, SSLZeroReturnError, SSLWantReadError, SSLWantWriteError, SSLSyscallError, SSLEOFError,
                 SSLCertVerificationError)
del _class
_ssl.SSLError = SSLError
CertificateError = SSLCertVerificationError

from _ssl_names import _dnsname_match, _inet_paton, _ipaddress_match, match_hostname


# --- constants ---


def _constants(base, name, prefix):
    """An enumeration of _ssl's constants that begin with `prefix`; its members are names of this module too."""
    made = base(name, {key: value for key, value in vars(_ssl).items() if key.startswith(prefix) and key != 'PROTOCOL_SSLv23'}, module=__name__)
    for key, member in made.__members__.items():
        globals()[key] = member
    return made


_SSLMethod = _constants(_IntEnum, '_SSLMethod', 'PROTOCOL_')
Options = _constants(_IntFlag, 'Options', 'OP_')
AlertDescription = _constants(_IntEnum, 'AlertDescription', 'ALERT_DESCRIPTION_')
SSLErrorNumber = _constants(_IntEnum, 'SSLErrorNumber', 'SSL_ERROR_')
VerifyFlags = _constants(_IntFlag, 'VerifyFlags', 'VERIFY_')
VerifyMode = _constants(_IntEnum, 'VerifyMode', 'CERT_')
_PROTOCOL_NAMES = {value: name for name, value in _SSLMethod.__members__.items()}
PROTOCOL_SSLv23 = _SSLMethod.PROTOCOL_SSLv23 = _SSLMethod.PROTOCOL_TLS
_SSLv2_IF_EXISTS = getattr(_SSLMethod, 'PROTOCOL_SSLv2', None)


class TLSVersion(_IntEnum):
    MINIMUM_SUPPORTED = _ssl.PROTO_MINIMUM_SUPPORTED
    SSLv3 = _ssl.PROTO_SSLv3
    TLSv1 = _ssl.PROTO_TLSv1
    TLSv1_1 = _ssl.PROTO_TLSv1_1
    TLSv1_2 = _ssl.PROTO_TLSv1_2
    TLSv1_3 = _ssl.PROTO_TLSv1_3
    MAXIMUM_SUPPORTED = _ssl.PROTO_MAXIMUM_SUPPORTED


class _ASN1Object(namedtuple('_ASN1Object', 'nid shortname longname oid')):
    """An object identifier, found by its numbers."""

    __slots__ = ()

    def __new__(cls, oid):
        return super().__new__(cls, *_txt2obj(oid, name=False))

    @classmethod
    def fromnid(cls, nid):
        """The same by OpenSSL's number."""
        return super().__new__(cls, *_nid2obj(nid))

    @classmethod
    def fromname(cls, name):
        """The same by name."""
        return super().__new__(cls, *_txt2obj(name, name=True))


class Purpose(_ASN1Object, _Enum):
    """What certificates are used for."""

    SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
    CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'


DefaultVerifyPaths = namedtuple('DefaultVerifyPaths', 'cafile capath openssl_cafile_env openssl_cafile '
                                                      'openssl_capath_env openssl_capath')


def get_default_verify_paths():
    """Where OpenSSL looks for authorities: what there is of it, and how it is found."""
    file_env, file, folder_env, folder = _ssl.get_default_verify_paths()
    cafile, capath = os.environ.get(file_env, file), os.environ.get(folder_env, folder)
    return DefaultVerifyPaths(cafile if os.path.isfile(cafile) else None, capath if os.path.isdir(capath) else None,
                              file_env, file, folder_env, folder)


# --- contexts ---


class SSLContext(_SSLContext):
    """Settings of connections: which certificates are shown and trusted, which protocols may be used."""

    sslsocket_class = None
    sslobject_class = None

    def __new__(cls, protocol=None, *args, **kwargs):
        if protocol is None:
            warnings.warn('ssl.SSLContext() without protocol argument is deprecated.', category=DeprecationWarning,
                          stacklevel=2)
            protocol = PROTOCOL_TLS
        if protocol == PROTOCOL_TLS:
            warnings.warn('ssl.PROTOCOL_TLS is deprecated', category=DeprecationWarning, stacklevel=2)
        elif protocol in (_ssl.PROTOCOL_TLSv1, _ssl.PROTOCOL_TLSv1_1, _ssl.PROTOCOL_TLSv1_2):
            warnings.warn(f'ssl.{_PROTOCOL_NAMES[protocol]} is deprecated', category=DeprecationWarning, stacklevel=2)
        return _SSLContext.__new__(cls, protocol)

    def __init__(self, protocol=None, *args, **kwargs):
        pass

    def wrap_socket(self, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True,
                    server_hostname=None, session=None):
        """An SSLSocket in place of a socket, which is not used any more."""
        return self.sslsocket_class._create(
            sock=sock, server_side=server_side, do_handshake_on_connect=do_handshake_on_connect,
            suppress_ragged_eofs=suppress_ragged_eofs, server_hostname=server_hostname, context=self, session=session)

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        """An SSLObject over two MemoryBIOs."""
        return self.sslobject_class._create(incoming, outgoing, server_side=server_side,
                                            server_hostname=self._encode_hostname(server_hostname), session=session,
                                            context=self)

    def _encode_hostname(self, hostname):
        if hostname is None or isinstance(hostname, str) and hostname.isascii():
            return hostname
        if isinstance(hostname, str):
            return hostname.encode('idna').decode('ascii')
        return hostname.decode('ascii')

    def set_npn_protocols(self, npn_protocols):
        """The older way of choosing a protocol. OpenSSL here has it no more."""
        warnings.warn('ssl NPN is deprecated, use ALPN instead', DeprecationWarning, stacklevel=2)
        raise NotImplementedError('NPN is not supported')

    def set_alpn_protocols(self, alpn_protocols):
        """The protocols to offer or to choose from, the best first."""
        packed = bytearray()
        for protocol in alpn_protocols:
            name = bytes(protocol, 'ascii')
            if not 0 < len(name) <= 255:
                raise SSLError('ALPN protocols must be 1 to 255 in length')
            packed.append(len(name))
            packed += name
        self._set_alpn_protocols(packed)

    def set_servername_callback(self, server_name_callback):
        """The older form of sni_callback: names come as IDNA bytes decoded."""
        if server_name_callback is None:
            self.sni_callback = None
            return
        if not callable(server_name_callback):
            raise TypeError('not a callable object')

        def shim(connection, name, context):
            return server_name_callback(connection, self._encode_hostname(name), context)

        self.sni_callback = shim

    def _load_windows_store_certs(self, storename, purpose):
        return b''

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        """Trust the authorities that the system trusts."""
        if not isinstance(purpose, _ASN1Object):
            raise TypeError(purpose)
        self.set_default_verify_paths()

    @property
    def minimum_version(self):
        """The oldest version of TLS that may be used."""
        return TLSVersion(_SSLContext.minimum_version.__get__(self))

    @minimum_version.setter
    def minimum_version(self, value):
        if value == TLSVersion.SSLv3:
            self.options &= ~Options.OP_NO_SSLv3
        _SSLContext.minimum_version.__set__(self, value)

    @property
    def maximum_version(self):
        """The newest version of TLS that may be used."""
        return TLSVersion(_SSLContext.maximum_version.__get__(self))

    @maximum_version.setter
    def maximum_version(self, value):
        _SSLContext.maximum_version.__set__(self, value)

    @property
    def options(self):
        """OpenSSL's switches."""
        return Options(_SSLContext.options.__get__(self))

    @options.setter
    def options(self, value):
        deprecated = Options.OP_NO_SSLv2 | Options.OP_NO_SSLv3
        added = value & ~_SSLContext.options.__get__(self)
        for name in ('OP_NO_TLSv1', 'OP_NO_TLSv1_1', 'OP_NO_TLSv1_2', 'OP_NO_TLSv1_3', 'OP_NO_SSLv3'):
            if added & getattr(Options, name):
                warnings.warn('ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated', DeprecationWarning, stacklevel=2)
                break
        _SSLContext.options.__set__(self, value)

    @property
    def hostname_checks_common_name(self):
        """Whether the subject of a certificate may name the host, when it has no other names."""
        return self._host_flags & _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT != _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT

    @hostname_checks_common_name.setter
    def hostname_checks_common_name(self, value):
        if value:
            self._host_flags &= ~_ssl.HOSTFLAG_NEVER_CHECK_SUBJECT
        else:
            self._host_flags |= _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT

    @property
    def _msg_callback(self):
        """What is called with every message of TLS, for looking into connections."""
        inner = _SSLContext._msg_callback.__get__(self)
        return inner.user_function if inner is not None else None

    @_msg_callback.setter
    def _msg_callback(self, callback):
        if callback is None:
            _SSLContext._msg_callback.__set__(self, None)
            return
        if not hasattr(callback, '__call__'):
            raise TypeError(f'{callback} is not callable.')

        def known(enumeration, value):
            try:
                return enumeration(value)
            except ValueError:
                return value

        def inner(connection, direction, version, content_type, message_type, data):
            content = known(_TLSContentType, content_type)
            kinds = {_TLSContentType.HEADER: _TLSContentType, _TLSContentType.ALERT: _TLSAlertType}
            return callback(connection, direction, known(TLSVersion, version), content,
                            known(kinds.get(content, _TLSMessageType), message_type), data)

        inner.user_function = callback
        _SSLContext._msg_callback.__set__(self, inner)

    @property
    def protocol(self):
        return _SSLMethod(_SSLContext.protocol.__get__(self))

    @property
    def verify_flags(self):
        return VerifyFlags(_SSLContext.verify_flags.__get__(self))

    @verify_flags.setter
    def verify_flags(self, value):
        _SSLContext.verify_flags.__set__(self, value)

    @property
    def verify_mode(self):
        """Whether the other side's certificate is looked at."""
        value = _SSLContext.verify_mode.__get__(self)
        try:
            return VerifyMode(value)
        except ValueError:
            return value

    @verify_mode.setter
    def verify_mode(self, value):
        _SSLContext.verify_mode.__set__(self, value)


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    """A context that is safe: certificates are verified for SERVER_AUTH, old protocols are off."""
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    if purpose == Purpose.SERVER_AUTH:
        context = SSLContext(PROTOCOL_TLS_CLIENT)
        context.verify_mode = CERT_REQUIRED
        context.check_hostname = True
    elif purpose == Purpose.CLIENT_AUTH:
        context = SSLContext(PROTOCOL_TLS_SERVER)
    else:
        raise ValueError(purpose)
    _trust(context, purpose, cafile, capath, cadata)
    _log_keys(context)
    return context


def _trust(context, purpose, cafile, capath, cadata):
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)


def _log_keys(context):
    name = os.environ.get('SSLKEYLOGFILE')
    if name and not sys.flags.ignore_environment:
        context.keylog_filename = name


def _create_unverified_context(protocol=None, *, cert_reqs=CERT_NONE, check_hostname=False,
                               purpose=Purpose.SERVER_AUTH, certfile=None, keyfile=None, cafile=None, capath=None,
                               cadata=None):
    """A context that believes everybody."""
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    if protocol is None:
        if purpose == Purpose.SERVER_AUTH:
            protocol = PROTOCOL_TLS_CLIENT
        elif purpose == Purpose.CLIENT_AUTH:
            protocol = PROTOCOL_TLS_SERVER
        else:
            raise ValueError(purpose)
    context = SSLContext(protocol)
    context.check_hostname = check_hostname
    if cert_reqs is not None:
        context.verify_mode = cert_reqs
    if check_hostname:
        context.check_hostname = True
    if keyfile and not certfile:
        raise ValueError('certfile must be specified')
    if certfile or keyfile:
        context.load_cert_chain(certfile, keyfile)
    _trust(context, purpose, cafile, capath, cadata)
    _log_keys(context)
    return context


_create_default_https_context = create_default_context
_create_stdlib_context = _create_unverified_context


# --- connections ---


class _Connection:
    """What SSLObject and SSLSocket ask the native connection (`_sslobj`)."""

    def _asked(self):
        """The native connection; None before the handshake of a socket that is not connected."""
        return self._sslobj

    @property
    def session(self):
        """The SSLSession, to be used for another connection."""
        native = self._asked()
        return None if native is None else native.session

    @session.setter
    def session(self, session):
        self._session = session
        if self._asked() is not None:
            self._sslobj.session = session

    @property
    def session_reused(self):
        """Whether a session was used again."""
        native = self._asked()
        return None if native is None else native.session_reused

    def getpeercert(self, binary_form=False):
        """The other side's certificate: a dict (empty if it was not verified), bytes, or None."""
        return self._sslobj.getpeercert(binary_form)

    def selected_npn_protocol(self):
        """None: NPN is not supported."""
        warnings.warn('ssl NPN is deprecated, use ALPN instead', DeprecationWarning, stacklevel=2)

    def selected_alpn_protocol(self):
        """The protocol that was agreed on."""
        native = self._asked()
        return None if native is None else native.selected_alpn_protocol()

    def cipher(self):
        """(name, version, bits) of the cipher in use."""
        native = self._asked()
        return None if native is None else native.cipher()

    def shared_ciphers(self):
        """The ciphers that both sides know; of a server only."""
        native = self._asked()
        return None if native is None else native.shared_ciphers()

    def compression(self):
        """None: nothing is compressed."""
        native = self._asked()
        return None if native is None else native.compression()

    def version(self):
        """The version of TLS."""
        native = self._asked()
        return None if native is None else native.version()

    def get_channel_binding(self, cb_type='tls-unique'):
        """Bytes that only the two sides of this connection know."""
        native = self._asked()
        if native is not None:
            return native.get_channel_binding(cb_type)
        if cb_type not in CHANNEL_BINDING_TYPES:
            raise ValueError('{0} channel binding type not implemented'.format(cb_type))
        return None


def _refuse_on_server(server_hostname, session):
    if server_hostname:
        raise ValueError('server_hostname can only be specified in client mode')
    if session is not None:
        raise ValueError('session can only be specified in client mode')


class SSLObject(_Connection):
    """A connection whose bytes somebody else transports. It never waits: SSLWantReadError says that bytes are missing."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f'{self.__class__.__name__} does not have a public constructor. Instances are returned by '
                        f'SSLContext.wrap_bio().')

    @classmethod
    def _create(cls, incoming, outgoing, server_side=False, server_hostname=None, session=None, context=None):
        if server_side:
            _refuse_on_server(server_hostname, session)
        if context.check_hostname and server_hostname is None:
            warnings.warn('check_hostname requires server_hostname', category=DeprecationWarning, stacklevel=3)
        self = cls.__new__(cls)
        self._sslobj = context._wrap_bio(incoming, outgoing, server_side=server_side, server_hostname=server_hostname,
                                         owner=self, session=session)
        return self

    @property
    def context(self):
        """The SSLContext; an SNI callback may set another one."""
        return self._sslobj.context

    @context.setter
    def context(self, context):
        self._sslobj.context = context

    @property
    def server_side(self):
        return self._sslobj.server_side

    @property
    def server_hostname(self):
        return self._sslobj.server_hostname

    def read(self, len=1024, buffer=None):
        """Up to `len` bytes, new or into a buffer."""
        return self._sslobj.read(len) if buffer is None else self._sslobj.read(len, buffer)

    def write(self, data):
        """Encrypt bytes; how many."""
        return self._sslobj.write(data)

    def pending(self):
        """How many bytes can be read at once."""
        return self._sslobj.pending()

    def do_handshake(self):
        """Agree with the other side."""
        self._sslobj.do_handshake()

    def unwrap(self):
        """End the encryption."""
        return self._sslobj.shutdown()

    def verify_client_post_handshake(self):
        """Ask the client who it is."""
        return self._sslobj.verify_client_post_handshake()


class SSLSocket(_Connection, socket):
    """A socket with TLS."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f'{self.__class__.__name__} does not have a public constructor. Instances are returned by '
                        f'SSLContext.wrap_socket().')

    @classmethod
    def _create(cls, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True,
                server_hostname=None, context=None, session=None):
        if sock.getsockopt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM:
            raise NotImplementedError(SOCKET_KINDS_REFUSED)
        if server_side:
            _refuse_on_server(server_hostname, session)
        if context.check_hostname and not server_hostname:
            raise ValueError('check_hostname requires server_hostname')
        timeout = sock.gettimeout()
        self = cls.__new__(cls)
        socket.__init__(self, family=sock.family, type=sock.type, proto=sock.proto, fileno=sock.fileno())
        sock.detach()
        try:
            self._prepare(context, session, server_side, server_hostname, do_handshake_on_connect, suppress_ragged_eofs)
            self._connected = self._is_connected()
            self.settimeout(timeout)
            if self._connected:
                self._begin(do_handshake_on_connect)
        except:
            try:
                self.close()
            except OSError:
                pass
            raise
        return self

    def _prepare(self, context, session, server_side, server_hostname, do_handshake_on_connect, suppress_ragged_eofs):
        self._context = context
        self._session = session
        self._sslobj = None
        self._connected = False
        self.server_side = server_side
        self.server_hostname = context._encode_hostname(server_hostname)
        self.do_handshake_on_connect = do_handshake_on_connect
        self.suppress_ragged_eofs = suppress_ragged_eofs

    def _is_connected(self):
        """Whether there is another side. Data that came from it before TLS began may be an attack."""
        try:
            self.getpeername()
        except OSError as error:
            if error.errno != _errno.ENOTCONN:
                raise
        else:
            return True
        blocking = self.getblocking()
        self.setblocking(False)
        try:
            # It may have gone already, with bytes that nobody read.
            data = socket.recv(self, 1)
        except OSError as error:
            # EINVAL: not connected, on some systems.
            if error.errno not in (_errno.ENOTCONN, _errno.EINVAL):
                raise
            data = b''
        finally:
            self.setblocking(blocking)
        if data:
            error = SSLError(1, 'Closed before TLS handshake with data in recv buffer.')
            error.reason = error.args[1]
            error.library = None
            self.close()
            raise error
        return False

    def _begin(self, handshake):
        """The native connection is made, and the handshake if it is wanted."""
        self._sslobj = self._context._wrap_socket(self, self.server_side, self.server_hostname, owner=self,
                                                  session=self._session)
        if handshake:
            if self.gettimeout() == 0.0:
                # It could not wait.
                raise ValueError('do_handshake_on_connect should not be specified for non-blocking sockets')
            self.do_handshake()

    def _checkClosed(self, msg=None):
        pass

    def _check_connected(self):
        if not self._connected:
            # An error that says why.
            self.getpeername()

    @property
    def context(self):
        """The SSLContext; an SNI callback may set another one."""
        return self._context

    @context.setter
    def context(self, ctx):
        self._context = ctx
        self._sslobj.context = ctx

    def dup(self):
        raise NotImplementedError("Can't dup() %s instances" % self.__class__.__name__)

    def getpeercert(self, binary_form=False):
        self._check_connected()
        return self._sslobj.getpeercert(binary_form)

    def do_handshake(self, block=False):
        """Agree with the other side. With `block` also on a socket that does not wait."""
        self._check_connected()
        timeout = self.gettimeout()
        try:
            if timeout == 0.0 and block:
                self.settimeout(None)
            self._sslobj.do_handshake()
        finally:
            self.settimeout(timeout)

    def read(self, len=1024, buffer=None):
        """Up to `len` bytes, new or into a buffer; none at the end."""
        if self._sslobj is None:
            raise ValueError('Read on closed or unwrapped SSL socket.')
        try:
            return self._sslobj.read(len) if buffer is None else self._sslobj.read(len, buffer)
        except SSLError as error:
            if error.args[0] == SSL_ERROR_EOF and self.suppress_ragged_eofs:
                return b'' if buffer is None else 0
            raise

    def write(self, data):
        """Send bytes; how many."""
        if self._sslobj is None:
            raise ValueError('Write on closed or unwrapped SSL socket.')
        return self._sslobj.write(data)

    def pending(self):
        """How many bytes can be read at once."""
        return 0 if self._sslobj is None else self._sslobj.pending()

    # --- the calls of a socket ---

    def _no_flags(self, flags, name):
        if flags != 0:
            raise ValueError(f'non-zero flags not allowed in calls to {name}() on {self.__class__}')

    def send(self, data, flags=0):
        if self._sslobj is None:
            return super().send(data, flags)
        self._no_flags(flags, 'send')
        return self._sslobj.write(data)

    def sendto(self, data, flags_or_addr, addr=None):
        if self._sslobj is not None:
            raise ValueError('sendto not allowed on instances of %s' % self.__class__)
        if addr is None:
            return super().sendto(data, flags_or_addr)
        return super().sendto(data, flags_or_addr, addr)

    def sendmsg(self, *args, **kwargs):
        raise NotImplementedError('sendmsg not allowed on instances of %s' % self.__class__)

    def sendall(self, data, flags=0):
        if self._sslobj is None:
            return super().sendall(data, flags)
        self._no_flags(flags, 'sendall')
        with memoryview(data) as view, view.cast('B') as rest:
            done, size = 0, len(rest)
            while done < size:
                done += self.send(rest[done:])

    def sendfile(self, file, offset=0, count=None):
        """Send a file."""
        if self._sslobj is None:
            return super().sendfile(file, offset, count)
        if self.gettimeout() == 0:
            raise ValueError('non-blocking sockets are not supported')
        if 'b' not in getattr(file, 'mode', 'b'):
            raise ValueError('file should be opened in binary mode')
        if count is not None and (not isinstance(count, int) or count <= 0):
            raise (TypeError if not isinstance(count, int) else ValueError)(
                f'count must be a positive integer (got {count!r})')
        if offset:
            file.seek(offset)
        total = 0
        try:
            while count is None or total < count:
                block = file.read(8192 if count is None else min(8192, count - total))
                if not block:
                    break
                self.sendall(block)
                total += len(block)
            return total
        finally:
            if total > 0 and hasattr(file, 'seek'):
                file.seek(offset + total)

    def recv(self, buflen=1024, flags=0):
        if self._sslobj is None:
            return super().recv(buflen, flags)
        self._no_flags(flags, 'recv')
        return self.read(buflen)

    def recv_into(self, buffer, nbytes=None, flags=0):
        if nbytes is None:
            nbytes = len(memoryview(buffer).cast('B')) if buffer is not None else 1024
            nbytes = nbytes or 1024
        if self._sslobj is None:
            return super().recv_into(buffer, nbytes, flags)
        self._no_flags(flags, 'recv_into')
        return self.read(nbytes, buffer)

    def recvfrom(self, buflen=1024, flags=0):
        if self._sslobj is not None:
            raise ValueError('recvfrom not allowed on instances of %s' % self.__class__)
        return super().recvfrom(buflen, flags)

    def recvfrom_into(self, buffer, nbytes=None, flags=0):
        if self._sslobj is not None:
            raise ValueError('recvfrom_into not allowed on instances of %s' % self.__class__)
        return super().recvfrom_into(buffer, nbytes or 0, flags)

    def recvmsg(self, *args, **kwargs):
        raise NotImplementedError('recvmsg not allowed on instances of %s' % self.__class__)

    def recvmsg_into(self, *args, **kwargs):
        raise NotImplementedError('recvmsg_into not allowed on instances of %s' % self.__class__)

    def shutdown(self, how):
        self._sslobj = None
        super().shutdown(how)

    def unwrap(self):
        """End the encryption; the plain socket."""
        if self._sslobj is None:
            raise ValueError('No SSL wrapper around ' + str(self))
        plain = self._sslobj.shutdown()
        self._sslobj = None
        return plain

    def verify_client_post_handshake(self):
        """Ask the client who it is."""
        if self._sslobj is None:
            raise ValueError('No SSL wrapper around ' + str(self))
        return self._sslobj.verify_client_post_handshake()

    def _real_close(self):
        self._sslobj = None
        super()._real_close()

    def _real_connect(self, addr, connect_ex):
        if self.server_side:
            raise ValueError("can't connect in server-side mode")
        if self._connected or self._sslobj is not None:
            raise ValueError('attempt to connect already-connected SSLSocket!')
        self._sslobj = self._context._wrap_socket(self, False, self.server_hostname, owner=self, session=self._session)
        try:
            if connect_ex:
                status = super().connect_ex(addr)
            else:
                status = None
                super().connect(addr)
            if not status:
                self._connected = True
                if self.do_handshake_on_connect:
                    self.do_handshake()
            return status
        except (OSError, ValueError):
            self._sslobj = None
            raise

    def connect(self, addr):
        self._real_connect(addr, False)

    def connect_ex(self, addr):
        return self._real_connect(addr, True)

    def accept(self):
        """Take a connection; the SSLSocket of it, and its address."""
        plain, addr = super().accept()
        secure = self.context.wrap_socket(plain, do_handshake_on_connect=self.do_handshake_on_connect,
                                          suppress_ragged_eofs=self.suppress_ragged_eofs, server_side=True)
        return secure, addr


SSLContext.sslsocket_class = SSLSocket
SSLContext.sslobject_class = SSLObject


def wrap_socket(sock, keyfile=None, certfile=None, server_side=False, cert_reqs=CERT_NONE, ssl_version=PROTOCOL_TLS,
                ca_certs=None, do_handshake_on_connect=True, suppress_ragged_eofs=True, ciphers=None):
    """An SSLSocket without a context. Deprecated."""
    warnings.warn('ssl.wrap_socket() is deprecated, use SSLContext.wrap_socket()', category=DeprecationWarning,
                  stacklevel=2)
    if server_side and not certfile:
        raise ValueError('certfile must be specified for server-side operations')
    if keyfile and not certfile:
        raise ValueError('certfile must be specified')
    context = SSLContext(ssl_version)
    context.verify_mode = cert_reqs
    if ca_certs:
        context.load_verify_locations(ca_certs)
    if certfile:
        context.load_cert_chain(certfile, keyfile)
    if ciphers:
        context.set_ciphers(ciphers)
    return context.wrap_socket(sock=sock, server_side=server_side, do_handshake_on_connect=do_handshake_on_connect,
                               suppress_ragged_eofs=suppress_ragged_eofs)


# --- helpers ---


def RAND_pseudo_bytes(n):
    """(random bytes, True). Deprecated: RAND_bytes is as good."""
    warnings.warn('ssl.RAND_pseudo_bytes() is deprecated', category=DeprecationWarning, stacklevel=2)
    return RAND_bytes(n), True



PEM_HEADER = '-----BEGIN CERTIFICATE-----'
PEM_FOOTER = '-----END CERTIFICATE-----'
_MONTHS = ('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')


def cert_time_to_seconds(cert_time):
    """Seconds since 1970 of a date as certificates show it ("Jan  5 09:34:43 2018 GMT")."""
    from calendar import timegm
    from time import strptime
    try:
        month = _MONTHS.index(cert_time[:3].title()) + 1
    except ValueError:
        raise ValueError('time data %r does not match format "%%b%s"' % (cert_time, ' %d %H:%M:%S %Y GMT'))
    parts = strptime(cert_time[3:], ' %d %H:%M:%S %Y GMT')
    # The name of the month is English whatever the locale is.
    return timegm((parts[0], month) + parts[2:6])


def DER_cert_to_PEM_cert(der_cert_bytes):
    """A certificate of bytes as text."""
    text = str(base64.standard_b64encode(der_cert_bytes), 'ASCII')
    return '\n'.join([PEM_HEADER, *(text[i:i + 64] for i in range(0, len(text), 64)), PEM_FOOTER, ''])


def PEM_cert_to_DER_cert(pem_cert_string):
    """A certificate of text as bytes."""
    if not pem_cert_string.startswith(PEM_HEADER):
        raise ValueError('Invalid PEM encoding; must start with %s' % PEM_HEADER)
    text = pem_cert_string.strip()
    if not text.endswith(PEM_FOOTER):
        raise ValueError('Invalid PEM encoding; must end with %s' % PEM_FOOTER)
    return base64.decodebytes(text[len(PEM_HEADER):-len(PEM_FOOTER)].encode('ASCII', 'strict'))


def get_server_certificate(addr, ssl_version=PROTOCOL_TLS_CLIENT, ca_certs=None, timeout=_socket._GLOBAL_DEFAULT_TIMEOUT):
    """The certificate of a server as text. With `ca_certs` it is verified."""
    context = _create_stdlib_context(ssl_version, cert_reqs=CERT_NONE if ca_certs is None else CERT_REQUIRED,
                                     cafile=ca_certs)
    with create_connection(addr, timeout=timeout) as plain:
        with context.wrap_socket(plain, server_hostname=addr[0]) as secure:
            return DER_cert_to_PEM_cert(secure.getpeercert(True))


def get_protocol_name(protocol_code):
    """The name of a PROTOCOL_ constant."""
    return _PROTOCOL_NAMES.get(protocol_code, '<unknown>')
