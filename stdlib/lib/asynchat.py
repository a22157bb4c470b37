"""Conversations on asyncore: text is collected up to a terminator, and output waits in a queue of producers.

Deprecated; use asyncio.
"""
import warnings
from collections import deque

with warnings.catch_warnings():
    warnings.simplefilter('ignore', DeprecationWarning)
    import asyncore

warnings.warn('The asynchat module is deprecated and will be removed in Python 3.12. The recommended replacement is asyncio',
              DeprecationWarning, stacklevel=2)


class async_chat(asyncore.dispatcher):
    """Calls collect_incoming_data() with what comes and found_terminator() where it ends."""

    ac_in_buffer_size = 65536
    ac_out_buffer_size = 65536
    use_encoding = 0
    encoding = 'latin-1'

    def __init__(self, sock=None, map=None):
        self.ac_in_buffer = b''
        self.incoming = []
        self.producer_fifo = deque()
        asyncore.dispatcher.__init__(self, sock, map)

    def collect_incoming_data(self, data):
        raise NotImplementedError('must be implemented in subclass')

    def _collect_incoming_data(self, data):
        self.incoming.append(data)

    def _get_data(self):
        data = b''.join(self.incoming)
        del self.incoming[:]
        return data

    def found_terminator(self):
        raise NotImplementedError('must be implemented in subclass')

    def set_terminator(self, term):
        """What ends a message: bytes, a number of bytes, or nothing (None, 0)."""
        if isinstance(term, str) and self.use_encoding:
            term = bytes(term, self.encoding)
        elif isinstance(term, int) and term < 0:
            raise ValueError('the number of received bytes must be positive')
        self.terminator = term

    def get_terminator(self):
        return self.terminator

    def handle_read(self):
        try:
            data = self.recv(self.ac_in_buffer_size)
        except BlockingIOError:
            return
        except OSError:
            self.handle_error()
            return
        if isinstance(data, str) and self.use_encoding:
            data = bytes(data, self.encoding)
        self.ac_in_buffer += data
        # The program may set another terminator for every message.
        while self.ac_in_buffer:
            terminator = self.get_terminator()
            if not terminator:
                self._take(len(self.ac_in_buffer))
            elif isinstance(terminator, int):
                size = min(terminator, len(self.ac_in_buffer))
                self._take(size)
                if size == terminator:
                    self.terminator = 0
                    self.found_terminator()
                else:
                    self.terminator = terminator - size
            else:
                place = self.ac_in_buffer.find(terminator)
                if place != -1:
                    if place > 0:
                        self.collect_incoming_data(self.ac_in_buffer[:place])
                    self.ac_in_buffer = self.ac_in_buffer[place + len(terminator):]
                    self.found_terminator()
                    continue
                # The end of what came may be the beginning of the terminator.
                begun = find_prefix_at_end(self.ac_in_buffer, terminator)
                if begun:
                    if begun != len(self.ac_in_buffer):
                        self._take(len(self.ac_in_buffer) - begun)
                    break
                self._take(len(self.ac_in_buffer))

    def _take(self, size):
        data, self.ac_in_buffer = self.ac_in_buffer[:size], self.ac_in_buffer[size:]
        self.collect_incoming_data(data)

    def handle_write(self):
        self.initiate_send()

    def handle_close(self):
        self.close()

    def push(self, data):
        """Send bytes when there is time for it."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError('data argument must be byte-ish (%r)', type(data))
        step = self.ac_out_buffer_size
        for begin in range(0, len(data), step):
            self.producer_fifo.append(data[begin:begin + step])
        self.initiate_send()

    def push_with_producer(self, producer):
        """Send what producer.more() gives, until it gives nothing."""
        self.producer_fifo.append(producer)
        self.initiate_send()

    def readable(self):
        return 1

    def writable(self):
        return self.producer_fifo or not self.connected

    def close_when_done(self):
        """Close when all has been sent."""
        self.producer_fifo.append(None)

    def initiate_send(self):
        while self.producer_fifo and self.connected:
            first = self.producer_fifo[0]
            if not first:
                del self.producer_fifo[0]
                if first is None:
                    self.handle_close()
                    return
            try:
                data = first[:self.ac_out_buffer_size]
            except TypeError:
                data = first.more()
                if data:
                    self.producer_fifo.appendleft(data)
                else:
                    del self.producer_fifo[0]
                continue
            if isinstance(data, str) and self.use_encoding:
                data = bytes(data, self.encoding)
            try:
                sent = self.send(data)
            except OSError:
                self.handle_error()
                return
            if sent:
                if sent < len(data) or self.ac_out_buffer_size < len(first):
                    self.producer_fifo[0] = first[sent:]
                else:
                    del self.producer_fifo[0]
            # Others want to run too.
            return

    def discard_buffers(self):
        """Forget what has not been read or sent."""
        self.ac_in_buffer = b''
        del self.incoming[:]
        self.producer_fifo.clear()


class simple_producer:
    """A producer of the pieces of some bytes."""

    def __init__(self, data, buffer_size=512):
        self.data = data
        self.buffer_size = buffer_size

    def more(self):
        piece, self.data = self.data[:self.buffer_size], self.data[self.buffer_size:]
        return piece


def find_prefix_at_end(haystack, needle):
    """How many characters at the end of the haystack could be the beginning of the needle."""
    size = len(needle) - 1
    while size and not haystack.endswith(needle[:size]):
        size -= 1
    return size
