"""The standard streams of a process that subprocess starts, and the talk with it through them.

StandardStreams says which descriptor is the child's stdin, stdout and stderr, and what of it stays here. Talk is what
communicate() does: writing and reading at once, so that neither side ever waits for the other for ever.
"""
import io
import os
import select
import selectors
import sys
from time import monotonic as _now

PIPE = -1
STDOUT = -2
DEVNULL = -3

_NONE = -1  # no descriptor: the child inherits the stream as it is
_MOST_AT_ONCE = getattr(select, 'PIPE_BUF', 512)  # a pipe that is ready takes so much without waiting


class StandardStreams:
    """The descriptors of the three streams, by number (0, 1, 2): those of the child, and our ends of its pipes."""

    def __init__(self, targets, pipesize):
        self.child = [_NONE] * 3
        self.ours = [_NONE] * 3
        self._for_child = set()  # opened here, and closed here as soon as the child has them
        try:
            for number, target in enumerate(targets):
                self._connect(number, target, pipesize)
        except BaseException:
            self.close_childs()
            self.close_ours()
            raise

    def _connect(self, number, target, pipesize):
        if target is None:
            return
        if target == PIPE:
            read, write = os.pipe()
            self.child[number], self.ours[number] = (read, write) if number == 0 else (write, read)
            self._for_child.add(self.child[number])
            if pipesize > 0:
                import fcntl
                fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, pipesize)
        elif target == DEVNULL:
            self.child[number] = os.open(os.devnull, os.O_RDWR)
            self._for_child.add(self.child[number])
        elif target == STDOUT and number == 2:
            self.child[2] = sys.__stdout__.fileno() if self.child[1] == _NONE else self.child[1]
        else:
            self.child[number] = target if isinstance(target, int) else target.fileno()

    def in_pairs(self):
        """The order of _posixsubprocess: for each stream the end that is read and the end that is written."""
        (stdin, stdout, stderr), (to_child, from_stdout, from_stderr) = self.child, self.ours
        return stdin, to_child, from_stdout, stdout, from_stderr, stderr

    def open_files(self, bufsize, text):
        """File objects on our ends, None where there is no pipe. `text`: the options of TextIOWrapper, None for bytes."""
        files = [None] * 3
        try:
            for number, descriptor in enumerate(self.ours):
                if descriptor == _NONE:
                    continue
                files[number] = io.open(descriptor, 'rb' if number else 'wb', -1 if bufsize == 1 else bufsize)
                self.ours[number] = _NONE  # the file closes it
                if text is not None:
                    special = {} if number else {'write_through': True, 'line_buffering': bufsize == 1}
                    files[number] = io.TextIOWrapper(files[number], **text, **special)
        except BaseException:
            for file in filter(None, files):
                file.close()
            raise
        return files

    def close_childs(self):
        """Closes what was opened for the child. Descriptors that the program gave stay open."""
        while self._for_child:
            os.close(self._for_child.pop())

    def close_ours(self):
        """Closes our ends that have no file."""
        for number, descriptor in enumerate(self.ours):
            if descriptor != _NONE:
                self.ours[number] = _NONE
                os.close(descriptor)


class Talk:
    """The input still to be written and the output read so far. A timeout breaks it off; run() goes on with it."""

    def __init__(self, stdin, outputs, input):
        self._stdin = stdin
        self._parts = {stream: [] for stream in outputs if stream}
        self._outputs = outputs
        self._rest = None
        if stdin:
            self._begin(input)

    def _begin(self, input):
        _quietly(self._stdin.flush)
        if not input:
            _quietly(self._stdin.close)

    def take_input(self, input):
        """The input of the first call that has one."""
        if self._rest is None and self._stdin and input is not None:
            if isinstance(input, str):
                input = input.encode(self._stdin.encoding, self._stdin.errors)
            self._rest = memoryview(input).cast('B')

    def run(self, make_selector, deadline):
        """Writes and reads until every pipe is at its end: True; False when the time was over before."""
        with make_selector() as selector:
            if self._rest and not self._stdin.closed:
                selector.register(self._stdin, selectors.EVENT_WRITE)
            for stream in self._parts:
                if not stream.closed:
                    selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                seconds = None if deadline is None else deadline - _now()
                if seconds is not None and seconds < 0:
                    return False
                for key, _ in selector.select(seconds):
                    stream = key.fileobj
                    more = self._write_some() if stream is self._stdin else self._read_some(stream)
                    if not more:
                        selector.unregister(stream)
                        _quietly(stream.close)
        return True

    def _write_some(self):
        try:
            self._rest = self._rest[os.write(self._stdin.fileno(), self._rest[:_MOST_AT_ONCE]):]
        except BrokenPipeError:
            return False  # the process does not want the rest
        return len(self._rest) > 0

    def _read_some(self, stream):
        part = os.read(stream.fileno(), 32768)
        self._parts[stream].append(part)
        return part

    def so_far(self):
        """What was read of each output as bytes; None for an output that is no pipe or gave nothing yet."""
        return [b''.join(self._parts[stream]) or None if stream else None for stream in self._outputs]

    def results(self):
        """What was read of each output, as its file would give it; None for one that is no pipe."""
        return [self._as_of(stream) if stream else None for stream in self._outputs]

    def _as_of(self, stream):
        data = b''.join(self._parts[stream])
        if not isinstance(stream, io.TextIOBase):
            return data
        return data.decode(stream.encoding, stream.errors).replace('\r\n', '\n').replace('\r', '\n')


def _quietly(call):
    # A process that has closed its end has a right to do so.
    try:
        call()
    except BrokenPipeError:
        pass
