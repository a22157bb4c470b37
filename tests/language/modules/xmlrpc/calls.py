# xmlrpc: values to XML and back, faults, dates and bytes, servers with functions and objects, calls of many at once.
import datetime
import threading
import xmlrpc.client
import xmlrpc.server
from xmlrpc.client import Binary, DateTime, Fault, ServerProxy, dumps, loads


def attempt(label, function, *args, **keywords):
    try:
        print(label, '->', repr(function(*args, **keywords)))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


class Thing:
    def __init__(self):
        self.x, self.y = 1, 'two'


when = datetime.datetime(2001, 2, 3, 4, 5, 6)
values = (1, -2**31, 2**31 - 1, 1.5, True, 'a<&>b', '\xe9', b'bytes' * 20, [1, ['x']], (1, 2), {'k': {'l': []}}, when,
          DateTime(when),
          Binary(b'wrapped'), Thing(), None)
text = dumps(values, 'a.method', allow_none=True)
print(text)
print([value if not isinstance(value, (DateTime, Binary)) else str(value) for value in loads(text)[0]], loads(text)[1])
print(loads(text, use_builtin_types=True)[0][11:14])
loop = []
loop.append(loop)
endless = {}
endless['a'] = endless
for wrong in None, 2**31, 1j, {1: 2}, loop, endless, object(), type('Int', (int,), {})(5):
    attempt(type(wrong).__name__, dumps, (wrong,))
print(dumps((1,), methodresponse=True), dumps(Fault(7, 'went <wrong>')), dumps((), 'm', encoding='latin-1'))
for body in ('<params><param><value>bare</value></param></params>',
             '<fault><value><struct><member><name>faultCode</name>'
             '<value><int>4</int></value></member><member>'
             '<name>faultString</name><value>no</value></member></struct></value></fault>',
             '<params><param><value><i8>5</i8></value></param>'
             '<param><value><ex:nil xmlns:ex="e"/></value></param></params>',
             '<params><param><value><boolean>2</boolean></value></param></params>',
             '<params><param><value><what/></value></param></params>',
             '<params><param><value><bigdecimal>1.5</bigdecimal></value></param></params>', '', '<params>'):
    attempt(body[:40], loads, f'<methodResponse>{body}</methodResponse>')
print(DateTime(when) == when, DateTime('20010203T04:05:06') == DateTime(when), DateTime(when) < '2',
      DateTime(when) == 5,
      DateTime(when).timetuple()[:6], repr(DateTime('x'))[:13])
attempt('compare', lambda: DateTime(when) < 5)
attempt('Binary', Binary, 'text')
packed = xmlrpc.client.gzip_encode(b'a' * 1000)
print(len(xmlrpc.client.gzip_decode(packed)), xmlrpc.client.escape('<a&b>'))
attempt('bomb', xmlrpc.client.gzip_decode, packed, 10)
attempt('junk', xmlrpc.client.gzip_decode, b'junk')


class Methods:
    def double(self, x):
        """Twice as much."""
        return x * 2

    def _hidden(self):
        return 'secret'

    class inner:
        @staticmethod
        def deep():
            return 'deep'


server = xmlrpc.server.SimpleXMLRPCServer(('127.0.0.1', 0), logRequests=False, allow_none=True)
server.register_function(lambda x, y: x + y, 'add')
server.register_function(divmod)


@server.register_function(name='other.name')
def echo(*args):
    """Give back
    what came."""
    return args


server.register_instance(Methods(), allow_dotted_names=True)
server.register_introspection_functions()
server.register_multicall_functions()
thread = threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.05})
thread.start()
url = f'http://127.0.0.1:{server.server_address[1]}'
with ServerProxy(url, allow_none=True) as proxy:
    print(repr(proxy).replace(str(server.server_address[1]), 'port'))
    attempt('add', proxy.add, 1, 2)
    attempt('text', proxy.add, 'a\xe9', '<b>')
    attempt('divmod', proxy.divmod, 7, 0)
    attempt('divmod', proxy.divmod, 7, 2)
    attempt('echo', getattr(proxy, 'other.name'), None, [1], {'a': 'b' * 5000}.keys().__len__())
    attempt('long', lambda: len(proxy.add('x' * 5000, 'y')))
    attempt('instance', proxy.double, 'ab')
    attempt('dotted', proxy.inner.deep)
    attempt('hidden', proxy._hidden)
    attempt('missing', proxy.nothing)
    attempt('unsendable', proxy.add, 1j, 1)
    attempt('unreturnable', proxy.double, 2**30)
    print(proxy.system.listMethods(), proxy.system.methodHelp('double'), proxy.system.methodHelp('other.name'),
          proxy.system.methodSignature('add'))
    many = xmlrpc.client.MultiCall(proxy)
    many.add(2, 3)
    many.divmod(1, 0)
    many.inner.deep()
    results = many()
    print(results[0], results[2])
    attempt('fault', lambda: results[1])
    attempt('own', proxy, 'nothing')
    print(type(proxy('transport')).__name__)
try:
    ServerProxy(url + '/elsewhere').add(1, 2)
except xmlrpc.client.ProtocolError as error:
    print(error.errcode, error.errmsg)
attempt('scheme', ServerProxy, 'ftp://x')
server.shutdown()
thread.join()
server.server_close()
dispatcher = xmlrpc.server.SimpleXMLRPCDispatcher()
dispatcher.register_function(pow)
print(dispatcher._marshaled_dispatch(dumps((2, 3), 'pow').encode()), dispatcher._marshaled_dispatch(b'junk')[-60:])
attempt('private', xmlrpc.server.resolve_dotted_attribute, Methods(), 'inner._x')
print(xmlrpc.server.list_public_methods(Methods()))
