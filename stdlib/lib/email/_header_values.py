"""Reads the values of headers of the new world into a Parsed: what they mean, what is wrong with them, and the pieces of
which they are folded again (_header_fold).

Reading never fails. Every reader takes the value as one line, in which bytes that are no text are surrogates.
"""
import re
from email import _encoded_words as _ew, errors, utils

_WORD = re.compile(r'=\?[^?\s]+\?[qQbB]\?[^?]*\?=')
_BLANK = re.compile(r'[ \t]+')
_NON_PRINTABLE = re.compile(r'[\x00-\x20\x7f]')
_TSPECIALS = '()<>@,:;\\"/[]?='
_SPECIALS = '()<>@,:;.\\"[]'


class Piece:
    """A word of a header: the white space before it, its text, and whether it may become an encoded word."""

    __slots__ = ('space', 'text', 'encodable', 'bare')

    def __init__(self, space, text, encodable=False, bare=None):
        self.space = space
        self.text = text
        self.encodable = encodable
        # What is encoded, where that is not the text: a quoted string without its quotes.
        self.bare = text if bare is None else bare


class Parsed:
    """The value of a header. Beside these there are attributes for each kind of header."""

    def __init__(self, text='', pieces=(), defects=()):
        self.text = text
        self.pieces = list(pieces)
        self.defects = list(defects)
        # Parameters to fold: [(name, value)].
        self.folded_params = None
        # Whether it must not be broken.
        self.in_one_line = False

    def __str__(self):
        return self.text


def _text_defects(text):
    """What is wrong with any text: control characters, bytes."""
    found = []
    odd = _NON_PRINTABLE.findall(text)
    if odd:
        found.append(errors.NonPrintableDefect(odd))
    if utils._has_surrogates(text):
        found.append(errors.UndecodableBytesDefect('Non-ASCII characters found in header token'))
    return found


def _decoded_word(word, defects):
    """The text of an encoded word; None if it is none after all."""
    try:
        text, charset, language, found = _ew.decode(word)
    except (ValueError, KeyError):
        defects.append(errors.InvalidHeaderDefect('encoded word format invalid'))
        return None
    defects += found
    if any(char.isspace() for char in word):
        defects.append(errors.InvalidHeaderDefect('whitespace inside encoded word'))
    return text


# --- unstructured ---


def parse_unstructured(value):
    """Any text, with encoded words in it."""
    pieces, defects, texts = [], [], []
    after_word = False
    space, pos = '', 0
    while pos < len(value):
        blank = _BLANK.match(value, pos)
        if blank:
            space += blank[0]
            pos = blank.end()
            if pos == len(value):
                break
            continue
        if value.startswith('=?', pos):
            match = re.compile(r'=\?[^?]+\?[qQbB]\?.*?\?=').match(value, pos)
            text = None
            if match and _encoded_as_one(match[0]):
                text = _decoded_word(match[0], defects)
            if text is not None:
                if pieces and not space and not after_word:
                    defects.append(errors.InvalidHeaderDefect('missing whitespace before encoded word'))
                kept = '' if after_word else space
                pieces.append(Piece(kept, text, True))
                texts.append(kept + text)
                pos = match.end()
                if pos < len(value) and value[pos] not in ' \t':
                    defects.append(errors.InvalidHeaderDefect('missing trailing whitespace after encoded-word'))
                space, after_word = '', True
                continue
        end = _word_end(value, pos)
        text = value[pos:end]
        defects += _text_defects(text)
        pieces.append(Piece(space, text, True))
        texts.append(space + text)
        space, after_word, pos = '', False, end
    if space:
        pieces.append(Piece(space, '', True))
        texts.append(space)
    return Parsed(''.join(texts), pieces, defects)


def _encoded_as_one(word):
    return word.count('?') == 4


def _word_end(value, pos):
    """The end of a word: a blank, or a valid encoded word that is glued to it."""
    blank = _BLANK.search(value, pos)
    end = blank.start() if blank else len(value)
    glued = _WORD.search(value, pos + 1, end)
    return glued.start() if glued else end


# --- words and comments ---


class _Lexer:
    """The tokens of a structured header. Comments and white space are taken together with what they stand before."""

    def __init__(self, value):
        self.value = value
        self.pos = 0
        self.pieces = []
        self.defects = []
        self.space = ''

    def skip(self):
        """Over white space and comments; comments become pieces."""
        while self.pos < len(self.value):
            char = self.value[self.pos]
            if char in ' \t':
                self.space += char
                self.pos += 1
            elif char == '(':
                self._comment()
            else:
                break

    def _comment(self):
        begin, depth = self.pos, 0
        while self.pos < len(self.value):
            char = self.value[self.pos]
            self.pos += 2 if char == '\\' else 1
            depth += (char == '(') - (char == ')')
            if depth == 0:
                break
        if depth:
            self.defects.append(errors.InvalidHeaderDefect('end of header inside comment'))
        self.take(self.value[begin:self.pos] + ')' * depth)

    def peek(self):
        self.skip()
        return self.value[self.pos:self.pos + 1]

    def take(self, text, encodable=False, bare=None):
        self.pieces.append(Piece(self.space, text, encodable, bare))
        self.space = ''

    def quoted(self):
        """The inside of a quoted string; (content, source)."""
        begin = self.pos
        self.pos += 1
        content = []
        while True:
            char = self.value[self.pos:self.pos + 1]
            self.pos += 1
            if char == '':
                self.defects.append(errors.InvalidHeaderDefect('end of header inside quoted string'))
                return ''.join(content), self.value[begin:] + '"'
            if char == '"':
                return ''.join(content), self.value[begin:self.pos]
            if char == '\\' and self.pos < len(self.value):
                char = self.value[self.pos]
                self.pos += 1
            content.append(char)

    def run(self, stop):
        """Characters up to white space or one of `stop`."""
        begin = self.pos
        while self.pos < len(self.value) and self.value[self.pos] not in stop and self.value[self.pos] not in ' \t':
            self.pos += 1
        return self.value[begin:self.pos]


# --- addresses ---


class Mailbox:
    """display_name, local_part and domain of an address; the last two None when it has no address."""

    def __init__(self, display_name, local_part, domain):
        self.display_name = display_name
        self.local_part = local_part
        self.domain = domain


class AddressGroup:
    """An entry of a list of addresses: a group with its name, or one mailbox and None."""

    def __init__(self, display_name, mailboxes):
        self.display_name = display_name
        self.all_mailboxes = mailboxes


class _AddressLexer(_Lexer):

    def entries(self):
        """The entries of the list."""
        found = []
        while self.peek():
            char = self.peek()
            if char == ',':
                self.defects.append(errors.ObsoleteHeaderDefect('address list entry with no content')
                                    if not found or self._last_was_comma
                                    else errors.ObsoleteHeaderDefect('empty element in address-list'))
                self.pos += 1
                self.take(',')
                self._last_was_comma = True
                continue
            found.append(self.entry())
            self._last_was_comma = False
            if self.peek() == ',':
                self.pos += 1
                self.take(',')
                self._last_was_comma = True
        return found

    _last_was_comma = True

    def entry(self):
        words, raw = self.phrase()
        char = self.peek()
        if char == ':':
            self.pos += 1
            self.take(':')
            return AddressGroup(self.joined(words), self.members())
        return AddressGroup(None, [self.mailbox(words, raw)])

    def members(self):
        found = []
        while True:
            char = self.peek()
            if char == '':
                self.defects.append(errors.InvalidHeaderDefect('end of header in group'))
                return found
            self.pos += char in ',;'
            if char == ';':
                self.take(';')
                return found
            if char == ',':
                self.take(',')
                continue
            words, raw = self.phrase()
            found.append(self.mailbox(words, raw))

    def phrase(self):
        """Words up to a special character: [(space, text, is_encoded_word, piece)], and their source."""
        words = []
        self.skip()
        begin = self.pos
        while (char := self.peek()) and char not in '<>@,:;[])\\':
            space = self.space
            if char == '"':
                content, source = self.quoted()
                if _WORD.search(content):
                    decoded = parse_unstructured(content).text
                    self.defects.append(errors.InvalidHeaderDefect('encoded word inside quoted string'))
                    content, source = decoded, f'"{utils.quote(decoded)}"'
                self.take(source, True, content)
                words.append((space, content, False, '"'))
                continue
            text = self.run('<>@,:;[])\\"(' if not self.value.startswith('=?', self.pos) else '<>@,;[])"(')
            if not text:
                break
            decoded = None
            if _WORD.fullmatch(text):
                decoded = _decoded_word(text, self.defects)
            if decoded is None:
                self.defects += _text_defects(text)
            self.take(text if decoded is None else decoded, True)
            words.append((space, text if decoded is None else decoded, decoded is not None, ''))
        return words, self.value[begin:self.pos]

    def joined(self, words):
        """The text of a phrase; between two encoded words there is no space."""
        parts = []
        for number, (space, text, encoded, _) in enumerate(words):
            if number and not (encoded and words[number - 1][2]):
                parts.append(' ' if space else '')
            parts.append(text)
        return ''.join(parts)

    def mailbox(self, words, raw):
        char = self.peek()
        if char == '<':
            return self.angle(self.joined(words))
        if char == '@':
            local = self.local_part(words)
            for piece in self.pieces[len(self.pieces) - len(words):]:
                piece.encodable = False
            return Mailbox(None, local, self.domain_after_at())
        # No address at all.
        self.defects.append(errors.InvalidHeaderDefect('invalid address in address-list'))
        rest = self.run(',;')
        if rest:
            self.take(rest)
        if not rest and char and char not in ',;':
            self.pos += 1
            self.take(char)
        name = raw.strip() + rest
        return Mailbox(None, name, '') if not words else Mailbox(self.joined(words) + rest, None, None) \
            if rest else Mailbox(None, self.joined(words), '')

    def local_part(self, words):
        local, obsolete = '', False
        for space, text, encoded, quote in words:
            if local and space:
                obsolete = True
                # White space about a dot means nothing; elsewhere it is part of the name.
                if not local.endswith('.') and not text.startswith('.'):
                    local += ' '
            local += text
        if obsolete:
            self.defects.append(errors.ObsoleteHeaderDefect('local-part is not a dot-atom (contains CFWS)'))
        if not local.isascii():
            self.defects.append(errors.NonASCIILocalPartDefect('local-part contains non-ASCII characters)'))
        if not any(quote for _, _, _, quote in words) and ('..' in local or local[:1] == '.' or local[-1:] == '.'):
            self.defects.append(errors.InvalidHeaderDefect("invalid repeated '.'"))
        return local

    def domain_after_at(self):
        """The domain behind an @; all of it becomes one piece with what stands before."""
        self.pos += 1
        self.take('@')
        self.skip()
        if self.value[self.pos:self.pos + 1] == '[':
            end = self.value.find(']', self.pos)
            end = len(self.value) if end < 0 else end + 1
            domain = self.value[self.pos:end]
            self.pos = end
        else:
            parts = []
            while (char := self.peek()) and char not in '<>,;:"(@[]':
                part = self.run('<>,;:"(@[]')
                if parts and not (part.startswith('.') or parts[-1].endswith('.')):
                    self.pos -= len(part)
                    break
                parts.append(part)
            domain = ''.join(parts)
        self.take(domain)
        return domain

    def angle(self, name):
        self.pos += 1
        self.take('<')
        char = self.peek()
        if char == '>':
            self.defects.append(errors.InvalidHeaderDefect('null addr-spec in angle-addr'))
            self.pos += 1
            self.take('>')
            return Mailbox(name or None, '', '')
        if char == '@':
            # A route, of old times.
            self.defects.append(errors.ObsoleteHeaderDefect('obsolete route specification in angle-addr'))
            end = self.value.find(':', self.pos)
            end = len(self.value) if end < 0 else end + 1
            self.take(self.value[self.pos:end])
            self.pos = end
        words, raw = self.phrase()
        for piece in self.pieces[len(self.pieces) - len(words):]:
            piece.encodable = False
        local = self.local_part(words)
        domain = ''
        if self.peek() == '@':
            domain = self.domain_after_at()
        else:
            self.defects.append(errors.InvalidHeaderDefect('addr-spec local part with no domain'))
        if self.peek() == '>':
            self.pos += 1
            self.take('>')
        else:
            self.defects.append(errors.InvalidHeaderDefect("missing trailing '>' on angle-addr"))
        return Mailbox(name or None, local, domain)


def parse_address_list(value):
    """The value of To and its like; `addresses` is a list of AddressGroup."""
    lexer = _AddressLexer(value)
    entries = lexer.entries()
    parsed = Parsed(value, _glued(lexer.pieces), lexer.defects)
    parsed.addresses = entries
    return parsed


def _glued(pieces):
    """Pieces that no space parts become one, as long as neither may be encoded."""
    result = []
    for piece in pieces:
        if result and not piece.space and not piece.encodable and not result[-1].encodable:
            last = result[-1]
            result[-1] = Piece(last.space, last.text + piece.text)
        else:
            result.append(piece)
    return result


# --- MIME ---


def parse_mime_version(value):
    """MIME-Version: `major` and `minor`."""
    parsed = Parsed(value)
    parsed.major = parsed.minor = None
    if not value:
        parsed.defects.append(errors.HeaderMissingRequiredValue('Missing MIME version number (eg: 1.0)'))
        return parsed
    lexer = _Lexer(value)
    lexer.skip()
    digits = lexer.run('.(')
    lexer.take(digits)
    if not digits.isdigit():
        parsed.defects.append(errors.InvalidHeaderDefect('Expected MIME major version number but found {!r}'.format(digits)))
    else:
        parsed.major = int(digits)
    if lexer.peek() == '.':
        lexer.pos += 1
        lexer.take('.')
        lexer.skip()
        digits = lexer.run('(')
        lexer.take(digits)
        if digits.isdigit():
            parsed.minor = int(digits)
        else:
            parsed.defects.append(errors.InvalidHeaderDefect(
                'Expected MIME minor version number but found {!r}'.format(digits)))
    elif parsed.major is not None:
        parsed.defects.append(errors.InvalidHeaderDefect('Incomplete MIME version; found only major number'))
    lexer.skip()
    if lexer.pos < len(value):
        parsed.defects.append(errors.InvalidHeaderDefect('Excess non-CFWS text after MIME version'))
        lexer.take(value[lexer.pos:])
    parsed.pieces = lexer.pieces
    parsed.defects += lexer.defects
    return parsed


def _parameters(lexer, defects):
    """The parameters behind a value: [(name, value)], pieces of RFC 2231 put together."""
    found = {}
    while lexer.peek():
        if lexer.peek() == ';':
            lexer.pos += 1
            if not lexer.peek():
                defects.append(errors.InvalidHeaderDefect('parameter entry with no content'))
                break
            if lexer.peek() == ';':
                defects.append(errors.InvalidHeaderDefect('parameter entry with no content'))
                continue
        name = lexer.run('=;("')
        if lexer.peek() != '=':
            rest = lexer.value[lexer.pos:].partition(';')[0]
            lexer.pos += len(rest)
            if not name and not rest:
                lexer.pos += 1
            defects.append(errors.InvalidHeaderDefect(f'invalid parameter {(name + rest)!r}'))
            continue
        lexer.pos += 1
        if lexer.peek() == '"':
            text, _ = lexer.quoted()
            quoted = True
        else:
            text = lexer.run(';("') if '(' not in lexer.value[lexer.pos:] else lexer.run(';(')
            quoted = False
            if not text:
                defects.append(errors.InvalidHeaderDefect("expected value but found '{}'".format(lexer.value[lexer.pos:])))
        _add_parameter(found, name.strip(), text, quoted, defects)
        rest = lexer.value[lexer.pos:].partition(';')[0] if lexer.peek() not in ('', ';') else ''
        if rest:
            lexer.pos += len(rest)
            defects.append(errors.InvalidHeaderDefect('parameter with invalid trailing text {!r}'.format(rest)))
    return [(name, _whole_value(name, sections, defects)) for name, sections in found.items()]


def _add_parameter(found, name, text, quoted, defects):
    """Notes a piece of a parameter: name*2* is piece 2 of name, with percent signs."""
    extended = name.endswith('*')
    base, star, number = name.rstrip('*').partition('*') if extended else name.partition('*')
    section = 0
    if star:
        if number.isdigit():
            section = int(number)
            if number[0] == '0' and number != '0':
                defects.append(errors.InvalidHeaderDefect('section number has an invalid leading 0'))
        else:
            base = name
    sections = found.setdefault(base, [])
    if any(known == section and ext >= extended for known, ext, _ in sections):
        defects.append(errors.InvalidHeaderDefect('duplicate parameter name; duplicate(s) ignored')
                       if not star else errors.InvalidHeaderDefect('duplicate parameter name; duplicate(s) ignored'))
        return
    if quoted and not extended:
        text = _with_words_decoded(text, defects)
    if quoted and extended:
        defects.append(errors.InvalidHeaderDefect('Quoted string value for extended parameter is invalid'))
    sections.append((section, extended, text))


def _with_words_decoded(text, defects):
    """Quoted values must not have encoded words, and often have."""
    if '=?' not in text:
        return text
    return parse_unstructured(text).text


def _whole_value(name, sections, defects):
    from urllib.parse import unquote_to_bytes
    sections.sort(key=lambda item: item[0])
    charset, parts, expected = 'us-ascii', [], 0
    for position, (number, extended, text) in enumerate(sections):
        if number != expected:
            if number > expected:
                defects.append(errors.InvalidHeaderDefect('inconsistent multipart parameter numbering'))
            break
        expected += 1
        if extended and position == 0:
            pieces = text.split("'", 2)
            if len(pieces) == 3:
                charset, _, text = pieces
            else:
                defects.append(errors.InvalidHeaderDefect('Apparent initial-extended-value but attribute was not marked'
                                                          ' as extended or was not initial section'))
        if not extended:
            parts.append(text)
            continue
        data = unquote_to_bytes(text.encode('ascii', 'surrogateescape'))
        try:
            decoded = data.decode(charset or 'us-ascii', 'surrogateescape')
        except (LookupError, UnicodeEncodeError):
            decoded = data.decode('us-ascii', 'surrogateescape')
        if utils._has_surrogates(decoded):
            defects.append(errors.UndecodableBytesDefect())
        parts.append(decoded)
    return ''.join(parts)


def quoted(value):
    """A value of a parameter as it is written: always in quotes."""
    return '"' + value.replace('\\', '\\\\').replace('"', '\\"') + '"'


def _finish_mime(parsed, lexer):
    """Reads the parameters, and puts the value together again: what stands before them stays as it was."""
    lexer.skip()
    main = lexer.value[:lexer.pos]
    if lexer.peek() == '':
        parsed.params = None
        params = []
    elif lexer.peek() != ';':
        parsed.defects.append(errors.InvalidHeaderDefect(
            "Only parameters are valid after {}, but found {!r}".format(parsed.what, lexer.value[lexer.pos:])))
        # What is wrong is passed over.
        end = lexer.value.find(';', lexer.pos)
        lexer.pos = len(lexer.value) if end < 0 else end
        main = lexer.value[:lexer.pos]
        params = parsed.params = _parameters(lexer, parsed.defects)
    else:
        params = parsed.params = _parameters(lexer, parsed.defects)
    parsed.defects += lexer.defects
    parsed.text = main + ''.join(f'; {name}={quoted(value)}' for name, value in params)
    parsed.pieces = [Piece('', main)]
    parsed.folded_params = params


def parse_content_type(value):
    """Content-Type: `maintype`, `subtype` and `params`."""
    parsed = Parsed(value)
    parsed.what = 'content type'
    parsed.maintype, parsed.subtype, parsed.params = 'text', 'plain', None
    if not value:
        parsed.defects.append(errors.HeaderMissingRequiredValue('Missing content type specification'))
        return parsed
    lexer = _Lexer(value)
    lexer.skip()
    main = lexer.run(_TSPECIALS)
    sub = None
    if main and lexer.peek() == '/':
        lexer.pos += 1
        lexer.skip()
        sub = lexer.run(_TSPECIALS)
    # Another slash: it is no type at all.
    if not main or not sub or lexer.peek() == '/':
        parsed.defects.append(errors.InvalidHeaderDefect('Invalid content type') if sub is None else
                              errors.InvalidHeaderDefect('Expected content subtype but found {!r}'.format(
                                  value[lexer.pos:])))
        parsed.pieces = [Piece('', value)]
        return parsed
    parsed.maintype, parsed.subtype = main.strip().lower(), sub.strip().lower()
    _finish_mime(parsed, lexer)
    return parsed


def _one_word(value, what):
    """(Parsed, the word at the beginning or '', a lexer behind it) of a value that begins with a word."""
    parsed, lexer, word = Parsed(value), _Lexer(value), ''
    parsed.what = what
    if not value:
        parsed.defects.append(errors.HeaderMissingRequiredValue(f'Missing {what}'))
        return parsed, word, lexer
    lexer.skip()
    word = lexer.run(_TSPECIALS)
    if not word:
        parsed.defects.append(errors.InvalidHeaderDefect(f'Expected {what} but found {value!r}'))
    parsed.pieces = [Piece('', value)]
    return parsed, word.strip().lower(), lexer


def parse_content_disposition(value):
    """Content-Disposition: `content_disposition` and `params`."""
    parsed, word, lexer = _one_word(value, 'content disposition')
    parsed.content_disposition, parsed.params = word or None, None
    if word:
        parsed.pieces = []
        _finish_mime(parsed, lexer)
    return parsed


def parse_content_transfer_encoding(value):
    """Content-Transfer-Encoding: `cte`."""
    parsed, word, lexer = _one_word(value, 'content transfer encoding')
    parsed.cte = word or '7bit'
    if word:
        lexer.skip()
        if lexer.pos < len(value):
            parsed.defects.append(errors.InvalidHeaderDefect('Extra text after content transfer encoding'))
    parsed.defects += lexer.defects
    return parsed


def parse_message_id(value):
    """Message-ID: nothing but the text."""
    parsed = Parsed(value, [Piece(' ', value.strip())])
    parsed.in_one_line = True
    inner = value.strip()
    if not (inner.startswith('<') and inner.endswith('>') and '@' in inner):
        parsed.defects.append(errors.InvalidHeaderDefect(f'Invalid msg-id: {value!r}'))
    return parsed
