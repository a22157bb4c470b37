"""The parser of messages: text comes in pieces of any size, and when all has come there is a message.

A generator does the reading: it stops wherever a line is needed that has not come yet. Lines come from BufferedSubFile,
which also knows at which lines the part that is being read ends. What is wrong with a message never stops the parser; it
becomes a defect.
"""
import re
from collections import deque
from functools import partial
from io import StringIO

from email import errors
from email._policybase import compat32
from email.message import Message

__all__ = ['FeedParser', 'BytesFeedParser']

_EMPTY_LINE = re.compile(r'\r\n|\r|\n')
_LAST_END = re.compile(r'(?:\r\n|\r|\n)\Z')
# The envelope, a header, or a continuation.
_OF_HEADERS = re.compile(r'From |[!-9;-~]*:|[\t ]')

NeedMoreData = object()


def _cut(text):
    """The whole lines of a text, and what is left."""
    # str.splitlines() would also split where no line of a message ends.
    lines = StringIO(text, newline='').readlines()
    rest = lines.pop() if lines and not lines[-1].endswith(('\n', '\r')) else ''
    return lines, rest


def _chomped(text):
    """A text without the line end at its end."""
    return _LAST_END.sub('', text)


class BufferedSubFile:
    """Lines of what has come so far. Predicates on a stack say which line is the end of a part: it reads as ''."""

    def __init__(self):
        self._lines, self._ends = deque(), []
        # Pieces of a line whose end has not come.
        self._begun = []
        self._closed = False

    def push_eof_matcher(self, pred):
        self._ends.append(pred)

    def pop_eof_matcher(self):
        return self._ends.pop()

    def push(self, data):
        """More text has come."""
        self._begun.append(data)
        if '\n' in data or '\r' in data:
            text = ''.join(self._begun)
            # A '\r' at the end may be half of a line end.
            half = '\r' if text.endswith('\r') else ''
            lines, rest = _cut(text.removesuffix(half))
            self.pushlines(lines)
            self._begun = [rest + half]

    def pushlines(self, lines):
        self._lines.extend(lines)

    def close(self):
        """Nothing more will come."""
        lines, rest = _cut(''.join(self._begun))
        self.pushlines([*lines, rest] if rest else lines)
        self._begun = []
        self._closed = True

    def readline(self):
        """The next line, NeedMoreData, or '' at an end."""
        if not self._lines:
            return '' if self._closed else NeedMoreData
        # The end of any of the parts that one is reading is the end of the innermost.
        ended = any(is_end(self._lines[0]) for is_end in reversed(self._ends))
        return '' if ended else self._lines.popleft()

    def unreadline(self, line):
        """Let a line be read again."""
        assert line is not NeedMoreData
        self._lines.appendleft(line)

    def __iter__(self):
        return iter(self.readline, '')


def _maker(factory, policy):
    """What makes empty messages. Factories of old times take no policy."""
    if factory is None:
        return partial(policy.message_factory or Message, policy=policy)
    try:
        factory(policy=policy)
    except TypeError:
        return factory
    return partial(factory, policy=policy)


class FeedParser:
    """feed() it with text, and close() gives the message."""

    def __init__(self, _factory=None, *, policy=compat32):
        self.policy = policy
        self._make = _maker(_factory, policy)
        self._input = BufferedSubFile()
        # The message that is being read, and those that it is a part of.
        self._open = []
        self._root = self._latest = None
        self._only_headers = False
        self._reading = self._message()

    def _set_headersonly(self):
        """The body is kept as it is, whatever the headers say."""
        self._only_headers = True

    def feed(self, data):
        """More text."""
        self._input.push(data)
        next(self._reading, None)

    def close(self):
        """All has come: the message."""
        self._input.close()
        next(self._reading, None)
        root = self._root
        if root.get_content_maintype() == 'multipart' and not root.is_multipart():
            self._defect(errors.MultipartInvariantViolationDefect(), root)
        return root

    def _defect(self, defect, message=None):
        self.policy.handle_defect(message or self._open[-1], defect)

    # --- reading: all of these are generators that yield where lines are missing ---

    def _message(self):
        """Reads one message, with all its parts, up to the next end."""
        made = self._latest = self._make()
        if self._open:
            parent = self._open[-1]
            if parent.get_content_type() == 'multipart/digest':
                made.set_default_type('message/rfc822')
            parent.attach(made)
        else:
            self._root = made
        self._open.append(made)
        yield from self._headers(made)
        yield from self._body(made)
        self._open.pop()

    def _headers(self, message):
        lines = []
        while True:
            while (line := self._input.readline()) is NeedMoreData:
                yield
            if not _OF_HEADERS.match(line):
                break
            lines.append(line)
        # The empty line is taken away; any other belongs to the body.
        if line and not _EMPTY_LINE.match(line):
            self._defect(errors.MissingHeaderBodySeparatorDefect())
            self._input.unreadline(line)
        self._set_headers(message, lines)

    def _body(self, message):
        """Reads the body in the way of its type."""
        main, sub = message.get_content_maintype(), message.get_content_subtype()
        if self._only_headers or main not in ('message', 'multipart'):
            yield from self._text()
        elif main == 'multipart':
            yield from self._multipart(message)
        elif sub == 'delivery-status':
            yield from self._delivery_status()
        else:
            yield from self._message()

    def _rest(self, into):
        """Reads the lines up to the next end into a list."""
        while line := self._input.readline():
            if line is NeedMoreData:
                yield
            else:
                into.append(line)

    def _text(self):
        lines = []
        yield from self._rest(lines)
        self._open[-1].set_payload(''.join(lines))

    def _delivery_status(self):
        """The body is blocks of headers, each a message of its own."""
        line = 'a block'
        while line:
            self._input.push_eof_matcher(_EMPTY_LINE.match)
            yield from self._message()
            self._input.pop_eof_matcher()
            # The empty line between blocks, and then what follows it: nothing, or the next block.
            for _ in range(2):
                while (line := self._input.readline()) is NeedMoreData:
                    yield
            if line:
                self._input.unreadline(line)

    def _multipart(self, message):
        boundary = message.get_boundary()
        if boundary is None:
            # It is no multipart without one: all of it is text.
            self._defect(errors.NoBoundaryInMultipartDefect())
            yield from self._text()
            return
        if str(message.get('content-transfer-encoding', '8bit')).lower() not in ('7bit', '8bit', 'binary'):
            self._defect(errors.InvalidMultipartContentTransferEncodingDefect())
        match = re.compile(rf'--{re.escape(boundary)}(?P<last>--)?[ \t]*(?:\r\n|\r|\n)?$').match
        self._input.push_eof_matcher(match)
        preamble = []
        yield from self._rest(preamble)
        self._input.pop_eof_matcher()
        line = self._input.readline()
        if not line or match(line)['last']:
            yield from self._without_parts(message, preamble)
            return
        if preamble:
            # The line end before the boundary belongs to the boundary.
            preamble[-1] = _chomped(preamble[-1])
            message.preamble = ''.join(preamble)
        while line and not match(line)['last']:
            yield from self._part(message, match)
            while (line := self._input.readline()) is NeedMoreData:
                yield
        if not line:
            self._defect(errors.CloseBoundaryNotFoundDefect())
            return
        epilogue = []
        yield from self._rest(epilogue)
        message.epilogue = ''.join(epilogue)

    def _without_parts(self, message, lines):
        """There was no first boundary. What stands behind a last one is lost."""
        self._defect(errors.StartBoundaryNotFoundDefect())
        message.set_payload(''.join(lines))
        yield from self._rest([])
        message.epilogue = ''

    def _part(self, message, match):
        """Reads a part, from behind its boundary to the next one."""
        # Several boundaries one behind the other are as one, be it the last.
        while True:
            while (line := self._input.readline()) is NeedMoreData:
                yield
            if not match(line):
                break
        self._input.unreadline(line)
        self._input.push_eof_matcher(match)
        yield from self._message()
        self._input.pop_eof_matcher()
        # The line end before a boundary is none of the part.
        part, self._latest = self._latest, message
        if part.get_content_maintype() == 'multipart':
            if part.epilogue is not None:
                part.epilogue = _chomped(part.epilogue) if part.epilogue else None
        elif isinstance(part._payload, str):
            part._payload = _chomped(part._payload)

    # --- headers ---

    def _set_headers(self, message, lines):
        """Puts the lines of the headers into the message."""
        # The lines of one header.
        header = []

        def finish():
            if header:
                message.set_raw(*self.policy.header_source_parse(header))
                header.clear()

        for number, line in enumerate(lines):
            if line[0] in '\t ':
                if header:
                    header.append(line)
                else:
                    self._defect(errors.FirstHeaderLineIsContinuationDefect(line), message)
                continue
            finish()
            if line.startswith('From '):
                if number == 0:
                    message.set_unixfrom(_chomped(line))
                elif number + 1 == len(lines):
                    # It belongs to the body.
                    self._input.unreadline(line)
                else:
                    message.defects.append(errors.MisplacedEnvelopeHeaderDefect(line))
            elif line.startswith(':'):
                message.defects.append(errors.InvalidHeaderDefect('Missing header name.'))
            else:
                header.append(line)
        finish()


class BytesFeedParser(FeedParser):
    """The same for bytes. What is not ASCII is kept as surrogates."""

    def feed(self, data):
        super().feed(str(data, 'ascii', 'surrogateescape'))
