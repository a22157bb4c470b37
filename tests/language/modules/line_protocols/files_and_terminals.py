# ftplib and telnetlib: transfers in both modes, listings, answers that are errors; options that are refused, expect().
import ftplib
import io
import socket
import threading
import warnings
from _scripted_server import Server, attempt

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import telnetlib
print(caught[0].message)

FILES = {b'one.txt': b'first\r\nsecond\r\nlast', b'bytes': bytes(range(256)) * 100}
LISTING = b'type=file;size=5; one.txt\r\nType=dir;Modify=20200101; a b\r\n'
state = {}


def passive(line):
    state['listener'] = socket.create_server(('127.0.0.1', 0))
    port = state['listener'].getsockname()[1]
    return b'227 entering (10,1,2,3,%d,%d)\r\n' % divmod(port, 256)


def active(line):
    *host, high, low = line.decode().split()[1].split(',')
    server.heard[-1] = b'PORT somewhere'
    state['address'] = '.'.join(host), int(high) * 256 + int(low)
    return b'200 ok\r\n'


def transfer(line):
    command, _, name = line.rstrip().partition(b' ')
    if command == b'RETR' and name not in FILES:
        return b'550 no such file\r\n'
    server.connection.sendall(b'150 opening (%d bytes)\r\n' % len(FILES.get(name, b'')))
    if 'listener' in state:
        listener = state.pop('listener')
        connection, _ = listener.accept()
        listener.close()
    else:
        connection = socket.create_connection(state.pop('address'))
    with connection:
        if command == b'STOR':
            with connection.makefile('rb') as file:
                FILES[name] = file.read()
        else:
            connection.sendall(FILES[name] if command == b'RETR' else LISTING if command == b'MLSD' else b'a\r\nb\r\n')
    return b'226 done\r\n'


server = Server(b'220-welcome\r\n more\r\n220 here\r\n', {
    b'USER': b'331 password\r\n', b'PASS': b'230 in\r\n', b'TYPE': b'200 ok\r\n', b'PASV': passive, b'PORT': active,
    b'RETR': transfer, b'STOR': transfer, b'NLST': transfer, b'LIST': transfer, b'MLSD': transfer,
    b'OPTS': b'200 ok\r\n',
    b'PWD': b'257 "/a ""b"" c" here\r\n', b'MKD': b'257 "/new"\r\n', b'CWD': b'250 ok\r\n', b'CDUP': b'500 what\r\n',
    b'SIZE ONE': b'213 19\r\n', b'SIZE': b'550 no\r\n', b'DELE': b'250 gone\r\n', b'RNFR': b'350 and\r\n',
    b'RNTO': b'250 ok\r\n',
    b'RMD': b'450 later\r\n', b'REST': b'350 ok\r\n', b'ACCT': b'125 odd\r\n', b'NOOP': b'999 odd\r\n',
    b'QUIT': b'221 bye\r\n'})
ftp = ftplib.FTP(timeout=30)
attempt('connect', ftp.connect, '127.0.0.1', server.port)
attempt('login', ftp.login)
attempt('login', ftp.login, 'me', 'secret')
attempt('pwd', ftp.pwd)
lines = []
attempt('lines', ftp.retrlines, 'RETR one.txt', lines.append)
print(lines)
blocks = []
attempt('bytes', ftp.retrbinary, 'RETR bytes', blocks.append, 1000, rest=5)
print(b''.join(blocks) == FILES[b'bytes'])
attempt('none', ftp.retrbinary, 'RETR none', blocks.append)
attempt('store', ftp.storbinary, 'STOR up', io.BytesIO(b'x' * 20000), callback=lambda block: print(len(block)))
attempt('store lines', ftp.storlines, 'STOR up2', io.BytesIO(b'a\nb\r\nc'))
print(len(FILES[b'up']), FILES[b'up2'])
ftp.set_pasv(False)
attempt('active', ftp.nlst, 'folder')
attempt('dir', ftp.dir)
attempt('dir', ftp.dir, 'x', lines.append)
ftp.set_pasv(True)
attempt('mlsd', lambda: list(ftp.mlsd('x', ['type', 'size'])))
for name, *args in (('cwd', '..'), ('cwd', ''), ('mkd', 'new'), ('rmd', 'old'), ('size', 'one.txt'), ('size', 'q'),
                    ('delete', 'x'),
                    ('rename', 'a', 'b'), ('acct', 'x'), ('sendcmd', 'NOOP'), ('sendcmd', 'a\r\nb'), ('getwelcome',),
                    ('quit',)):
    attempt(name, getattr(ftp, name), *args)
print(lines, ftp.sanitize('PASS secret\r\n'))
server.finish()
print(ftplib.parse227('227 (1,2,3,4,5,6)'), ftplib.parse229('229 (|||33|)', ('h', 1)), ftplib.parse257('257 "a""b" x'))
for parse, text in ((ftplib.parse150, '150 x (12 bytes)'), (ftplib.parse227, '227 x'), (ftplib.parse229, '229 (|||a|)'),
                    (ftplib.parse257, '257 none'), (ftplib.parse150, '226')):
    attempt(text, parse, text, *(('h', 1),) if parse is ftplib.parse229 else ())
attempt('timeout', ftplib.FTP, 'localhost', timeout=0)


def terminal():
    connection, _ = listener.accept()
    with connection:
        connection.sendall(b'\xff\xfd\x01\xff\xfb\x03login: ')
        heard.append(connection.recv(3) + connection.recv(3))
        with connection.makefile('rb') as file:
            heard.append(file.readline())
            connection.sendall(b'Pass\0word: \xff\xfa\x18sub\xff\xff\xff\xf0')
            heard.append(file.readline())
            connection.sendall(b'\xff\xffdone 42\r\nrest')


heard = []
listener = socket.create_server(('127.0.0.1', 0))
thread = threading.Thread(target=terminal)
thread.start()
with telnetlib.Telnet('127.0.0.1', listener.getsockname()[1], 30) as session:
    print(session.read_until(b'login: '))
    session.write(b'me\n')
    print(session.expect([b'x', b'P(a)ss'], 30)[0::2], session.read_until(b': '))
    session.write(b'\xffsecret\n')
    found = session.expect([rb'done (\d+)'])
    print(found[0], found[1][1], found[2], session.read_sb_data())
    print(session.read_all(), session.read_some())
    attempt('end', session.read_very_lazy)
    attempt('end', session.read_until, b'x')
thread.join()
listener.close()
print(heard, telnetlib.ECHO, telnetlib.IAC, telnetlib.NOOPT, telnetlib.EXOPL)
