"""Servers over sockets: TCP, UDP and Unix, one request after the other, or each in a thread or process of its own.

A server waits for requests and makes a handler for each: an object of a class of the program, whose handle() does the
work.
"""
import os
import selectors
import socket
import sys
import threading
from contextlib import contextmanager, suppress
from io import BufferedIOBase
from time import monotonic as _now

__all__ = ['BaseServer', 'TCPServer', 'UDPServer', 'ThreadingUDPServer', 'ThreadingTCPServer', 'BaseRequestHandler',
           'StreamRequestHandler', 'DatagramRequestHandler', 'ThreadingMixIn', 'ForkingUDPServer', 'ForkingTCPServer',
           'ForkingMixIn', 'UnixStreamServer', 'UnixDatagramServer', 'ThreadingUnixStreamServer',
           'ThreadingUnixDatagramServer']


class BaseServer:
    """What all servers share: the loop, and the steps of a request, each of which a subclass may change.

    A request comes by get_request, is asked for by verify_request, served by process_request, which makes a handler
    (finish_request), and ends in shutdown_request.
    """

    timeout = None

    def __init__(self, server_address, RequestHandlerClass):
        self.server_address, self.RequestHandlerClass = server_address, RequestHandlerClass
        self._stopped, self._to_stop = threading.Event(), False

    def server_activate(self):
        """Get ready to serve."""

    @contextmanager
    def _selector(self):
        """A function that waits, for so many seconds, until a request is there; whether one is."""
        with selectors.PollSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            yield lambda seconds: bool(selector.select(seconds))

    def serve_forever(self, poll_interval=0.5):
        """Serve one request after the other until shutdown() is called."""
        self._stopped.clear()
        try:
            with self._selector() as request_comes:
                while not self._to_stop:
                    there = request_comes(poll_interval)
                    if self._to_stop:
                        return
                    if there:
                        self._serve_one()
                    self.service_actions()
        finally:
            self._to_stop = False
            self._stopped.set()

    def shutdown(self):
        """End serve_forever(), which runs in another thread, and wait for its end."""
        self._to_stop = True
        self._stopped.wait()

    def service_actions(self):
        """Called in each round of serve_forever()."""

    def handle_request(self):
        """Serve one request, or wait until the timeout: the socket's or the server's, whichever is over first."""
        limits = [limit for limit in (self.socket.gettimeout(), self.timeout) if limit is not None]
        deadline = _now() + min(limits) if limits else None
        left = min(limits, default=None)
        with self._selector() as request_comes:
            while not request_comes(left):
                # A wait may end early, and goes on then.
                if deadline is not None and (left := deadline - _now()) < 0:
                    return self.handle_timeout()
            return self._serve_one()

    def _serve_one(self):
        try:
            arrival = self.get_request()
        except OSError:
            return  # it was there, and has gone
        done = False
        try:
            if self.verify_request(*arrival):
                self.process_request(*arrival)
                done = True
        except Exception:
            self.handle_error(*arrival)
        finally:
            if not done:
                self.shutdown_request(arrival[0])

    def handle_timeout(self):
        """No request came in time."""

    def verify_request(self, request, client_address):
        """Shall the request be served?"""
        return True

    def process_request(self, request, client_address):
        """Serve a request."""
        self.finish_request(request, client_address)
        self.shutdown_request(request)

    def server_close(self):
        """Let go of what the server holds."""

    def finish_request(self, request, client_address):
        """Make the handler, which does the work."""
        self.RequestHandlerClass(request, client_address, self)

    def shutdown_request(self, request):
        """The request has been served."""
        self.close_request(request)

    def close_request(self, request):
        """Close the connection."""

    def handle_error(self, request, client_address):
        """A handler raised: say so on stderr and go on."""
        import traceback
        line = '-' * 40
        for text in line, f'Exception occurred during processing of request from {client_address}':
            print(text, file=sys.stderr)
        traceback.print_exc()
        print(line, file=sys.stderr)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.server_close()


class TCPServer(BaseServer):
    """A server over TCP."""

    address_family, socket_type = socket.AF_INET, socket.SOCK_STREAM
    allow_reuse_address = allow_reuse_port = False
    request_queue_size = 5

    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        super().__init__(server_address, RequestHandlerClass)
        self.socket = socket.socket(self.address_family, self.socket_type)
        if not bind_and_activate:
            return
        try:
            self.server_bind()
            self.server_activate()
        except BaseException:
            self.server_close()
            raise

    def server_bind(self):
        """Give the socket its address."""
        for wanted, option in (self.allow_reuse_address, 'SO_REUSEADDR'), (self.allow_reuse_port, 'SO_REUSEPORT'):
            if wanted:
                self.socket.setsockopt(socket.SOL_SOCKET, getattr(socket, option), True)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def server_activate(self):
        self.socket.listen(self.request_queue_size)

    def server_close(self):
        self.socket.close()

    def fileno(self):
        """The descriptor of the socket."""
        return self.socket.fileno()

    def get_request(self):
        """The next connection."""
        return self.socket.accept()

    def shutdown_request(self, request):
        with suppress(OSError):  # the other side may have been faster
            request.shutdown(socket.SHUT_WR)
        self.close_request(request)

    def close_request(self, request):
        request.close()


class UDPServer(TCPServer):
    """A server over UDP: a request is a datagram and the socket to answer by."""

    socket_type = socket.SOCK_DGRAM
    max_packet_size = 8192

    def get_request(self):
        data, client_address = self.socket.recvfrom(self.max_packet_size)
        return (data, self.socket), client_address

    def server_activate(self):
        pass

    def shutdown_request(self, request):
        self.close_request(request)

    def close_request(self, request):
        pass


class ForkingMixIn:
    """Each request in a process of its own."""

    timeout = 300
    active_children = None
    max_children = 40
    block_on_close = True

    def collect_children(self, *, blocking=False):
        """Join the processes that have ended; all of them, or when there are too many, by waiting."""
        children = self.active_children
        while children and len(children) >= self.max_children:
            if not self._collect(-1, 0):
                break
        for pid in tuple(children or ()):
            self._collect(pid, 0 if blocking else os.WNOHANG)

    def _collect(self, pid, options):
        """Join one process (-1: whichever ends). False if that cannot be done."""
        try:
            self.active_children.discard(os.waitpid(pid, options)[0])
        except ChildProcessError:  # somebody else has joined it, or all of them
            if pid == -1:
                self.active_children.clear()
            else:
                self.active_children.discard(pid)
        except OSError:
            return False
        return True

    def handle_timeout(self):
        self.collect_children()

    def service_actions(self):
        self.collect_children()

    def process_request(self, request, client_address):
        pid = os.fork()
        if not pid:
            self._run_child(request, client_address)
        self.active_children = self.active_children or set()
        self.active_children.add(pid)
        self.close_request(request)

    def _run_child(self, request, client_address):
        status = 1
        try:
            self.finish_request(request, client_address)
            status = 0
        except Exception:
            self.handle_error(request, client_address)
        finally:
            try:
                self.shutdown_request(request)
            finally:
                os._exit(status)

    def server_close(self):
        super().server_close()
        self.collect_children(blocking=self.block_on_close)


class ThreadingMixIn:
    """Each request in a thread of its own."""

    daemon_threads = False
    block_on_close = True
    _threads = ()

    def process_request_thread(self, request, client_address):
        """What the thread does."""
        try:
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)

    def process_request(self, request, client_address):
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address),
                                  daemon=self.daemon_threads)
        if self.block_on_close and not self.daemon_threads:
            self._threads = [*filter(threading.Thread.is_alive, self._threads), thread]
        thread.start()

    def server_close(self):
        super().server_close()
        waited_for, self._threads = self._threads, ()
        for thread in waited_for:
            thread.join()


class UnixStreamServer(TCPServer):
    """A server over Unix sockets."""

    address_family = socket.AF_UNIX


class UnixDatagramServer(UDPServer):
    """A server for datagrams over Unix sockets."""

    address_family = socket.AF_UNIX


def _mixed(mixin, server):
    """The class of such servers that serve requests in threads or processes."""
    way = mixin.__name__.removesuffix('MixIn')
    return type(way + server.__name__, (mixin, server), {'__module__': __name__})


ForkingUDPServer, ForkingTCPServer = (_mixed(ForkingMixIn, server) for server in (UDPServer, TCPServer))
ThreadingUDPServer, ThreadingTCPServer, ThreadingUnixStreamServer, ThreadingUnixDatagramServer = (
    _mixed(ThreadingMixIn, server) for server in (UDPServer, TCPServer, UnixStreamServer, UnixDatagramServer))


class BaseRequestHandler:
    """Serves one request: setup(), handle(), finish()."""

    def __init__(self, request, client_address, server):
        self.request, self.client_address, self.server = request, client_address, server
        self.setup()
        try:
            self.handle()
        finally:
            self.finish()

    def setup(self):
        """Before handle()."""

    def handle(self):
        """Serve the request."""

    def finish(self):
        """After handle()."""


class StreamRequestHandler(BaseRequestHandler):
    """A handler with files to read the request from and to write the answer to."""

    rbufsize = -1
    wbufsize = 0
    timeout = None
    disable_nagle_algorithm = False

    def setup(self):
        connection = self.connection = self.request
        if self.timeout is not None:
            connection.settimeout(self.timeout)
        if self.disable_nagle_algorithm:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self.rfile = connection.makefile('rb', self.rbufsize)
        self.wfile = connection.makefile('wb', self.wbufsize) if self.wbufsize else _SocketWriter(connection)

    def finish(self):
        with suppress(OSError):  # the other side may have gone
            if not self.wfile.closed:
                self.wfile.flush()
        self.wfile.close()
        self.rfile.close()


class _SocketWriter(BufferedIOBase):
    # Writes at once and all of it.
    def __init__(self, sock):
        self._sock = sock

    def writable(self):
        return True

    def write(self, data):
        self._sock.sendall(data)
        with memoryview(data) as view:
            return view.nbytes

    def fileno(self):
        return self._sock.fileno()


class DatagramRequestHandler(BaseRequestHandler):
    """A handler with files over the datagram and the answer."""

    def setup(self):
        from io import BytesIO
        self.packet, self.socket = self.request
        self.rfile = BytesIO(self.packet)
        self.wfile = BytesIO()

    def finish(self):
        self.socket.sendto(self.wfile.getvalue(), self.client_address)
