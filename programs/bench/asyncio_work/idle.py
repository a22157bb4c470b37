"""The memory of a server with 10,000 idle connections; the clients are a process of their own."""
import asyncio
import os
import resource
import subprocess
import sys

from measure import report

CONNECTIONS = 10_000
CLIENT = """
import socket, sys
port, count = map(int, sys.argv[1:])
kept = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
print("connected", flush=True)
sys.stdin.read()
"""


class Idle(asyncio.Protocol):
    open = 0

    def connection_made(self, transport):
        self.transport = transport
        Idle.open += 1


async def main(connections):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Idle, "127.0.0.1", 0, backlog=1000)
    port = server.sockets[0].getsockname()[1]
    client = await asyncio.create_subprocess_exec(
        os.environ.get("GILA_ORACLE", "/usr/bin/python3.11"), "-c", CLIENT, str(port), str(connections),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    await client.stdout.readline()
    while Idle.open < connections:
        await asyncio.sleep(0.05)
    with open("/proc/self/status") as status:
        resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    client.stdin.close()
    await client.wait()
    server.close()
    return resident


limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
if limit != resource.RLIM_INFINITY and limit < CONNECTIONS + 100:
    sys.exit(f"{limit} descriptors are too few")
report("KiB, 10,000 idle connections", asyncio.run(main(CONNECTIONS)), 0)
