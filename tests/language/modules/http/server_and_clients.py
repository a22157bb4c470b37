# A server in a thread; http.client and urllib.request fetch from it: status, headers, content, chunks, redirects, errors.
import http.client
import json
import os
import tempfile
import threading
import urllib.error
import urllib.request
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self, body, kind='text/plain', code=200):
        self.send_response(code)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == '/json':
            self.answer(json.dumps({'agent': self.headers['X-Test'], 'path': self.path}).encode(), 'application/json')
        elif self.path == '/moved':
            self.send_response(302)
            self.send_header('Location', '/json')
            self.send_header('Content-Length', '0')
            self.end_headers()
        elif self.path == '/chunks':
            self.send_response(200)
            self.send_header('Transfer-Encoding', 'chunked')
            self.end_headers()
            for part in b'one', b'two', b'three':
                self.wfile.write(b'%x\r\n%s\r\n' % (len(part), part))
            self.wfile.write(b'0\r\n\r\n')
        else:
            self.send_error(404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        self.answer(b'got ' + body, code=201)

    def log_message(self, *args):
        pass


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def serve(handler, **arguments):
    server = ThreadingHTTPServer(('127.0.0.1', 0), lambda *a: handler(*a, **arguments))
    thread = threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.02})
    thread.start()
    return server, thread


server, thread = serve(Handler)
port = server.server_port
connection = http.client.HTTPConnection('127.0.0.1', port, timeout=20)
for method, path, body in (('GET', '/json', None), ('POST', '/x', b'data'), ('GET', '/chunks', None), ('GET', '/no', None),
                           ('PUT', '/', 'text')):
    connection.request(method, path, body, {'X-Test': 'client'})
    answer = connection.getresponse()
    print(answer.status, answer.reason, answer.getheader('Content-Type'), len(answer.read()) > 5, answer.version, answer.isclosed())
connection.close()
connection.request('GET', '/chunks')
answer = connection.getresponse()
print(answer.read(4), answer.read(3), answer.read(), answer.read(), 'date' in answer.headers)
try:
    connection.getresponse()
except http.client.ResponseNotReady as problem:
    print('ResponseNotReady', problem)
connection.close()

base = f'http://127.0.0.1:{port}'
request = urllib.request.Request(base + '/json', headers={'X-Test': 'urllib'})
with urllib.request.urlopen(request, timeout=20) as answer:
    print(answer.status, json.load(answer), answer.headers['content-type'], answer.geturl() == base + '/json')
with urllib.request.urlopen(base + '/moved', timeout=20) as answer:
    print(answer.geturl() == base + '/json', answer.headers.get_content_type())
print(urllib.request.urlopen(base + '/post', b'a=1', timeout=20).read())
try:
    urllib.request.urlopen(base + '/missing', timeout=20)
except urllib.error.HTTPError as problem:
    print(problem, problem.code, problem.reason, problem.headers['connection'], b'404' in problem.read())
server.shutdown()
thread.join()
server.server_close()
for url in base + '/gone', 'nothing:x', 'file:///no/such/file':
    try:
        urllib.request.urlopen(url, timeout=5)
    except urllib.error.URLError as problem:
        print(type(problem).__name__, problem)
try:
    urllib.request.urlopen('no url')
except ValueError as problem:
    print(problem)
print(urllib.request.urlopen('data:text/plain,hello%20data').read())

with tempfile.TemporaryDirectory() as folder:
    for name, content in (('page.html', '<p>hi</p>'), ('notes.txt', 'text')):
        with open(os.path.join(folder, name), 'w') as file:
            file.write(content)
    os.mkdir(os.path.join(folder, 'sub'))
    server, thread = serve(Files, directory=folder)
    base = f'http://127.0.0.1:{server.server_port}'
    for path in '/page.html', '/notes.txt', '/':
        with urllib.request.urlopen(base + path, timeout=20) as answer:
            content = answer.read()
            print(path, answer.headers['Content-type'], len(content), b'sub/' in content)
    try:
        urllib.request.urlopen(base + '/../../etc/passwd', timeout=20)
    except urllib.error.HTTPError as problem:
        print(problem)
    server.shutdown()
    thread.join()
    server.server_close()
print(HTTPStatus.NOT_FOUND, HTTPStatus(201).phrase, HTTPStatus.OK == 200, http.client.responses[404])
