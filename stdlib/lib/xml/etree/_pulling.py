"""Parsing while the text comes: the base of XMLPullParser, and what iterparse() gives."""
import collections
import collections.abc


class PullParser:
    """Parsing that is asked for its events, while text comes. A subclass has _usual_parser()."""

    def __init__(self, events=None, *, _parser=None):
        self._queue = collections.deque()
        self._parser = _parser or self._usual_parser()
        self._parser._setevents(self._queue, ('end',) if events is None else events)

    def feed(self, data):
        """Takes a piece of text."""
        if self._parser is None:
            raise ValueError('feed() called after end of stream')
        if data:
            try:
                self._parser.feed(data)
            except SyntaxError as error:
                self._queue.append(error)

    def _finish(self):
        root = self._parser.close()
        self._parser = None
        return root

    def close(self):
        """The end of the text."""
        self._finish()

    def flush(self):
        """Hands out what was gathered."""
        if self._parser is None:
            raise ValueError('flush() called after end of stream')
        self._parser.flush()

    def read_events(self):
        """The events that are there now; errors of the text are raised here."""
        while self._queue:
            event = self._queue.popleft()
            if isinstance(event, Exception):
                raise event
            yield event


class IterParse(collections.abc.Iterator):
    """The events of a file, by name or open, from a pull parser; with the tree as `root` at the end."""

    root = None

    def __init__(self, source, pull):
        self._owned = not hasattr(source, 'read')
        self._file = open(source, 'rb') if self._owned else source
        self._pull = pull
        self._events = self._run()

    def _run(self):
        try:
            while data := self._file.read(1 << 14):
                self._pull.feed(data)
                yield from self._pull.read_events()
            root = self._pull._finish()
            yield from self._pull.read_events()
            self.root = root
        finally:
            self.close()

    def close(self):
        if self._owned:
            self._owned = False
            self._file.close()

    def __next__(self):
        return next(self._events)
