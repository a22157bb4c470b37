"""What tasks there are in a process and what they wait for, told to others.

A process started with `-X inspect` listens on a Unix socket that answers its own
user; `python -m asyncio ps PID` and `pstree PID` ask it. Without the
option nothing of this runs.

A task waits for a future. Whom that leads to is found from the other end: a
task that is waited for has the waiter among its callbacks, itself (`await
task`), behind a TaskGroup's method, or in the closure of the function with
which gather() and its kin wait.
"""

import errno
import json
import os
import socket
import struct
import sys
import threading

from _asyncio import _running_loops

from . import futures
from . import tasks


def _address(pid):
    """In the abstract namespace: it goes with the process, and leaves no
    file. Who is at the other end is asked of the kernel."""
    return b"\0gila-asyncio-inspect-%d" % pid


def _peer(connection):
    """(pid, uid, gid) of the process at the other end."""
    size = struct.calcsize("3i")
    return struct.unpack("3i", connection.getsockopt(
        socket.SOL_SOCKET, socket.SO_PEERCRED, size))


def start():
    """Listens from now on, in a thread of its own."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(_address(os.getpid()))
    listener.listen()
    threading.Thread(target=_serve, args=(listener,), daemon=True,
                     name="asyncio-inspector").start()


def _serve(listener):
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                if _peer(connection)[1] in (os.getuid(), 0):
                    connection.sendall(json.dumps(snapshot()).encode())
            except Exception as exc:
                print(f"asyncio inspector: {exc!r}", file=sys.stderr)


def ask(pid):
    """The snapshot of another process; OSError when it does not answer."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(_address(pid))
        if _peer(connection)[0] != pid:
            raise ConnectionRefusedError(errno.ECONNREFUSED,
                                         "somebody else has its address")
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
    if not parts:
        raise PermissionError(errno.EACCES, "it belongs to another user")
    return json.loads(b"".join(parts))


def snapshot():
    """A list of dicts: the tasks of the loops that run, with their stacks
    (innermost first) and the ids of the tasks that wait for them."""
    found = []
    for thread, loop in _running_loops():
        pending = tasks.all_tasks(loop)
        waiters = {}
        for task in pending:
            waiters.setdefault(task._fut_waiter, []).append(task)
        waiters.pop(None, None)
        for task in pending:
            found.append({
                "thread": thread,
                "id": id(task),
                "name": task.get_name(),
                "stack": _stack(task.get_coro()),
                "awaited_by": [id(other)
                               for other in _awaited_by(task, waiters)],
            })
    found.sort(key=lambda row: (row["thread"], row["name"]))
    return found


def _stack(coro):
    frames = []
    while coro is not None:
        for prefix in ("cr", "gi", "ag"):
            if hasattr(coro, prefix + "_code"):
                break
        else:
            break  # what is awaited last is no coroutine
        frame = getattr(coro, prefix + "_frame")
        code = getattr(coro, prefix + "_code")
        line = code.co_firstlineno if frame is None else frame.f_lineno
        frames.append((coro.__qualname__, code.co_filename, line))
        coro = getattr(coro, "gi_yieldfrom" if prefix == "gi"
                       else prefix + "_await")
    frames.reverse()
    return frames


def _awaited_by(task, waiters):
    found = list(waiters.get(task, ()))
    for callback, _ in task._callbacks or ():
        owner = getattr(getattr(callback, "__self__", None), "_owner", None)
        if owner is not None:
            found.append(owner)
        for cell in getattr(callback, "__closure__", None) or ():
            try:
                content = cell.cell_contents
            except ValueError:
                continue
            if futures.isfuture(content) and content is not task:
                found.extend(waiters.get(content, ()))
    return list(dict.fromkeys(found))
