# urllib.request: requests, the order of handlers, passwords, cookies, proxies, redirections, files and data, old
# openers.
import http.server
import io
import os
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
import urllib.response
import warnings
from urllib.request import Request

for name in list(os.environ):
    if name.lower().endswith('_proxy'):
        del os.environ[name]


def attempt(label, function, *args, **keywords):
    try:
        print(label, '->', repr(function(*args, **keywords)))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


print('Requests')
for url in ('http://u:p@Host:80/a/b?c#d', '<URL:http://h/x>', 'data:,a', 'http://h?q', 'HTTPS://h', 'file:///x',
            'nothing',
            'http:'):
    try:
        request = Request(url)
    except ValueError as error:
        print(url, error)
    else:
        print(url, request.type, request.host, request.selector, request.fragment, request.full_url,
              request.origin_req_host)
request = Request('http://h/', data=b'x', headers={'X-one': '1', 'content-LENGTH': '5'}, method='PUT')
request.add_unredirected_header('x-ONE', '2')
print(request.get_method(), request.headers, sorted(request.header_items()), request.get_header('X-one'),
      request.has_header('x-one'))
request.data = b'other'
print(request.headers, request.has_proxy())
request.set_proxy('proxy:3128', 'http')
print(request.host, request.selector, request.has_proxy(), request.type)
del request.data
print(request.data, Request('http://h/', b'').get_method())

print('Handlers')
calls = []


class Early(urllib.request.BaseHandler):
    handler_order = 1

    def spam_open(self, req):
        calls.append('early')

    def spam_request(self, req):
        calls.append('change')
        req.changed = True
        return req


class Late(urllib.request.BaseHandler):
    def spam_open(self, req):
        calls.append(('late', req.changed, req.timeout))
        return io.BytesIO(b'answer')

    def spam_response(self, req, answer):
        return answer.read().upper()


opener = urllib.request.OpenerDirector()
for handler in Late(), Early(), urllib.request.UnknownHandler():
    opener.add_handler(handler)
attempt('spam', opener.open, 'spam://x', timeout=3)
print(calls, [type(handler).__name__ for handler in opener.handlers])
attempt('eggs', opener.open, 'eggs://x')
attempt('wrong', opener.add_handler, 5)
print([type(handler).__name__ for handler in urllib.request.build_opener(urllib.request.HTTPHandler(1)).handlers])


class Web(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.0'

    def log_message(self, *args):
        pass

    def answer(self, status, body=b'', **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path
        if path.startswith('http://'):
            self.answer(200, f'proxied {path} {self.headers["Proxy-Authorization"]}'.encode())
        elif path.startswith('/loop'):
            self.answer(302, Location='/loop')
        elif path.startswith('/go'):
            self.answer(int(path[3:6]), Location=path[6:])
        elif path == '/basic' and self.headers['Authorization'] != 'Basic bWU6c2VjcmV0':
            self.answer(401, WWW_Authenticate='Basic realm="here"')
        elif path == '/digest' and 'username="me"' not in self.headers.get('Authorization', ''):
            self.answer(401, WWW_Authenticate='Digest realm="there", nonce="abc", qop="auth", opaque="o"')
        elif path == '/digest':
            words = self.headers['Authorization'].partition(' ')[2]
            found = urllib.request.parse_keqv_list(urllib.request.parse_http_list(words))
            self.answer(200, repr([found[key] for key in ('realm', 'nonce', 'uri', 'qop', 'nc', 'opaque')]).encode())
        elif path == '/missing':
            self.answer(404, b'nothing here')
        elif path == '/short':
            self.send_response(200)
            self.send_header('Content-Length', '100')
            self.end_headers()
            self.wfile.write(b'short')
        else:
            self.answer(200, f'{self.command} {path} cookie={self.headers["Cookie"]}'.encode(), Set_Cookie='seen=1')

    def do_POST(self):
        if self.headers['Transfer-Encoding'] == 'chunked':
            body = b''
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers['Content-Length']))
        self.answer(200, repr((body, self.headers['Content-Type'], self.headers['Transfer-Encoding'])).encode())


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Web)
thread = threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.05})
thread.start()
base = f'http://127.0.0.1:{server.server_port}'


def fetch(opener, path, data=None):
    url = path if ':' in path else base + path
    try:
        with opener.open(url, data, timeout=30) as answer:
            print(path, answer.status, answer.read(), answer.geturl().replace(base, ''))
    except urllib.error.HTTPError as error:
        print(path, error.code, str(error.reason).replace(base, ''), error.fp and error.read())
    except Exception as error:
        print(path, type(error).__name__, error)


print('Web')
plain = urllib.request.build_opener()
for path in ('/a b', '/x?y#z', '/missing', '/go301/new', '/go307/new?%20\xe9', '/go302file:///etc/passwd', '/loop',
             '/go304/x'):
    fetch(plain, path.replace(' ', '%20').replace('\xe9', '%E9'))
for data in b'a=1', iter([b'x', b'yy']), io.BytesIO(b'file'), bytearray(b'z'), 'text':
    fetch(plain, '/', data)
jar = urllib.request.HTTPCookieProcessor()
cookies = urllib.request.build_opener(jar)
fetch(cookies, '/one')
fetch(cookies, '/two')
print([str(cookie).replace('127.0.0.1', 'host') for cookie in jar.cookiejar])

print('Passwords')
passwords = urllib.request.HTTPPasswordMgr()
passwords.add_password('here', base, 'me', 'secret')
passwords.add_password('there', [base + '/digest', 'other'], 'me', 'hidden')
known = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords),
                                    urllib.request.HTTPDigestAuthHandler(passwords))
for path in '/basic', '/digest', '/basic':
    fetch(plain, path)
    fetch(known, path)
for uri in base + '/digest/below', base + '/digests', 'other', 'http://other/', 'https://other/x':
    print(uri.replace(base, ''), passwords.find_user_password('there', uri))
default = urllib.request.HTTPPasswordMgrWithDefaultRealm()
default.add_password(None, 'https://x/deep', 'a', 'b')
print(default.find_user_password('any', 'https://x/deep/er'), default.find_user_password('any', 'http://x/deep/er'),
      default.reduce_uri('https://x/deep'), default.reduce_uri('y:1'))
prior = urllib.request.HTTPPasswordMgrWithPriorAuth()
prior.add_password(None, base, 'me', 'secret', is_authenticated=True)
request = urllib.request.HTTPBasicAuthHandler(prior).http_request(Request(base + '/basic'))
print(request.unredirected_hdrs)
print(urllib.request.parse_http_list('a, "b, c", d="e\\"f", '), urllib.request.parse_keqv_list(['a=b', 'c="d=e"']))

print('Proxies')
proxy = f'http://me:p%40ss@127.0.0.1:{server.server_port}/'
through = urllib.request.build_opener(urllib.request.ProxyHandler({'http': proxy}))
fetch(through, 'http://nowhere.example/page')
os.environ.update(http_proxy='http://small:1', HTTP_PROXY='http://CAPITAL:1', no_proxy='localhost, .inside.org,ten:10',
                  X_PROXY='x', ftp_proxy='')
print(sorted(urllib.request.getproxies().items()))
for host in 'localhost', 'a.inside.org', 'inside.org', 'outside.org', 'ten:10', 'ten:11', 'LOCALHOST:99':
    print(host, bool(urllib.request.proxy_bypass(host)))
for name in 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'X_PROXY', 'ftp_proxy':
    del os.environ[name]

print('Files and data')
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'a b.txt')
with open(path, 'w') as file:
    file.write('content')
url = 'file://' + urllib.request.pathname2url(path)
with urllib.request.urlopen(url) as answer:
    print(answer.read(), answer.headers['Content-type'], answer.headers['Content-length'], answer.status)
attempt('file', urllib.request.urlopen, 'file:///no/such/file')
for url in 'data:,a%20b', 'data:text/html;charset=x;base64,aGk=', 'data:text/html;\x01,a', 'data:x', 'data:;base64,QQ':
    try:
        with urllib.request.urlopen(url) as answer:
            print(url, answer.read(), answer.headers['Content-type'], answer.headers['Content-Length'])
    except Exception as error:
        print(repr(url), type(error).__name__, error)
seen = []
name, headers = urllib.request.urlretrieve(base + '/get', reporthook=lambda *args: seen.append(args))
with open(name) as file:
    print(file.read(), seen)
urllib.request.urlcleanup()
print(os.path.exists(name))
attempt('short', lambda: urllib.request.urlretrieve(base + '/short', os.path.join(folder, 'short')))

print('Old openers')
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    fancy = urllib.request.FancyURLopener()
    old = urllib.request.URLopener({})
print([str(one.message) for one in caught])
with fancy.open(base + '/go301/new') as answer:
    print(answer.read(), answer.getcode(), answer.geturl().replace(base, ''))
print(fancy.open(base + '/missing').getcode())
attempt('old', old.open, base + '/missing')
attempt('unknown', old.open, 'spam://x')
attempt('local', old.open, 'local_file:///x')
print(old.retrieve(path)[0] == path, old.open(path).read(), old.open('data:,hi').read().partition('\n\n')[2])
closed = []
answer = urllib.response.addclosehook(io.BytesIO(b'x'), closed.append, 1)
with answer:
    pass
print(closed, answer.closed)
server.shutdown()
thread.join()
server.server_close()
