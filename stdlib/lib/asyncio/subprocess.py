"""Child processes with pipes that coroutines read and write.

The child is started by the `subprocess` module; a thread waits for its end
and tells the loop.
"""

import signal
import subprocess
import threading
import warnings

from . import events
from . import futures
from . import protocols
from . import streams
from . import tasks
from . import transports
from .child_watchers import ThreadedChildWatcher

__all__ = ("create_subprocess_exec", "create_subprocess_shell")

PIPE = subprocess.PIPE
STDOUT = subprocess.STDOUT
DEVNULL = subprocess.DEVNULL


class _PipeProtocol(protocols.Protocol):
    """Between one pipe of a child and the child's own protocol."""

    def __init__(self, process, fd):
        self._process = process
        self._fd = fd
        self.pipe = None
        self.disconnected = False

    def connection_made(self, transport):
        self.pipe = transport

    def data_received(self, data):
        self._process._tell("pipe_data_received", self._fd, data)

    def connection_lost(self, exc):
        self.disconnected = True
        self._process._pipe_lost(self._fd, exc)

    def pause_writing(self):
        self._process._protocol.pause_writing()

    def resume_writing(self):
        self._process._protocol.resume_writing()


class ChildTransport(transports.SubprocessTransport):
    """A running child; the protocol hears of its pipes and its end."""

    def __init__(self, loop, protocol, popen):
        super().__init__({"subprocess": popen})
        self._loop = loop
        self._protocol = protocol
        self._popen = popen
        self._pipes = {}
        self._untold = []
        self._returncode = None
        self._exit_waiters = []
        self._closed = False
        self._finished = False

    def __repr__(self):
        info = [type(self).__name__, f"pid={self._popen.pid}"]
        if self._closed:
            info.append("closed")
        info.append("running" if self._returncode is None
                    else f"returncode={self._returncode}")
        return f"<{' '.join(info)}>"

    async def _start(self):
        popen = self._popen
        for fd, pipe in enumerate((popen.stdin, popen.stdout, popen.stderr)):
            if pipe is None:
                continue
            connect = (self._loop.connect_read_pipe if fd
                       else self._loop.connect_write_pipe)
            protocol = self._pipes[fd] = _PipeProtocol(self, fd)
            await connect(lambda: protocol, pipe)
        self._protocol.connection_made(self)
        untold, self._untold = self._untold, None
        for method, args in untold:
            self._tell(method, *args)
        watcher = events.get_child_watcher()
        if isinstance(watcher, ThreadedChildWatcher):
            threading.Thread(target=self._wait_in_thread, daemon=True,
                             name=f"asyncio-waitpid-{popen.pid}").start()
        else:
            watcher.add_child_handler(popen.pid, self._told)

    def _told(self, pid, returncode):
        """The program's own child watcher heard of the end."""
        self._popen.returncode = returncode
        self._loop.call_soon_threadsafe(self._exited, returncode)

    def _wait_in_thread(self):
        returncode = self._popen.wait()
        if not self._loop.is_closed():
            try:
                self._loop.call_soon_threadsafe(self._exited, returncode)
            except RuntimeError:
                pass  # closed in between: nobody wants to know any more

    def _exited(self, returncode):
        self._returncode = returncode
        self._protocol.process_exited()
        for waiter in self._exit_waiters:
            futures._set_result_unless_cancelled(waiter, returncode)
        self._exit_waiters.clear()
        self._finish_if_done()

    def _tell(self, method, *args):
        """Calls a method of the protocol, once it knows of the child."""
        if self._untold is not None:
            self._untold.append((method, args))
        else:
            getattr(self._protocol, method)(*args)

    def _pipe_lost(self, fd, exc):
        self._tell("pipe_connection_lost", fd, exc)
        self._finish_if_done()

    def _finish_if_done(self):
        if (self._returncode is not None and not self._finished
                and self._untold is None
                and all(pipe.disconnected for pipe in self._pipes.values())):
            self._finished = True
            self._protocol.connection_lost(None)

    async def _wait(self):
        if self._returncode is not None:
            return self._returncode
        waiter = self._loop.create_future()
        self._exit_waiters.append(waiter)
        return await waiter

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closed

    def close(self):
        """Closes the pipes and kills a child that still runs."""
        if self._closed:
            return
        self._closed = True
        for pipe in self._pipes.values():
            if pipe.pipe is not None and not pipe.disconnected:
                pipe.pipe.close()
        if self._returncode is None and self._popen.returncode is None:
            try:
                self._popen.kill()
            except ProcessLookupError:
                pass

    def __del__(self):
        if not getattr(self, "_closed", True) and not self._finished:
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning,
                          source=self)

    def get_pid(self):
        return self._popen.pid

    def get_returncode(self):
        return self._returncode

    def get_pipe_transport(self, fd):
        pipe = self._pipes.get(fd)
        return None if pipe is None else pipe.pipe

    def send_signal(self, signal):
        if self._returncode is not None:
            raise ProcessLookupError
        self._popen.send_signal(signal)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


class SubprocessCalls:
    """Mixed into the selector loop."""

    async def subprocess_exec(self, protocol_factory, program, *args,
                              stdin=PIPE, stdout=PIPE, stderr=PIPE,
                              universal_newlines=False, shell=False,
                              bufsize=0, encoding=None, errors=None,
                              text=None, **kwargs):
        """Starts a program; gives (transport, protocol)."""
        if shell:
            raise ValueError("shell must be False")
        _reject_text(universal_newlines=universal_newlines, bufsize=bufsize,
                     text=text, encoding=encoding, errors=errors)
        return await self._start_child(
            protocol_factory, (program, *args), False, stdin, stdout, stderr,
            kwargs)

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=PIPE,
                               stdout=PIPE, stderr=PIPE,
                               universal_newlines=False, shell=True,
                               bufsize=0, encoding=None, errors=None,
                               text=None, **kwargs):
        """Starts a shell command; gives (transport, protocol)."""
        if not isinstance(cmd, (bytes, str)):
            raise ValueError("cmd must be a string")
        if not shell:
            raise ValueError("shell must be True")
        _reject_text(universal_newlines=universal_newlines, bufsize=bufsize,
                     text=text, encoding=encoding, errors=errors)
        return await self._start_child(protocol_factory, cmd, True, stdin,
                                       stdout, stderr, kwargs)

    async def _start_child(self, protocol_factory, command, shell, stdin,
                           stdout, stderr, kwargs):
        with events.get_child_watcher() as watcher:
            if not watcher.is_active():
                raise RuntimeError("asyncio.get_child_watcher() is not "
                                   "activated, subprocess support is not "
                                   "installed.")
            protocol = protocol_factory()
            popen = subprocess.Popen(command, shell=shell, stdin=stdin,
                                     stdout=stdout, stderr=stderr, bufsize=0,
                                     **kwargs)
            transport = ChildTransport(self, protocol, popen)
            try:
                await transport._start()
            except:
                transport.close()
                raise
            return transport, protocol


def _reject_text(bufsize, **options):
    """Pipes carry bytes, and asyncio itself does the buffering."""
    if bufsize:
        raise ValueError("bufsize must be 0")
    for name, value in options.items():
        if name in ("encoding", "errors"):
            if value is not None:
                raise ValueError(f"{name} must be None")
        elif value:
            raise ValueError(f"{name} must be False")


class SubprocessStreamProtocol(streams.FlowControlMixin,
                               protocols.SubprocessProtocol):
    """Gives the pipes of a child as streams."""

    def __init__(self, limit, loop):
        super().__init__(loop=loop)
        self._limit = limit
        self.stdin = self.stdout = self.stderr = None
        self._stdin_closed = loop.create_future()
        self._open_readers = set()
        self._exited = False
        self._transport = None

    def connection_made(self, transport):
        self._transport = transport
        for fd, name in ((1, "stdout"), (2, "stderr")):
            pipe = transport.get_pipe_transport(fd)
            if pipe is not None:
                reader = streams.StreamReader(self._limit, self._loop)
                reader.set_transport(pipe)
                setattr(self, name, reader)
                self._open_readers.add(fd)
        pipe = transport.get_pipe_transport(0)
        if pipe is not None:
            self.stdin = streams.StreamWriter(pipe, self, None, self._loop)

    def _reader(self, fd):
        return self.stdout if fd == 1 else self.stderr

    def pipe_data_received(self, fd, data):
        reader = self._reader(fd)
        if reader is not None:
            reader.feed_data(data)

    def pipe_connection_lost(self, fd, exc):
        if fd == 0:
            self.connection_lost(exc)
            closed = self._stdin_closed
            streams._settle(closed, exc)
            if not closed.cancelled():
                closed.exception()  # retrieved: nobody has to wait for it
            return
        reader = self._reader(fd)
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        self._open_readers.discard(fd)
        self._close_if_done()

    def process_exited(self):
        self._exited = True
        self._close_if_done()

    def _close_if_done(self):
        if self._exited and not self._open_readers and (
                self._transport is not None):
            self._transport.close()

    def _get_close_waiter(self, writer):
        return self._stdin_closed


class Process:
    """A child process with streams for its pipes."""

    def __init__(self, transport, protocol, loop):
        self._transport = transport
        self._protocol = protocol
        self._loop = loop
        self.stdin = protocol.stdin
        self.stdout = protocol.stdout
        self.stderr = protocol.stderr
        self.pid = transport.get_pid()

    def __repr__(self):
        return f"<{type(self).__name__} {self.pid}>"

    @property
    def returncode(self):
        return self._transport.get_returncode()

    async def wait(self):
        """Waits for the child's end; gives its return code."""
        return await self._transport._wait()

    def send_signal(self, signal):
        self._transport.send_signal(signal)

    def terminate(self):
        self._transport.terminate()

    def kill(self):
        self._transport.kill()

    async def _feed(self, data):
        if self.stdin is None:
            return
        try:
            if data is not None:
                self.stdin.write(data)
                await self.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the child does not want to read: not an error here
        self.stdin.close()

    async def _read(self, stream):
        return None if stream is None else await stream.read()

    async def communicate(self, input=None):
        """Sends `input`, reads everything: (stdout, stderr)."""
        _, out, err = await tasks.gather(self._feed(input),
                                         self._read(self.stdout),
                                         self._read(self.stderr))
        await self.wait()
        return out, err


async def create_subprocess_exec(program, *args, stdin=None, stdout=None,
                                 stderr=None,
                                 limit=streams._DEFAULT_LIMIT, **kwds):
    """Starts a program: a Process."""
    loop = events.get_running_loop()
    transport, protocol = await loop.subprocess_exec(
        lambda: SubprocessStreamProtocol(limit, loop), program, *args,
        stdin=stdin, stdout=stdout, stderr=stderr, **kwds)
    return Process(transport, protocol, loop)


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None,
                                  limit=streams._DEFAULT_LIMIT, **kwds):
    """Starts a shell command: a Process."""
    loop = events.get_running_loop()
    transport, protocol = await loop.subprocess_shell(
        lambda: SubprocessStreamProtocol(limit, loop), cmd, stdin=stdin,
        stdout=stdout, stderr=stderr, **kwds)
    return Process(transport, protocol, loop)
