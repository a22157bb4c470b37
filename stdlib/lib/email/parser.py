"""Messages from whole strings, bytes and files. For text that comes in pieces see feedparser."""
import io

from email._policybase import compat32
from email.feedparser import BytesFeedParser, FeedParser

__all__ = ['Parser', 'HeaderParser', 'BytesParser', 'BytesHeaderParser', 'FeedParser', 'BytesFeedParser']

_BLOCK = 8192


class Parser:
    """Makes messages of text. `_class` makes the messages, `policy` says how."""

    _never_bodies = False

    def __init__(self, _class=None, *, policy=compat32):
        self.policy, self._class = policy, _class

    def parse(self, fp, headersonly=False):
        """The message in a text file. With `headersonly` the body stays as it is."""
        feeder = FeedParser(self._class, policy=self.policy)
        if headersonly or self._never_bodies:
            feeder._set_headersonly()
        while block := fp.read(_BLOCK):
            feeder.feed(block)
        return feeder.close()

    def parsestr(self, text, headersonly=False):
        """The message in a string."""
        return self.parse(io.StringIO(text), headersonly)


class HeaderParser(Parser):
    """The same; the body always stays as it is."""

    _never_bodies = True


class BytesParser:
    """Makes messages of bytes, which a parser of text reads: what is not ASCII are surrogates there."""

    _text_parser = Parser

    def __init__(self, *args, **kw):
        self.parser = self._text_parser(*args, **kw)

    def parse(self, fp, headersonly=False):
        """The message in a binary file, which stays open."""
        reader = io.TextIOWrapper(fp, 'ascii', 'surrogateescape')
        try:
            return self.parser.parse(reader, headersonly)
        finally:
            # Else the file would be closed with its reader.
            reader.detach()

    def parsebytes(self, text, headersonly=False):
        """The message in some bytes."""
        return self.parser.parsestr(str(text, 'ascii', 'surrogateescape'), headersonly)


class BytesHeaderParser(BytesParser):
    """The same; the body always stays as it is."""

    _text_parser = HeaderParser
