"""The transports of the two ends of a pipe; a socket or a terminal will do as well."""

import os
import stat

from .socket_transports import _SelectorTransport


class _PipeTransport(_SelectorTransport):
    _kind = 'pipe'
    _needs = ''

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        mode = os.fstat(pipe.fileno()).st_mode
        if not any(is_kind(mode) for is_kind in (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR)):
            raise ValueError(self._needs)
        extra = {} if extra is None else extra
        extra['pipe'] = pipe
        super().__init__(loop, pipe, protocol, extra)
        os.set_blocking(self._fd, False)
        self._start(waiter)
        if not self._reads and not stat.S_ISCHR(mode):
            loop.call_soon(self._watch_reader)

    def __repr__(self):
        words = [type(self).__name__]
        if self._file is None:
            words.append('closed')
        elif self._closing:
            words.append('closing')
        words.append(f'fd={self._fd}')
        if self._file is not None:
            words.append(self._watch_state())
        return f"<{' '.join(words)}>"

    def _watch_state(self):
        if self._loop.is_closed():
            return 'open'
        mask, _ = self._loop._watched(self._fd)
        return 'polling' if mask & (1 if self._reads else 2) else 'idle'

    def is_reading(self):
        return self._reads and super().is_reading()

    def resume_reading(self):
        if self._reads:
            super().resume_reading()

    def _receive_into(self, buffer):
        data = os.read(self._fd, len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def _send(self, data):
        return os.write(self._fd, data)

    def _send_eof(self):
        self.close()


class _UnixReadPipeTransport(_PipeTransport):
    """The end that is read."""

    _reads = True
    _needs = 'Pipe transport is for pipes/sockets only.'


class _UnixWritePipeTransport(_PipeTransport):
    """The end that is written."""

    _reads = False
    _needs = 'Pipe transport is only for pipes, sockets and character devices'

    def _watch_state(self):
        state = super()._watch_state()
        return state if state == 'open' else f'{state} bufsize={self.get_write_buffer_size()}'

    def _watch_reader(self):
        # The writing end becomes readable when nobody has the other one.
        if not self._closing:
            self._loop._add_reader(self._fd, self._reader_gone)

    def _reader_gone(self):
        self._force_close(BrokenPipeError() if self._buffer else None)
