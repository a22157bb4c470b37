"""The parser of messages: text comes in pieces of any size, and when all has come there is a message.

A generator does the reading: it stops wherever a line is needed that has not come yet. Lines come from BufferedSubFile,
which also knows at which lines the part that is being read ends. What is wrong with a message never stops the parser; it
becomes a defect.
"""
import re
from collections import deque
from io import StringIO

from email import errors
from email._policybase import compat32

__all__ = ['FeedParser', 'BytesFeedParser']

NLCRE = re.compile(r'\r\n|\r|\n')
NLCRE_bol = re.compile(r'(\r\n|\r|\n)')
NLCRE_eol = re.compile(r'(\r\n|\r|\n)\Z')
NLCRE_crack = re.compile(r'(\r\n|\r|\n)')
# A header, the envelope, or a continuation.
headerRE = re.compile(r'^(From |[\041-\071\073-\176]*:|[\t ])')
EMPTYSTRING = ''
NL = '\n'

NeedMoreData = object()


class BufferedSubFile:
    """Lines of what has come so far. Predicates on a stack say which line is the end of a part: it reads as ''."""

    def __init__(self):
        # The beginning of a line whose end has not come.
        self._partial = StringIO(newline='')
        self._lines = deque()
        self._ends = []
        self._closed = False

    def push_eof_matcher(self, pred):
        self._ends.append(pred)

    def pop_eof_matcher(self):
        return self._ends.pop()

    def close(self):
        """Nothing more will come."""
        self._partial.seek(0)
        self.pushlines(self._partial.readlines())
        self._partial.seek(0)
        self._partial.truncate()
        self._closed = True

    def readline(self):
        """The next line, NeedMoreData, or '' at an end."""
        if not self._lines:
            return '' if self._closed else NeedMoreData
        line = self._lines.popleft()
        if any(is_end(line) for is_end in reversed(self._ends)):
            self._lines.appendleft(line)
            return ''
        return line

    def unreadline(self, line):
        """Let a line be read again."""
        assert line is not NeedMoreData
        self._lines.appendleft(line)

    def push(self, data):
        """More text has come."""
        self._partial.write(data)
        if '\n' not in data and '\r' not in data:
            return
        self._partial.seek(0)
        lines = self._partial.readlines()
        self._partial.seek(0)
        self._partial.truncate()
        # A '\r' at the end may be half of a line end.
        if not lines[-1].endswith('\n'):
            self._partial.write(lines.pop())
        self.pushlines(lines)

    def pushlines(self, lines):
        self._lines.extend(lines)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if line == '':
            raise StopIteration
        return line


class FeedParser:
    """feed() it with text, and close() gives the message."""

    def __init__(self, _factory=None, *, policy=compat32):
        self.policy = policy
        self._old_style_factory = False
        if _factory is None:
            if policy.message_factory is None:
                from email.message import Message
                self._factory = Message
            else:
                self._factory = policy.message_factory
        else:
            self._factory = _factory
            # Factories of old times take no policy.
            try:
                _factory(policy=self.policy)
            except TypeError:
                self._old_style_factory = True
        self._input = BufferedSubFile()
        self._msgstack = []
        self._parse = self._parsegen().__next__
        self._cur = None
        self._last = None
        self._headersonly = False

    def _set_headersonly(self):
        """The body is kept as it is, whatever the headers say."""
        self._headersonly = True

    def feed(self, data):
        """More text."""
        self._input.push(data)
        self._call_parse()

    def _call_parse(self):
        try:
            self._parse()
        except StopIteration:
            pass

    def close(self):
        """All has come: the message."""
        self._input.close()
        self._call_parse()
        root = self._pop_message()
        assert not self._msgstack
        if root.get_content_maintype() == 'multipart' and not root.is_multipart() and not self._headersonly:
            self.policy.handle_defect(root, errors.MultipartInvariantViolationDefect())
        return root

    def _new_message(self):
        msg = self._factory() if self._old_style_factory else self._factory(policy=self.policy)
        if self._cur and self._cur.get_content_type() == 'multipart/digest':
            msg.set_default_type('message/rfc822')
        if self._msgstack:
            self._msgstack[-1].attach(msg)
        self._msgstack.append(msg)
        self._cur = msg
        self._last = msg

    def _pop_message(self):
        done = self._msgstack.pop()
        self._cur = self._msgstack[-1] if self._msgstack else None
        return done

    # --- reading ---

    def _parsegen(self):
        """Reads one message, with all its parts. Yields NeedMoreData where lines are missing."""
        self._new_message()
        headers = []
        for line in self._input:
            if line is NeedMoreData:
                yield NeedMoreData
                continue
            if not headerRE.match(line):
                # The empty line is taken away; any other belongs to the body.
                if not NLCRE.match(line):
                    self.policy.handle_defect(self._cur, errors.MissingHeaderBodySeparatorDefect())
                    self._input.unreadline(line)
                break
            headers.append(line)
        self._parse_headers(headers)
        if self._headersonly:
            yield from self._take_rest()
            return
        kind = self._cur.get_content_type()
        if kind == 'message/delivery-status':
            yield from self._delivery_status()
            return
        if self._cur.get_content_maintype() == 'message':
            yield from self._inner_message()
            return
        if self._cur.get_content_maintype() == 'multipart':
            boundary = self._cur.get_boundary()
            if boundary is None:
                # It is no multipart without one: all of it is text.
                self.policy.handle_defect(self._cur, errors.NoBoundaryInMultipartDefect())
                yield from self._take_rest()
                return
            encoding = str(self._cur.get('content-transfer-encoding', '8bit')).lower()
            if encoding not in ('7bit', '8bit', 'binary'):
                self.policy.handle_defect(self._cur, errors.InvalidMultipartContentTransferEncodingDefect())
            yield from self._multipart(boundary)
            return
        yield from self._take_rest()

    def _lines(self):
        """The lines up to the next end; NeedMoreData is passed on to the caller of the parser by yielding it."""
        while True:
            line = self._input.readline()
            if line == '':
                return
            yield line

    def _take_rest(self):
        lines = []
        for line in self._lines():
            if line is NeedMoreData:
                yield NeedMoreData
            else:
                lines.append(line)
        self._cur.set_payload(''.join(lines))

    def _inner_message(self):
        """The body is a message itself."""
        for state in self._parsegen():
            if state is NeedMoreData:
                yield NeedMoreData
                continue
            break
        self._pop_message()

    def _delivery_status(self):
        """The body is blocks of headers, each a message of its own."""
        while True:
            self._input.push_eof_matcher(NLCRE.match)
            for state in self._parsegen():
                if state is NeedMoreData:
                    yield NeedMoreData
                    continue
                break
            self._pop_message()
            self._input.pop_eof_matcher()
            # The empty line between blocks, and then what follows it: nothing, or the next block.
            for _ in range(2):
                while True:
                    line = self._input.readline()
                    if line is not NeedMoreData:
                        break
                    yield NeedMoreData
            if line == '':
                return
            self._input.unreadline(line)

    def _multipart(self, boundary):
        """Preamble, parts and epilogue."""
        separator = '--' + boundary
        boundary_re = re.compile(
            '(?P<sep>' + re.escape(separator) + r')(?P<end>--)?(?P<ws>[ \t]*)(?P<linesep>\r\n|\r|\n)?$')
        preamble = []
        capturing, line_end, closed = True, False, False
        while True:
            line = self._input.readline()
            if line is NeedMoreData:
                yield NeedMoreData
                continue
            if line == '':
                break
            match = boundary_re.match(line)
            if match is None:
                # Lines of the preamble only: those of parts are read by the parts.
                assert capturing
                preamble.append(line)
                continue
            if match['end']:
                closed = True
                line_end = match['linesep']
                break
            if capturing:
                if preamble:
                    # The line end before the boundary belongs to the boundary.
                    last = NLCRE_eol.search(preamble[-1])
                    if last:
                        preamble[-1] = preamble[-1][:-len(last[0])]
                    self._cur.preamble = ''.join(preamble)
                capturing = False
                self._input.unreadline(line)
                continue
            yield from self._part(boundary_re)
        if capturing:
            # No part was found.
            self.policy.handle_defect(self._cur, errors.StartBoundaryNotFoundDefect())
            self._cur.set_payload(''.join(preamble))
            yield from self._epilogue(None)
            return
        if not closed:
            self.policy.handle_defect(self._cur, errors.CloseBoundaryNotFoundDefect())
            return
        yield from self._epilogue([''] if line_end else [])

    def _part(self, boundary_re):
        """One part, from behind its boundary to the next one."""
        # Several boundaries one behind the other are as one.
        while True:
            line = self._input.readline()
            if line is NeedMoreData:
                yield NeedMoreData
                continue
            match = boundary_re.match(line)
            if match is None or match['end']:
                self._input.unreadline(line)
                break
        self._input.push_eof_matcher(boundary_re.match)
        for state in self._parsegen():
            if state is NeedMoreData:
                yield NeedMoreData
                continue
            break
        self._drop_last_line_end()
        self._input.pop_eof_matcher()
        self._pop_message()
        self._last = self._cur

    def _drop_last_line_end(self):
        """The line end before a boundary is none of the part."""
        if self._last.get_content_maintype() == 'multipart':
            epilogue = self._last.epilogue
            if epilogue == '':
                self._last.epilogue = None
            elif epilogue is not None:
                match = NLCRE_eol.search(epilogue)
                if match:
                    self._last.epilogue = epilogue[:-len(match[0])]
            return
        payload = self._last._payload
        if isinstance(payload, str):
            match = NLCRE_eol.search(payload)
            if match:
                self._last._payload = payload[:-len(match[0])]

    def _epilogue(self, lines):
        """What stands behind the last boundary. None: there was no first one, and all is passed over."""
        taken = [] if lines is None else lines
        for line in self._input:
            if line is NeedMoreData:
                yield NeedMoreData
                continue
            taken.append(line)
        if lines is None:
            self._cur.epilogue = ''.join(taken)
            return
        if taken:
            first = NLCRE_bol.match(taken[0])
            if first:
                taken[0] = taken[0][len(first[0]):]
        self._cur.epilogue = ''.join(taken)

    def _parse_headers(self, lines):
        """The headers of the message in the making."""
        name, pieces = '', []

        def finish():
            if name:
                self._cur.set_raw(*self.policy.header_source_parse(pieces))

        for number, line in enumerate(lines):
            if line[0] in ' \t':
                if not name:
                    self.policy.handle_defect(self._cur, errors.FirstHeaderLineIsContinuationDefect(line))
                    continue
                pieces.append(line)
                continue
            finish()
            name, pieces = '', []
            if line.startswith('From '):
                if number == 0:
                    # The envelope.
                    end = NLCRE_eol.search(line)
                    self._cur.set_unixfrom(line[:-len(end[0])] if end else line)
                    continue
                if number == len(lines) - 1:
                    # It belongs to the body.
                    self._input.unreadline(line)
                    return
                self._cur.defects.append(errors.MisplacedEnvelopeHeaderDefect(line))
                continue
            colon = line.find(':')
            if colon == 0:
                self._cur.defects.append(errors.InvalidHeaderDefect('Missing header name.'))
                continue
            assert colon > 0, '_parse_headers fed line with no : and no leading WS'
            name, pieces = line[:colon], [line]
        finish()


class BytesFeedParser(FeedParser):
    """The same for bytes. What is not ASCII is kept as surrogates."""

    def feed(self, data):
        super().feed(data.decode('ascii', 'surrogateescape'))
