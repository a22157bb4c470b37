"""Messages with ancillary data, receiving into buffers, names of hosts, enumerations, sendfile, default timeouts."""
import array
import os
import socket
import tempfile

a, b = socket.socketpair()
print(a.family, a.type, repr(a.family), repr(a.type))
print(a.sendmsg([b'one', bytearray(b'two'), memoryview(b'three')]))
print(b.recvmsg(100))
buffers = [bytearray(2), bytearray(3), array.array('b', [0] * 4)]
a.send(b'abcdefgh')
print(b.recvmsg_into(buffers), buffers)

read, write = os.pipe()
print(socket.send_fds(a, [b'pipe'], [write]))
message, fds, flags, address = socket.recv_fds(b, 10, 2)
print(message, len(fds), flags)
os.write(fds[0], b'through')
print(os.read(read, 10))
for fd in (read, write, *fds):
    os.close(fd)

for call in (lambda: b.recvmsg(-1), lambda: b.recvmsg(1, -1), lambda: a.sendmsg(3), lambda: a.sendmsg([3]),
             lambda: a.sendmsg([b'x'], [(1, 2)]), lambda: b.recvmsg_into(3), lambda: b.recvmsg_into([b'x']),
             lambda: b.recv_into(bytearray(2), 3), lambda: b.recvfrom_into(bytearray(2), 3),
             lambda: socket.getnameinfo(3, 0), lambda: socket.getnameinfo(('127.0.0.1',), 0),
             lambda: socket.getnameinfo(('127.0.0.1', 0, 0, 0), 0), lambda: socket.CMSG_LEN(-1),
             lambda: a.sendfile(open(os.devnull)), lambda: socket.setdefaulttimeout(-1)):
    try:
        print(call())
    except (OSError, ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, str(error).split(',')[0])

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver, \
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
    receiver.bind(('127.0.0.1', 0))
    sender.bind(('127.0.0.1', 0))
    sender.sendmsg([b'da', b'ta'], [], 0, receiver.getsockname())
    data, ancillary, flags, origin = receiver.recvmsg(10)
    print(data, ancillary, flags, origin == sender.getsockname())
    sender.sendto(b'again', receiver.getsockname())
    buffer = bytearray(10)
    count, origin = receiver.recvfrom_into(buffer)
    print(count, buffer, origin == sender.getsockname())

with tempfile.TemporaryFile() as file:
    file.write(b'0123456789' * 10)
    file.flush()
    print(a.sendfile(file, 5, 20), file.tell(), b.recv(100))

name, aliases, addresses = socket.gethostbyname_ex('127.0.0.1')
print(name, aliases, addresses)
print(socket.getnameinfo(('127.0.0.1', 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
print(socket.getaddrinfo('127.0.0.1', 80, type=socket.SOCK_STREAM))
print(repr(socket.MSG_PEEK), repr(socket.AI_PASSIVE), socket.AddressFamily(2) is socket.AF_INET)

print(socket.getdefaulttimeout())
socket.setdefaulttimeout(2.5)
with socket.socket() as timed:
    print(timed.gettimeout(), socket.getdefaulttimeout())
socket.setdefaulttimeout(None)
with socket.socket(type=socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as nonblocking:
    print(nonblocking.gettimeout(), nonblocking.type)
with socket.socket(socket.AF_UNIX) as abstract:
    abstract.bind(bytearray(b'\0gila-' + str(os.getpid()).encode()))
    print(type(abstract.getsockname()), abstract.getsockname()[:6])
    print([abstract.makefile(mode).mode for mode in ('r', 'w', 'rw')],
          [abstract.makefile(mode, 0).mode for mode in ('rb', 'wb', 'rwb')])
a.close()
b.close()
