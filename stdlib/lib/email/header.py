"""Headers that are not ASCII, in the old world: Header makes encoded words (RFC 2047), decode_header reads them."""
import binascii
import re

import email.base64mime
import email.quoprimime
from email import charset as _charset
from email.errors import HeaderParseError

__all__ = ['Header', 'decode_header', 'make_header']

Charset = _charset.Charset
NL = '\n'
SPACE = ' '
MAXLINELEN = 78
FWS = ' \t'
USASCII = Charset('us-ascii')
UTF8 = Charset('utf-8')

ecre = re.compile(r'=\?(?P<charset>[^?]*?)\?(?P<encoding>[qQbB])\?(?P<encoded>.*?)\?=', re.MULTILINE)
fcre = re.compile(r'[\041-\176]+:$')
# A line end and then something that looks like a header: text that would smuggle one in.
_embedded_header = re.compile(r'\n[^ \t]+:')
_ASCII = (None, 'us-ascii')


# --- reading ---


def decode_header(header):
    """The pieces of a header as (text, charset) pairs, adjacent ones of a charset joined.

    Text is bytes, charset a name in lower case; None for what is not encoded. A header without encoded words gives one
    pair of the string itself and None.
    """
    if hasattr(header, '_chunks'):
        return [(_charset._encode(text, str(cs)), str(cs)) for text, cs in header._chunks]
    if not ecre.search(header):
        return [(header, None)]
    joined = []
    for text, charset in map(_decoded, _without_gaps(_words(header))):
        if joined and joined[-1][1] == charset:
            gap = b' ' if charset is None else b''
            joined[-1] = joined[-1][0] + gap + text, charset
        else:
            joined.append((text, charset))
    return joined


def _words(header):
    """(text, encoding, charset) of what is encoded and what is not."""
    words = []
    for line in header.splitlines():
        end = 0
        for match in ecre.finditer(line):
            words.append((_plain(line, end, match.start()), None, None))
            words.append((match['encoded'], match['encoding'].lower(), match['charset'].lower()))
            end = match.end()
        words.append((_plain(line, end, len(line)), None, None))
    return [word for word in words if word[0] or word[1]]


def _plain(line, begin, end):
    return line[begin:end].lstrip() if begin == 0 else line[begin:end]


def _without_gaps(words):
    """White space between two encoded words is not part of the text."""
    return [word for n, word in enumerate(words)
            if not (0 < n < len(words) - 1 and word[1] is None and word[0].isspace()
                    and words[n - 1][1] and words[n + 1][1])]


def _decoded(word):
    text, encoding, charset = word
    if encoding == 'q':
        text = email.quoprimime.header_decode(text)
    elif encoding == 'b':
        try:
            return email.base64mime.decode(text + '=' * (-len(text) % 4)), charset
        except binascii.Error:
            raise HeaderParseError('Base64 decoding error')
    return bytes(text, 'raw-unicode-escape'), charset


def make_header(decoded_seq, maxlinelen=None, header_name=None, continuation_ws=' '):
    """A Header of what decode_header gave."""
    made = Header(maxlinelen=maxlinelen, header_name=header_name, continuation_ws=continuation_ws)
    for text, charset in decoded_seq:
        if charset is not None and not isinstance(charset, Charset):
            charset = Charset(charset)
        made.append(text, charset)
    return made


# --- writing ---


def _is_gap(char):
    """Whether a character beside an encoded word needs no space between."""
    return char.isspace() or char in ('(', ')', '\\')


class Header:
    """Text in one or several charsets.

    charset          the one of pieces that do not say their own
    maxlinelen       how long lines may become; header_name is counted in the first
    continuation_ws  what the further lines begin with
    """

    def __init__(self, s=None, charset=None, maxlinelen=None, header_name=None, continuation_ws=' ', errors='strict'):
        if charset is None:
            charset = USASCII
        elif not isinstance(charset, Charset):
            charset = Charset(charset)
        self._charset = charset
        self._continuation_ws = continuation_ws
        self._chunks = []
        if s is not None:
            self.append(s, charset, errors)
        self._maxlinelen = MAXLINELEN if maxlinelen is None else maxlinelen
        # The colon and the space behind it.
        self._headerlen = 0 if header_name is None else len(header_name) + 2

    def __str__(self):
        """The text, whatever its charsets."""
        self._normalize()
        pieces = []
        last_charset = last_is_gap = None
        for text, charset in self._chunks:
            following = charset
            if charset == _charset.UNKNOWN8BIT:
                text = text.encode('ascii', 'surrogateescape').decode('ascii', 'replace')
            if pieces:
                # A space stood between an encoded word and plain text, unless there is one in the text.
                begins_with_gap = text and _is_gap(text[0])
                if last_charset not in _ASCII:
                    if charset in _ASCII and not begins_with_gap:
                        pieces.append(SPACE)
                        following = None
                elif charset not in _ASCII and not last_is_gap:
                    pieces.append(SPACE)
            last_is_gap = text and _is_gap(text[-1])
            last_charset = following
            pieces.append(text)
        return ''.join(pieces)

    def __eq__(self, other):
        return other == str(self)

    def append(self, s, charset=None, errors='strict'):
        """Add a piece of text. Bytes are decoded; text that does not fit US-ASCII becomes UTF-8."""
        if charset is None:
            charset = self._charset
        elif not isinstance(charset, Charset):
            charset = Charset(charset)
        if not isinstance(s, str):
            codec = charset.input_codec or 'us-ascii'
            if codec == _charset.UNKNOWN8BIT:
                s = s.decode('us-ascii', 'surrogateescape')
            else:
                s = s.decode(codec, errors)
        codec = charset.output_codec or 'us-ascii'
        if codec != _charset.UNKNOWN8BIT:
            try:
                s.encode(codec, errors)
            except UnicodeEncodeError:
                if codec != 'us-ascii':
                    raise
                charset = UTF8
        self._chunks.append((s, charset))

    def encode(self, splitchars=';, \t', maxlinelen=None, linesep='\n'):
        """The header as it goes out: encoded words, and lines broken, if possible at the earlier of `splitchars`."""
        self._normalize()
        if maxlinelen is None:
            maxlinelen = self._maxlinelen
        folder = _Folder(self._headerlen, maxlinelen or 1000000, self._continuation_ws, splitchars)
        previous = previous_is_gap = None
        for number, (text, charset) in enumerate(self._chunks):
            if number:
                begins_with_gap = text and _is_gap(text[0])
                if previous not in _ASCII:
                    if not begins_with_gap or charset not in _ASCII:
                        folder.space()
                elif charset not in _ASCII and not previous_is_gap:
                    folder.space()
            previous, previous_is_gap = charset, text and _is_gap(text[-1])
            self._feed(folder, text, charset)
        if self._chunks:
            folder.space()
        value = folder.text(linesep)
        if _embedded_header.search(value):
            raise HeaderParseError(f'header value appears to contain an embedded header: {value!r}')
        return value

    def _feed(self, folder, text, charset):
        first, *others = text.splitlines() or ['']
        folder.feed('', first, charset)
        for line in others:
            folder.end_line()
            stripped = line.lstrip()
            if charset.header_encoding is not None:
                folder.feed(self._continuation_ws, ' ' + stripped, charset)
            else:
                folder.feed(line[:len(line) - len(stripped)], stripped, charset)
        if others:
            folder.end_line()

    def _normalize(self):
        """Pieces of one charset that follow each other become one, with spaces between."""
        merged = []
        for text, charset in self._chunks:
            if merged and merged[-1][1] == charset:
                merged[-1][0].append(text)
            else:
                merged.append(([text], charset))
        self._chunks = [(SPACE.join(texts), charset) for texts, charset in merged]


class _Folder:
    """Breaks text into lines. `parts` is the line in the making: pairs of white space and what stands behind it."""

    def __init__(self, name_length, limit, continuation_ws, splitchars):
        self.limit = limit
        self.continuation_ws = continuation_ws
        self.splitchars = splitchars
        self.lines = []
        self.parts = []
        # What stands before the parts in this line: the name, in the first one.
        self.taken = name_length

    def length(self):
        return self.taken + sum(len(white) + len(part) for white, part in self.parts)

    def line(self):
        return ''.join(white + part for white, part in self.parts)

    def begin_line(self, parts=()):
        self.parts = list(parts)
        self.taken = 0

    def space(self):
        """A space, unless the line ends here."""
        self.parts.append((' ', ''))

    def end_line(self):
        if self.parts and self.parts[-1] == (' ', ''):
            self.parts.pop()
        elif not self.parts:
            # An empty part keeps a line that has a name from counting as nothing.
            self.parts.append(('', ''))
        if self.length() > 0:
            line = self.line()
            if self.taken == 0 and self.lines and (not line or line.isspace()):
                self.lines[-1] += line
            else:
                self.lines.append(line)
        self.begin_line()

    def text(self, linesep):
        self.end_line()
        return linesep.join(self.lines)

    def feed(self, white, text, charset):
        """Adds text that is not broken by its writer."""
        if charset.header_encoding is None:
            for gap, word in _gaps_and_words(white + text):
                self.push(gap, word)
            return
        words = charset.header_encode_lines(text, self.rooms())
        if not words:
            return
        first, *others = words
        if first is not None:
            self.push(white, first)
        if others:
            self.end_line()
            self.lines += [self.continuation_ws + word for word in others[:-1]]
            self.parts.append((self.continuation_ws, others[-1]))

    def rooms(self):
        """How much fits into this line, and into each further one."""
        yield self.limit - self.length()
        while True:
            yield self.limit - len(self.continuation_ws)

    def push(self, white, part):
        self.parts.append((white, part))
        if self.length() <= self.limit:
            return
        place = self.breaking_place()
        if place is not None:
            rest = self.parts[place:]
            del self.parts[place:]
            self.lines.append(self.line())
            self.begin_line(rest)
            return
        # No good place: the part gets a line of its own, if that helps.
        white, part = self.parts.pop()
        if self.taken > 0:
            self.end_line()
            white = white or ' '
        self.parts.append((white, part))

    def breaking_place(self):
        """The part before which the line should be broken: after the best of splitchars, as late as possible."""
        for char in self.splitchars:
            for place in range(len(self.parts) - 1, 0, -1):
                if char.isspace():
                    if self.parts[place][0].startswith(char):
                        return place
                elif self.parts[place - 1][1].endswith(char):
                    return place
        return None


def _gaps_and_words(text):
    """Pairs of the blanks and the word behind them."""
    return [(match[1], match[2]) for match in re.finditer(r'([ \t]*)([^ \t]*)', text) if match[0] or not text]
