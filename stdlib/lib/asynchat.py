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

    ac_in_buffer_size = ac_out_buffer_size = 1 << 16
    # Whether terminators and output may be text, and in which encoding they go out.
    use_encoding, encoding = 0, 'latin-1'

    def __init__(self, sock=None, map=None):
        self.incoming, self.ac_in_buffer = [], b''
        self.producer_fifo = deque()
        super().__init__(sock, map)

    def collect_incoming_data(self, data):
        """Something has come that is no terminator."""
        raise NotImplementedError('must be implemented in subclass')

    def found_terminator(self):
        """The terminator has come."""
        raise NotImplementedError('must be implemented in subclass')

    def _collect_incoming_data(self, data):
        """For subclasses that do nothing but collect: then _get_data() has it all."""
        self.incoming.append(data)

    def _get_data(self):
        whole = b''.join(self.incoming)
        self.incoming.clear()
        return whole

    def _encoded(self, data):
        return data.encode(self.encoding) if self.use_encoding and isinstance(data, str) else data

    # --- input ---

    def set_terminator(self, term):
        """What ends a message: bytes, a number of bytes, or nothing (None, 0)."""
        if isinstance(term, int) and term < 0:
            raise ValueError('the number of received bytes must be positive')
        self.terminator = self._encoded(term)

    def get_terminator(self):
        return self.terminator

    def handle_read(self):
        try:
            self.ac_in_buffer += self._encoded(self.recv(self.ac_in_buffer_size))
        except BlockingIOError:
            return
        except OSError:
            self.handle_error()
            return
        # The program may set another terminator for every message.
        while self.ac_in_buffer and self._take_some(self.get_terminator()):
            pass

    def _take_some(self, terminator):
        """Takes what can be taken; whether there may be more."""
        size = len(self.ac_in_buffer)
        if not terminator:
            self._take(size)
        elif isinstance(terminator, int):
            taken = min(terminator, size)
            self._take(taken)
            self.terminator = terminator - taken
            if not self.terminator:
                self.found_terminator()
        elif (place := self.ac_in_buffer.find(terminator)) >= 0:
            self._take(place)
            self.ac_in_buffer = self.ac_in_buffer[len(terminator):]
            self.found_terminator()
        else:
            # The end of what came may be the beginning of the terminator.
            kept = find_prefix_at_end(self.ac_in_buffer, terminator)
            self._take(size - kept)
            return not kept
        return True

    def _take(self, size):
        if size:
            data, self.ac_in_buffer = self.ac_in_buffer[:size], self.ac_in_buffer[size:]
            self.collect_incoming_data(data)

    def readable(self):
        return 1

    # --- output ---

    def push(self, data):
        """Send bytes when there is time for it."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError('data argument must be byte-ish (%r)', type(data))
        step = self.ac_out_buffer_size
        self.producer_fifo.extend(data[begin:begin + step] for begin in range(0, len(data), step))
        self.initiate_send()

    def push_with_producer(self, producer):
        """Send what producer.more() gives, until it gives nothing."""
        self.producer_fifo.append(producer)
        self.initiate_send()

    def close_when_done(self):
        """Close when all has been sent."""
        self.producer_fifo.append(None)

    def writable(self):
        return self.producer_fifo or not self.connected

    def handle_write(self):
        self.initiate_send()

    def handle_close(self):
        self.close()

    def initiate_send(self):
        """Sends one piece: others want to run too."""
        while self.connected and self.producer_fifo:
            first = self.producer_fifo.popleft()
            if first is None:
                self.handle_close()
                return
            if hasattr(first, 'more'):
                if piece := first.more():
                    self.producer_fifo.extendleft((first, piece))
            elif first:
                self._send_piece(first)
                return

    def _send_piece(self, first):
        piece = self._encoded(first[:self.ac_out_buffer_size])
        sent = 0
        try:
            sent = self.send(piece)
        except OSError:
            self.handle_error()
        if sent < len(piece) or len(first) > self.ac_out_buffer_size:
            self.producer_fifo.appendleft(first[sent:])

    def discard_buffers(self):
        """Forget what has not been read or sent."""
        self.ac_in_buffer = b''
        for waiting in (self.incoming, self.producer_fifo):
            waiting.clear()


class simple_producer:
    """A producer of the pieces of some bytes."""

    def __init__(self, data, buffer_size=512):
        self.data, self.buffer_size = data, buffer_size

    def more(self):
        size = self.buffer_size
        piece, self.data = self.data[:size], self.data[size:]
        return piece


def find_prefix_at_end(haystack, needle):
    """How many characters at the end of the haystack could be the beginning of the needle."""
    return next(size for size in range(len(needle) - 1, -1, -1) if haystack.endswith(needle[:size]))
