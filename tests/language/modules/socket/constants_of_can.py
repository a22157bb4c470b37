# The numbers of raw CAN sockets, of CAN's broadcast manager and of J1939.
import socket

for prefix in 'CAN_RAW_', 'CAN_BCM_', 'J1939_', 'SCM_J1939_', 'SO_J1939_', 'TIPC_':
    names = [name for name in dir(socket) if name.startswith(prefix)]
    print(len(names), [(name, getattr(socket, name)) for name in names])
