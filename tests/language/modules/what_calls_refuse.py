"""Words of refusals that name the caller's mistake: too many descriptors, a second argument that is no dict, unknown keywords."""
import asyncio
import os
import select
import socket
import time

one, other = socket.socketpair()
for lists in ([one] * 4096, [], []), ([], [one] * 1025, []), ([one] * 1024, [], []):
    try:
        print([len(ready) for ready in select.select(*lists, 0)])
    except ValueError as problem:
        print(problem)
for second in 5, None, [], {"tm_zone": "here"}:
    try:
        print(time.struct_time(range(9), second).tm_zone)
    except TypeError as problem:
        print(problem)
try:
    os.stat_result(range(10), 3)
except TypeError as problem:
    print(problem)


async def main():
    loop = asyncio.get_running_loop()
    for name in ("create_server", "create_connection", "create_datagram_endpoint", "run_in_executor", "subprocess_exec",
                 "subprocess_shell", "connect_read_pipe", "sock_recv", "sock_connect", "add_signal_handler", "create_unix_server",
                 "start_tls", "getaddrinfo", "shutdown_asyncgens", "add_reader", "set_debug"):
        method = getattr(loop, name)
        print(method.__qualname__)
        try:
            await method(bogus=1)
        except TypeError as problem:
            print("   ", problem)


asyncio.run(main())
