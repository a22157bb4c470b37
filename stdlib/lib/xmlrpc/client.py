"""The client's side of XML-RPC: ServerProxy, whose attributes are the methods of a server.

Below it dumps() and loads() turn values into XML and back, and a transport carries the XML over HTTP.
"""
import base64
import datetime
import decimal
import errno
import http.client
import sys
import time
import urllib.parse
from decimal import Decimal
from io import BytesIO
from xml.parsers import expat

try:
    import gzip
except ImportError:
    gzip = None

__version__ = '%d.%d' % sys.version_info[:2]

MAXINT = 2**31 - 1
MININT = -2**31

# Numbers of faults that servers have agreed on.
PARSE_ERROR = -32700
SERVER_ERROR = -32600
APPLICATION_ERROR = -32500
SYSTEM_ERROR = -32400
TRANSPORT_ERROR = -32300
NOT_WELLFORMED_ERROR = -32700
UNSUPPORTED_ENCODING = -32701
INVALID_ENCODING_CHAR = -32702
INVALID_XMLRPC = -32600
METHOD_NOT_FOUND = -32601
INVALID_METHOD_PARAMS = -32602
INTERNAL_ERROR = -32603

_ISO_FORMAT = '%Y%m%dT%H:%M:%S'


def escape(s):
    """A text as it stands in XML."""
    return s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')


class Error(Exception):
    """The base of this module's errors."""

    def __str__(self):
        return repr(self)


class ProtocolError(Error):
    """HTTP went wrong."""

    def __init__(self, url, errcode, errmsg, headers):
        super().__init__()
        self.url, self.errcode, self.errmsg, self.headers = url, errcode, errmsg, headers

    def __repr__(self):
        return f'<{self.__class__.__name__} for {self.url}: {self.errcode} {self.errmsg}>'


class ResponseError(Error):
    """The server's answer cannot be understood."""


class Fault(Error):
    """The server says that the call went wrong."""

    def __init__(self, faultCode, faultString, **extra):
        super().__init__()
        self.faultCode, self.faultString = faultCode, faultString

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.faultCode}: {self.faultString!r}>'


boolean = Boolean = bool


def _iso_text(value):
    """A date in the form that XML-RPC has; of a datetime, a tuple of time's, or seconds (0 for now)."""
    if isinstance(value, datetime.datetime):
        value = value.timetuple()
    elif not isinstance(value, (tuple, time.struct_time)):
        value = time.localtime(value or time.time())
    return '%04d%02d%02dT%02d:%02d:%02d' % value[:6]


class DateTime:
    """A date, as the text that goes over the wire."""

    def __init__(self, value=0):
        self.value = value if isinstance(value, str) else _iso_text(value)

    def make_comparable(self, other):
        """Two values that can be compared; the second is NotImplemented for what is no date."""
        if isinstance(other, DateTime):
            return self.value, other.value
        if isinstance(other, datetime.datetime):
            return self.value, _iso_text(other)
        if isinstance(other, str):
            return self.value, other
        if hasattr(other, 'timetuple'):
            return self.timetuple(), other.timetuple()
        return self, NotImplemented

    def _compare(name):
        def compare(self, other):
            mine, theirs = self.make_comparable(other)
            return NotImplemented if theirs is NotImplemented else getattr(mine, name)(theirs)
        compare.__name__ = name
        return compare

    __lt__, __le__, __gt__, __ge__, __eq__ = map(_compare, ('__lt__', '__le__', '__gt__', '__ge__', '__eq__'))
    del _compare

    def timetuple(self):
        return time.strptime(self.value, _ISO_FORMAT)

    def __str__(self):
        return self.value

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.value!r} at {id(self):#x}>'

    def decode(self, data):
        self.value = str(data).strip()

    def encode(self, out):
        out.write(f'<value><dateTime.iso8601>{self.value}</dateTime.iso8601></value>\n')


class Binary:
    """Bytes, for servers and clients that tell them from texts."""

    def __init__(self, data=None):
        if data is None:
            data = b''
        elif not isinstance(data, (bytes, bytearray)):
            raise TypeError(f'expected bytes or bytearray, not {data.__class__.__name__}')
        self.data = bytes(data)

    def __str__(self):
        return str(self.data, 'latin-1')

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, Binary) else other)

    def decode(self, data):
        self.data = base64.decodebytes(data)

    def encode(self, out):
        out.write(f'<value><base64>\n{base64.encodebytes(self.data).decode("ascii")}</base64></value>\n')


WRAPPERS = (DateTime, Binary)


def _datetime(data):
    value = DateTime()
    value.decode(data)
    return value


def _binary(data):
    value = Binary()
    value.decode(data)
    return value


class ExpatParser:
    """Feeds a target from expat."""

    def __init__(self, target):
        self._parser = expat.ParserCreate(None, None)
        self._target = target
        self._parser.StartElementHandler = target.start
        self._parser.EndElementHandler = target.end
        self._parser.CharacterDataHandler = target.data
        target.xml(None, None)

    def feed(self, data):
        self._parser.Parse(data, False)

    def close(self):
        parser = self.__dict__.pop('_parser', None)
        self._target = None
        if parser is not None:
            parser.Parse(b'', True)


class Marshaller:
    """Writes values as XML."""

    def __init__(self, encoding=None, allow_none=False):
        self.memo = {}
        self.data = None
        self.encoding, self.allow_none = encoding, allow_none

    dispatch = {}

    def dumps(self, values):
        """The parameters of a call, or a fault."""
        out = []
        write = out.append
        if isinstance(values, Fault):
            write('<fault>\n')
            self._dump({'faultCode': values.faultCode, 'faultString': values.faultString}, write)
            write('</fault>\n')
        else:
            write('<params>\n')
            for value in values:
                write('<param>\n')
                self._dump(value, write)
                write('</param>\n')
            write('</params>\n')
        return ''.join(out)

    def _dump(self, value, write):
        kind = type(value)
        method = self.dispatch.get(kind)
        if method is None:
            # Any object goes as a dict of its attributes; but a subclass of what we know would lose its class.
            if not hasattr(value, '__dict__') or any(base in self.dispatch for base in kind.__mro__):
                raise TypeError(f'cannot marshal {kind} objects')
            method = self.dispatch['_arbitrary_instance']
        method(self, value, write)

    def dump_nil(self, value, write):
        if not self.allow_none:
            raise TypeError('cannot marshal None unless allow_none is enabled')
        write('<value><nil/></value>')
    dispatch[type(None)] = dump_nil

    def dump_bool(self, value, write):
        write(f'<value><boolean>{value:d}</boolean></value>\n')
    dispatch[bool] = dump_bool

    def dump_long(self, value, write):
        if not MININT <= value <= MAXINT:
            raise OverflowError('int exceeds XML-RPC limits')
        write(f'<value><int>{int(value)}</int></value>\n')
    dispatch[int] = dump_int = dump_long

    def dump_double(self, value, write):
        write(f'<value><double>{value!r}</double></value>\n')
    dispatch[float] = dump_double

    def dump_unicode(self, value, write, escape=escape):
        write(f'<value><string>{escape(value)}</string></value>\n')
    dispatch[str] = dump_unicode

    def dump_bytes(self, value, write):
        write(f'<value><base64>\n{base64.encodebytes(value).decode("ascii")}</base64></value>\n')
    dispatch[bytes] = dispatch[bytearray] = dump_bytes

    def _enter(self, value, what):
        if id(value) in self.memo:
            raise TypeError(f'cannot marshal recursive {what}')
        self.memo[id(value)] = None

    def dump_array(self, value, write):
        self._enter(value, 'sequences')
        write('<value><array><data>\n')
        for item in value:
            self._dump(item, write)
        write('</data></array></value>\n')
        del self.memo[id(value)]
    dispatch[tuple] = dispatch[list] = dump_array

    def dump_struct(self, value, write, escape=escape):
        self._enter(value, 'dictionaries')
        write('<value><struct>\n')
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError('dictionary key must be string')
            write(f'<member>\n<name>{escape(key)}</name>\n')
            self._dump(item, write)
            write('</member>\n')
        write('</struct></value>\n')
        del self.memo[id(value)]
    dispatch[dict] = dump_struct

    def dump_datetime(self, value, write):
        write(f'<value><dateTime.iso8601>{_iso_text(value)}</dateTime.iso8601></value>\n')
    dispatch[datetime.datetime] = dump_datetime

    def dump_instance(self, value, write):
        if value.__class__ in WRAPPERS:
            self.write = write
            value.encode(self)
            del self.write
        else:
            self.dump_struct(value.__dict__, write)
    dispatch[DateTime] = dispatch[Binary] = dispatch['_arbitrary_instance'] = dump_instance


class Unmarshaller:
    """Builds values while a parser goes through the XML; close() has them."""

    def __init__(self, use_datetime=False, use_builtin_types=False):
        self._type = None
        self._stack, self._marks, self._data = [], [], []
        self._value = False
        self._methodname = None
        self._encoding = 'utf-8'
        self._use_datetime = use_builtin_types or use_datetime
        self._use_bytes = use_builtin_types

    def close(self):
        if self._type is None or self._marks:
            raise ResponseError()
        if self._type == 'fault':
            raise Fault(**self._stack[0])
        return tuple(self._stack)

    def getmethodname(self):
        return self._methodname

    def xml(self, encoding, standalone):
        self._encoding = encoding

    def start(self, tag, attrs):
        tag = tag.split(':')[-1]
        if tag in ('array', 'struct'):
            self._marks.append(len(self._stack))
        self._data = []
        if self._value and tag not in self.dispatch:
            raise ResponseError(f'unknown tag {tag!r}')
        self._value = tag == 'value'

    def data(self, text):
        self._data.append(text)

    def end(self, tag):
        method = self.dispatch.get(tag) or self.dispatch.get(tag.split(':')[-1])
        if method is not None:
            method(self, ''.join(self._data))

    def append(self, value):
        self._stack.append(value)
        self._value = False

    def _of(convert):
        """A method for elements whose text is a value."""
        def end(self, data):
            self.append(convert(data))
        return end

    def _truth(data):
        if data not in ('0', '1'):
            raise TypeError('bad boolean value')
        return data == '1'

    def end_array(self, data):
        mark = self._marks.pop()
        self._stack[mark:] = [self._stack[mark:]]
        self._value = False

    def end_struct(self, data):
        mark = self._marks.pop()
        items = self._stack[mark:]
        self._stack[mark:] = [dict(zip(items[::2], items[1::2]))]
        self._value = False

    def end_base64(self, data):
        value = _binary(data.encode('ascii'))
        self.append(value.data if self._use_bytes else value)

    def end_dateTime(self, data):
        self.append(datetime.datetime.strptime(data, _ISO_FORMAT) if self._use_datetime else _datetime(data))

    def end_value(self, data):
        if self._value:  # a text without an element around it
            self.append(data)

    def _type_is(name):
        def end(self, data):
            self._type = name
        return end

    def end_methodName(self, data):
        self._methodname = data
        self._type = 'methodName'

    dispatch = {'nil': _of(lambda data: None), 'boolean': _of(_truth), 'double': _of(float), 'float': _of(float),
                'bigdecimal': _of(Decimal), 'string': _of(str), 'name': _of(str), 'array': end_array,
                'struct': end_struct, 'base64': end_base64, 'dateTime.iso8601': end_dateTime, 'value': end_value,
                'params': _type_is('params'), 'fault': _type_is('fault'), 'methodName': end_methodName}
    dispatch.update(dict.fromkeys(('i1', 'i2', 'i4', 'i8', 'int', 'biginteger'), _of(int)))
    del _of, _truth, _type_is


FastMarshaller = FastParser = FastUnmarshaller = None


class _MultiCallMethod:
    """A method, or a part of its name, of a MultiCall."""

    def __init__(self, call_list, name):
        self.__call_list, self.__name = call_list, name

    def __getattr__(self, name):
        return _MultiCallMethod(self.__call_list, f'{self.__name}.{name}')

    def __call__(self, *args):
        self.__call_list.append((self.__name, args))


class MultiCallIterator:
    """The results of a MultiCall; those that are faults are raised when it comes to them."""

    def __init__(self, results):
        self.results = results

    def __getitem__(self, i):
        item = self.results[i]
        if isinstance(item, dict):
            raise Fault(item['faultCode'], item['faultString'])
        if isinstance(item, list):
            return item[0]
        raise ValueError('unexpected type in multicall result')


class MultiCall:
    """Collects calls of a server's methods; calling the object makes them all at once."""

    def __init__(self, server):
        self.__server, self.__call_list = server, []

    def __repr__(self):
        return f'<{self.__class__.__name__} at {id(self):#x}>'

    def __getattr__(self, name):
        return _MultiCallMethod(self.__call_list, name)

    def __call__(self):
        calls = [{'methodName': name, 'params': args} for name, args in self.__call_list]
        return MultiCallIterator(self.__server.system.multicall(calls))


def getparser(use_datetime=False, use_builtin_types=False):
    """(a parser, the target that it feeds)."""
    target = Unmarshaller(use_datetime=use_datetime, use_builtin_types=use_builtin_types)
    return ExpatParser(target), target


def dumps(params, methodname=None, methodresponse=None, encoding=None, allow_none=False):
    """The XML of a call, of an answer or of parameters alone; `params` is a tuple or a Fault."""
    assert isinstance(params, (tuple, Fault)), 'argument must be tuple or Fault instance'
    if isinstance(params, Fault):
        methodresponse = True
    elif methodresponse:
        assert len(params) == 1, 'response tuple must be a singleton'
    encoding = encoding or 'utf-8'
    data = Marshaller(encoding, allow_none).dumps(params)
    header = "<?xml version='1.0'?>\n" if encoding == 'utf-8' else f"<?xml version='1.0' encoding='{encoding}'?>\n"
    if methodname:
        return f'{header}<methodCall>\n<methodName>{methodname}</methodName>\n{data}</methodCall>\n'
    return f'{header}<methodResponse>\n{data}</methodResponse>\n' if methodresponse else data


def loads(data, use_datetime=False, use_builtin_types=False):
    """(parameters, name of the method or None) of XML. Raises Fault for a fault."""
    parser, target = getparser(use_datetime=use_datetime, use_builtin_types=use_builtin_types)
    parser.feed(data)
    parser.close()
    return target.close(), target.getmethodname()


def gzip_encode(data):
    """Bytes, compressed."""
    if not gzip:
        raise NotImplementedError
    file = BytesIO()
    with gzip.GzipFile(mode='wb', fileobj=file, compresslevel=1) as packed:
        packed.write(data)
    return file.getvalue()


def gzip_decode(data, max_decode=20971520):
    """Compressed bytes as they were. A limit keeps a small message from filling the memory; -1 for none."""
    if not gzip:
        raise NotImplementedError
    with gzip.GzipFile(mode='rb', fileobj=BytesIO(data)) as packed:
        try:
            decoded = packed.read() if max_decode < 0 else packed.read(max_decode + 1)
        except OSError:
            raise ValueError('invalid data')
    if 0 <= max_decode < len(decoded):
        raise ValueError('max gzipped payload length exceeded')
    return decoded


class GzipDecodedResponse(gzip.GzipFile if gzip else object):
    """An answer that came compressed, as a file."""

    def __init__(self, response):
        if not gzip:
            raise NotImplementedError
        self.io = BytesIO(response.read())
        gzip.GzipFile.__init__(self, mode='rb', fileobj=self.io)

    def close(self):
        try:
            gzip.GzipFile.close(self)
        finally:
            self.io.close()


class _Method:
    """A method of a server, or a part of its name."""

    def __init__(self, send, name):
        self.__send, self.__name = send, name

    def __getattr__(self, name):
        return _Method(self.__send, f'{self.__name}.{name}')

    def __call__(self, *args):
        return self.__send(self.__name, args)


class Transport:
    """Carries calls over HTTP; a connection is kept for the next one."""

    user_agent = f'Python-xmlrpc/{__version__}'
    accept_gzip_encoding = True
    encode_threshold = None  # the length from which on calls are compressed

    def __init__(self, use_datetime=False, use_builtin_types=False, *, headers=()):
        self._use_datetime, self._use_builtin_types = use_datetime, use_builtin_types
        self._connection = None, None
        self._headers, self._extra_headers = list(headers), []

    def request(self, host, handler, request_body, verbose=False):
        """Make a call; a kept connection that the server has closed meanwhile is made anew."""
        try:
            return self.single_request(host, handler, request_body, verbose)
        except http.client.RemoteDisconnected:
            pass
        except OSError as problem:
            if problem.errno not in (errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE):
                raise
        return self.single_request(host, handler, request_body, verbose)

    def single_request(self, host, handler, request_body, verbose=False):
        try:
            response = self.send_request(host, handler, request_body, verbose).getresponse()
            if response.status == 200:
                self.verbose = verbose
                return self.parse_response(response)
        except Fault:
            raise
        except Exception:  # nobody knows where in an answer the connection is
            self.close()
            raise
        if response.getheader('content-length', ''):
            response.read()
        raise ProtocolError(host + handler, response.status, response.reason, dict(response.getheaders()))

    def getparser(self):
        return getparser(use_datetime=self._use_datetime, use_builtin_types=self._use_builtin_types)

    def get_host_info(self, host):
        """(host, headers, settings for TLS) of what the proxy was given; a user may stand before the host."""
        settings = {}
        if isinstance(host, tuple):
            host, settings = host
        user, host = urllib.parse._splituser(host)
        if not user:
            return host, [], settings
        words = base64.b64encode(urllib.parse.unquote_to_bytes(user)).decode('ascii')
        return host, [('Authorization', 'Basic ' + words)], settings

    def make_connection(self, host):
        if self._connection[0] != host or self._connection[1] is None:
            name, self._extra_headers, settings = self.get_host_info(host)
            self._connection = host, http.client.HTTPConnection(name)
        return self._connection[1]

    def close(self):
        host, connection = self._connection
        if connection:
            self._connection = None, None
            connection.close()

    def send_request(self, host, handler, request_body, debug):
        connection = self.make_connection(host)
        headers = self._headers + self._extra_headers
        if debug:
            connection.set_debuglevel(1)
        if self.accept_gzip_encoding and gzip:
            connection.putrequest('POST', handler, skip_accept_encoding=True)
            headers.append(('Accept-Encoding', 'gzip'))
        else:
            connection.putrequest('POST', handler)
        self.send_headers(connection, headers + [('Content-Type', 'text/xml'), ('User-Agent', self.user_agent)])
        self.send_content(connection, request_body)
        return connection

    def send_headers(self, connection, headers):
        for name, value in headers:
            connection.putheader(name, value)

    def send_content(self, connection, request_body):
        if gzip and self.encode_threshold is not None and self.encode_threshold < len(request_body):
            connection.putheader('Content-Encoding', 'gzip')
            request_body = gzip_encode(request_body)
        connection.putheader('Content-Length', str(len(request_body)))
        connection.endheaders(request_body)

    def parse_response(self, response):
        stream = response
        if hasattr(response, 'getheader') and response.getheader('Content-Encoding', '') == 'gzip':
            stream = GzipDecodedResponse(response)
        parser, target = self.getparser()
        while data := stream.read(1024):
            if self.verbose:
                print('body:', repr(data))
            parser.feed(data)
        if stream is not response:
            stream.close()
        parser.close()
        return target.close()


class SafeTransport(Transport):
    """The same over TLS."""

    def __init__(self, use_datetime=False, use_builtin_types=False, *, headers=(), context=None):
        super().__init__(use_datetime=use_datetime, use_builtin_types=use_builtin_types, headers=headers)
        self.context = context

    def make_connection(self, host):
        if self._connection[0] != host or self._connection[1] is None:
            if not hasattr(http.client, 'HTTPSConnection'):
                raise NotImplementedError("your version of http.client doesn't support HTTPS")
            name, self._extra_headers, settings = self.get_host_info(host)
            self._connection = host, http.client.HTTPSConnection(name, None, context=self.context, **(settings or {}))
        return self._connection[1]


class ServerProxy:
    """A server: its attributes are methods that can be called. proxy('close') and proxy('transport') are its own."""

    def __init__(self, uri, transport=None, encoding=None, verbose=False, allow_none=False, use_datetime=False,
                 use_builtin_types=False, *, headers=(), context=None):
        parts = urllib.parse.urlsplit(uri)
        if parts.scheme not in ('http', 'https'):
            raise OSError('unsupported XML-RPC protocol')
        self.__host = parts.netloc
        self.__handler = urllib.parse.urlunsplit(('', '', *parts[2:])) or '/RPC2'
        if transport is None:
            settings = dict(use_datetime=use_datetime, use_builtin_types=use_builtin_types, headers=headers)
            transport = (SafeTransport(context=context, **settings) if parts.scheme == 'https' else
                         Transport(**settings))
        self.__transport, self.__encoding = transport, encoding or 'utf-8'
        self.__verbose, self.__allow_none = verbose, allow_none

    def __close(self):
        self.__transport.close()

    def __request(self, methodname, params):
        body = dumps(params, methodname, encoding=self.__encoding, allow_none=self.__allow_none)
        answer = self.__transport.request(self.__host, self.__handler,
                                          body.encode(self.__encoding, 'xmlcharrefreplace'), verbose=self.__verbose)
        return answer[0] if len(answer) == 1 else answer

    def __repr__(self):
        return f'<{self.__class__.__name__} for {self.__host}{self.__handler}>'

    def __getattr__(self, name):
        return _Method(self.__request, name)

    def __call__(self, attr):
        if attr == 'close':
            return self.__close
        if attr == 'transport':
            return self.__transport
        raise AttributeError(f'Attribute {attr!r} not found')

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.__close()


Server = ServerProxy
