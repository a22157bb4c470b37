# logging: the system's log over datagrams and by a path, configuration over a socket, locks after a fork, cfg:// paths,
# and which rotated files are old.
import json
import logging
import logging.config
import logging.handlers
import os
import socket
import struct
import threading

folder = os.environ.get('TMPDIR', '/tmp')
Sys = logging.handlers.SysLogHandler
print(Sys.LOG_EMERG, Sys.LOG_DEBUG, Sys.LOG_LOCAL7, Sys.priority_names['panic'], Sys.facility_names['ntp'])

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 0))
handler = Sys(server.getsockname(), facility='daemon')
log = logging.getLogger('told')
log.propagate = False
log.addHandler(handler)
log.error('sp\xe4m %d', 3)
print(server.recv(100))
handler.append_nul, handler.ident = False, 'me: '
log.critical('loud')
print(server.recv(100))
log.removeHandler(handler)
handler.close()
server.close()

path = os.path.join(folder, 'syslog')
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
    server.bind(path)
    handler = Sys(path)
    log.addHandler(handler)
    log.warning('by path')
    print(server.recv(100))
    log.removeHandler(handler)
    handler.close()

# A configuration that comes through a socket.
listener = logging.config.listen(0)
listener.start()
listener.ready.wait()
port = listener.port
listener.ready.clear()
text = json.dumps({'version': 1, 'shapes': {'short': {'format': '%(levelname)s: %(message)s'}},
                   'formatters': 'cfg://shapes',
                   'handlers': {'out': {'class': 'logging.StreamHandler', 'stream': 'ext://sys.stdout',
                                        'formatter': 'short'}},
                   'root': {'level': 'INFO', 'handlers': ['out']}}).encode()
with socket.create_connection(('localhost', port)) as connection:
    connection.sendall(struct.pack('>L', len(text)) + text)
    listener.ready.wait()
logging.config.stopListening()
listener.join()
logging.info('configured')

# A child of a fork can log, though another thread held the handler's lock.
held, leave = threading.Event(), threading.Event()


def holder():
    with logging.root.handlers[0].lock:
        held.set()
        leave.wait()


thread = threading.Thread(target=holder)
thread.start()
held.wait()
child = os.fork()
if child == 0:
    logging.warning('from the child')
    os._exit(0)
print(os.waitpid(child, 0)[1])
leave.set()
thread.join()

configurator = logging.config.BaseConfigurator({'a': [{'b': 'found'}], 'c': 'cfg://a[0].b', 'd': {3: 4}})
print(configurator.convert('cfg://c'), configurator.convert('cfg://d[3]'))
for wrong in 'cfg://none', 'cfg://!':
    try:
        configurator.convert(wrong)
    except (KeyError, ValueError) as error:
        print(type(error).__name__)

# Files of other logs are left alone.
base = os.path.join(folder, 'kept.log')
for day in range(1, 5):
    open(f'{base}.2020-01-0{day}', 'w').close()
    open(os.path.join(folder, f'kept.2020-02-0{day}.log'), 'w').close()
open(base + '.old', 'w').close()
rotating = logging.handlers.TimedRotatingFileHandler(base, when='D', backupCount=2, delay=True)
print([os.path.basename(name) for name in rotating.getFilesToDelete()])
