"""Folds a header into lines, with encoded words for what is not ASCII (RFC 2047) or not short enough.

Lines are broken before white space. Encoded words that follow each other are made anew as one text, for the white space
between two of them would be lost.
"""
import copy
import re
import sys
from urllib.parse import quote

from email import _encoded_words as _ew, errors, utils
from email._header_values import quoted


_NOT_ASCII_WORD = re.compile(r'[^\s<>()@,;:\\".\[\]]*[^\x00-\x7f\s][^\s<>()@,;:\\".\[\]]*')


def fold(name, parsed, policy):
    """The lines of a header, with line ends."""
    if parsed.in_one_line:
        return f'{name}: {parsed.pieces[0].text}{policy.linesep}'
    folder = _Folder(name, policy)
    for number, piece in enumerate(parsed.pieces):
        folder.add(piece.space or (' ' if number == 0 else ''), piece)
    if parsed.folded_params:
        folder.add_parameters(parsed.folded_params)
    return policy.linesep.join(folder.lines) + policy.linesep


class _Folder:
    """The lines so far. In the last one `words_at` is where the text begins that may be encoded as one, `words` it."""

    def __init__(self, name, policy):
        self.lines = [name + ':']
        self.limit = policy.max_line_length or sys.maxsize
        self.charset = 'utf-8' if policy.utf8 else 'us-ascii'
        self.words_at = None
        self.words = ''

    def room(self):
        return self.limit - len(self.lines[-1])

    def begin_line(self, text):
        self.lines.append(text)
        self.words_at = None

    def charset_for(self, text):
        """The charset in which a text must be encoded; None if it may stand as it is. A line end may not."""
        if '\n' in text or '\r' in text:
            return 'utf-8'
        try:
            text.encode(self.charset)
            return None
        except UnicodeEncodeError:
            return 'unknown-8bit' if utils._has_surrogates(text) else 'utf-8'

    def add(self, space, piece):
        charset = self.charset_for(piece.text)
        if charset is None:
            self.add_plain(space, piece)
        elif piece.encodable:
            self.add_encoded(space, piece.bare, charset)
        else:
            # It may not be encoded as a whole: those words of it are that are not ASCII.
            piece = copy.copy(piece)
            piece.text = _NOT_ASCII_WORD.sub(lambda word: _ew.encode(word[0], charset), piece.text)
            self.add_plain(space, piece)

    def add_plain(self, space, piece):
        text = piece.text
        if len(space) + len(text) <= self.room():
            self.lines[-1] += space + text
            if self.words_at is not None:
                self.words += space + text
            return
        fits_alone = len(space) + len(text) <= self.limit
        at_start = not self.lines[-1].strip() or (len(self.lines) == 1 and self.lines[0].endswith(':'))
        if space and (fits_alone or not piece.encodable) and not (at_start and not fits_alone):
            self.begin_line(space + text)
        elif piece.encodable and not fits_alone:
            self.add_encoded(space, piece.bare, 'utf-8')
        elif space:
            self.begin_line(space + text)
        else:
            self.lines[-1] += text

    def add_encoded(self, space, text, charset):
        if self.words_at is not None:
            text = self.words + space + text
            self.lines[-1] = self.lines[-1][:self.words_at]
            space = ''
        else:
            if space:
                if self.room() <= len(space):
                    self.lines.append('')
                self.lines[-1] += space
        begin_text = text
        chrome = len(charset) + 7
        if chrome + 1 >= self.limit:
            raise errors.HeaderParseError('max_line_length is too small to fit an encoded word')
        begin = len(self.lines[-1])
        while text:
            room = self.room()
            if room - chrome <= 0:
                self.lines.append(' ')
                begin, begin_text = 1, text
                continue
            part = text[:room - chrome]
            word = _ew.encode(part, charset)
            while len(word) > room:
                part = part[:-1]
                if not part:
                    break
                word = _ew.encode(part, charset)
            if not part:
                self.lines.append(' ')
                begin, begin_text = 1, text
                continue
            begin, begin_text = len(self.lines[-1]), text[:len(part)]
            self.lines[-1] += word
            text = text[len(part):]
            if text:
                self.lines.append(' ')
        self.words_at, self.words = begin, begin_text

    def add_parameters(self, params):
        for name, value in params:
            if not self.lines[-1].rstrip().endswith(';'):
                self.lines[-1] += ';'
            charset = self.charset_for(value)
            errors_as = 'surrogateescape' if charset == 'unknown-8bit' else 'strict'
            if charset is None:
                text = f'{name}={quoted(value)}'
            else:
                text = f"{name}*={charset}''{quote(value, safe='', errors=errors_as)}"
            if len(self.lines[-1]) + len(text) + 1 < self.limit:
                self.lines[-1] += ' ' + text
            elif len(text) + 2 <= self.limit:
                self.begin_line(' ' + text)
            else:
                self.add_sections(name, value, charset or self.charset, errors_as)

    def add_sections(self, name, value, charset, errors_as):
        """A parameter that is too long for a line, in numbered pieces."""
        extra, number = f"{charset}''", 0
        while value:
            chrome = len(name) + len(str(number)) + 3 + len(extra)
            # What is too narrow for anything is made as wide as usual.
            limit = 78 if self.limit <= chrome + 3 else self.limit
            most = size = limit - chrome - 2
            while len(encoded := quote(value[:size], safe='', errors=errors_as)) > most:
                size -= 1
            self.begin_line(f' {name}*{number}*={extra}{encoded}')
            extra = ''
            number += 1
            value = value[size:]
            if value:
                self.lines[-1] += ';'
