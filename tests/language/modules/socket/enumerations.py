# The constants of sockets are members of enumerations, and so are families and kinds of sockets.
import socket
print(repr(socket.AF_INET), socket.AF_INET, socket.SOCK_STREAM|socket.SOCK_NONBLOCK, repr(socket.MSG_PEEK|socket.MSG_OOB), repr(socket.AI_PASSIVE))
s=socket.socket(); print(repr(s.family), repr(s.type), s.proto); t=repr(s); print(t.replace(str(s.fileno()),'N')); s.close(); print(s)
print(socket.getaddrinfo('127.0.0.1',80,type=socket.SOCK_STREAM))
a,b=socket.socketpair(); print(repr(a.family)); print(socket.AddressFamily(2), socket.SocketKind.SOCK_DGRAM, sorted(m.name for m in socket.AddressInfo)[:3]); a.close(); b.close()
import signal; print(repr(signal.SIGINT))
s=socket.socket(socket.AF_INET, socket.SOCK_DGRAM|socket.SOCK_CLOEXEC); print(repr(s.type)); s.close()
