# https: a server of http.server over TLS; http.client and urllib.request fetch from it.
import http.client
import http.server
import os
import ssl
import threading
import urllib.error
import urllib.request

CERT = os.path.join(os.path.dirname(__file__), '_localhost.pem')


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        body = f'you asked for {self.path}'.encode()
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass


server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(CERT)
with Server(('127.0.0.1', 0), Handler) as server:
    server.socket = server_context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    context = ssl.create_default_context(cafile=CERT)
    connection = http.client.HTTPSConnection('localhost', port, context=context)
    for path in ('/one', '/two'):
        connection.request('GET', path)
        answer = connection.getresponse()
        print(answer.status, answer.headers.get_content_charset(), answer.read())
    connection.close()
    with urllib.request.urlopen(f'https://127.0.0.1:{port}/three', context=context) as answer:
        print(answer.status, answer.headers['content-type'], answer.read())
    try:
        urllib.request.urlopen(f'https://localhost:{port}/')
    except urllib.error.URLError as error:
        print(type(error.reason).__name__, error.reason.verify_message)
    server.shutdown()
