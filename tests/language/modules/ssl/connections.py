# TLS over sockets and over memory: handshake, certificate, names, ALPN, SNI, errors, a session used again.
import os
import socket
import ssl
import threading

CERT = os.path.join(os.path.dirname(__file__), '_localhost.pem')


def contexts():
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(CERT)
    client = ssl.create_default_context(cafile=CERT)
    return server, client


def serve(context, handle):
    listener = socket.create_server(('127.0.0.1', 0))

    def run():
        with listener:
            plain, _ = listener.accept()
            try:
                with context.wrap_socket(plain, server_side=True) as secure:
                    handle(secure)
            except ssl.SSLError as error:
                plain.close()
                print('server:', type(error).__name__, error.reason)
            except OSError as error:
                print('server:', type(error).__name__)

    thread = threading.Thread(target=run)
    thread.start()
    return listener.getsockname(), thread


def echo(secure):
    while data := secure.recv(65536):
        secure.sendall(data)


server, client = contexts()
server.set_alpn_protocols(['h2', 'http/1.1'])
client.set_alpn_protocols(['spdy', 'http/1.1'])
address, thread = serve(server, echo)
with client.wrap_socket(socket.create_connection(address), server_hostname='localhost') as secure:
    print(secure.version(), secure.selected_alpn_protocol(), secure.getpeercert()['subjectAltName'])
    blob = bytes(range(256)) * 2000
    sender = threading.Thread(target=secure.sendall, args=(blob,))
    sender.start()
    received = bytearray()
    while len(received) < len(blob):
        received += secure.recv(10000)
    sender.join()
    print(received == blob, secure.pending(), secure.cipher()[1])
    secure.settimeout(0.05)
    try:
        secure.recv(1)
    except TimeoutError as error:
        print(error)
    secure.setblocking(False)
    try:
        secure.recv(1)
    except ssl.SSLWantReadError as error:
        print(error.args[0] == ssl.SSL_ERROR_WANT_READ)
thread.join()

for name, trusted in (('other.test', CERT), ('localhost', None)):
    server, client = contexts()
    if trusted is None:
        client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    address, thread = serve(server, echo)
    try:
        client.wrap_socket(socket.create_connection(address), server_hostname=name)
    except ssl.SSLCertVerificationError as error:
        thread.join()
        print(error.reason, error.verify_code, error.verify_message, isinstance(error, ValueError))
    thread.join()

# Over memory, with an SNI callback that refuses one name.
def shake(server_hostname, callback):
    server, client = contexts()
    client.check_hostname = False
    server.sni_callback = callback
    c_in, c_out, s_in, s_out = (ssl.MemoryBIO() for _ in range(4))
    near = client.wrap_bio(c_in, c_out, server_hostname=server_hostname)
    far = server.wrap_bio(s_in, s_out, server_side=True)
    done = []
    for _ in range(10):
        for side, own_out, other_in in ((near, c_out, s_in), (far, s_out, c_in)):
            if side not in done:
                try:
                    side.do_handshake()
                    done.append(side)
                except ssl.SSLWantReadError:
                    pass
                except ssl.SSLError as error:
                    return error.reason
            other_in.write(own_out.read())
    near.write(b'hello')
    s_in.write(c_out.read())
    return far.read(), far.version(), far.server_side, near.getpeercert()['subject'][0]


def callback(connection, name, context):
    print('asked for', name, type(connection).__name__, type(context).__name__)
    if name == 'bad.example.test':
        return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


print(shake('www.example.test', callback))
print(shake('bad.example.test', callback))

bio = ssl.MemoryBIO()
print(bio.write(b'abc'), bio.pending, bio.read(2), bio.eof, bio.write_eof(), bio.read(), bio.eof)
for bad in (lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain('/nonexistent'),
            lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata='no'),
            lambda: setattr(ssl.create_default_context(), 'verify_mode', ssl.CERT_NONE),
            lambda: ssl.create_default_context().wrap_socket(socket.socket()),
            lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).set_ciphers('nothing of the kind')):
    try:
        bad()
    except (OSError, ValueError) as error:
        print(type(error).__name__, str(error).partition(' (_ssl.c')[0])
print(ssl.PEM_cert_to_DER_cert(ssl.DER_cert_to_PEM_cert(b'xyz')), ssl.cert_time_to_seconds('Jan  5 09:34:43 2018 GMT'))
print(ssl.Purpose.SERVER_AUTH.shortname, ssl.VerifyMode(2), repr(ssl.TLSVersion.TLSv1_2), ssl.HAS_TLSv1_3)
