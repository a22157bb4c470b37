"""Splitting text as shells do."""
import os
import re
import sys
from collections import deque
from io import StringIO

__all__ = ['shlex', 'split', 'quote', 'join']

_LETTERS = 'abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'
# Those of Latin-1; the two signs of arithmetic among them are none.
_MORE_LETTERS = ''.join(map(chr, (*range(0xdf, 0xf7), *range(0xf8, 0x100), *range(0xc0, 0xd7), *range(0xd8, 0xdf))))


class shlex:
    """Reads words and quoted strings from a stream.

    get_token() gives one token after the other; the attributes say which characters belong to words, begin comments, quote
    and escape. The attribute `state` is None (at the end), ' ' (between tokens), 'a' (in a word), 'c' (in punctuation), or
    the quote or escape character that one is behind.
    """

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if instream is None:
            instream, infile = sys.stdin, None
        self.instream = StringIO(instream) if isinstance(instream, str) else instream
        self.infile = infile
        self.posix, self.eof = posix, None if posix else ''
        self.commenters, self.whitespace, self.whitespace_split = '#', ' \t\r\n', False
        self.quotes, self.escape, self.escapedquotes = '\'"', '\\', '"'
        self.wordchars = _LETTERS + (_MORE_LETTERS if posix else '')
        self.state, self.token = ' ', ''
        # Tokens to be given again, and the streams that wait for the end of this one.
        self.pushback, self.filestack = deque(), deque()
        self.lineno, self.debug, self.source = 1, 0, None
        self._punctuation_chars = '();<>|&' if punctuation_chars is True else punctuation_chars or ''
        self._pushback_chars = deque()
        if self._punctuation_chars:
            # Besides letters, what file names and options consist of.
            mine = self.wordchars + '~-./*?='
            self.wordchars = ''.join(char for char in mine if char not in self._punctuation_chars)

    punctuation_chars = property(lambda self: self._punctuation_chars)

    def _tell(self, level, text):
        if self.debug >= level:
            print(f'shlex: {text}')

    # --- streams ---

    def push_source(self, newstream, newfile=None):
        """Reads from another stream until its end."""
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.instream = StringIO(newstream) if isinstance(newstream, str) else newstream
        self.infile, self.lineno = newfile, 1
        self._tell(1, f'pushing to stream {self.instream}' if newfile is None else f'pushing to file {newfile}')

    def pop_source(self):
        """Goes back to the stream before."""
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        self.state = ' '
        self._tell(1, f'popping to {self.instream}, line {self.lineno}')

    def sourcehook(self, newfile):
        """(name, open file) for the argument of a source request."""
        name = newfile[1:-1] if newfile.startswith('"') else newfile
        if isinstance(self.infile, str):
            # Relative to the file that asks for it.
            name = os.path.join(os.path.dirname(self.infile), name)
        return name, open(name)

    def error_leader(self, infile=None, lineno=None):
        """The beginning of an error message, as C compilers write it."""
        name = self.infile if infile is None else infile
        return f'"{name}", line {self.lineno if lineno is None else lineno}: '

    # --- tokens ---

    def push_token(self, tok):
        """Puts a token back: get_token() gives it next."""
        self._tell(1, f'pushing token {tok!r}')
        self.pushback.appendleft(tok)

    def get_token(self):
        """The next token, or self.eof at the end."""
        if self.pushback:
            again = self.pushback.popleft()
            self._tell(1, f'popping token {again!r}')
            return again
        found = self.read_token()
        while self.source is not None and found == self.source:
            if asked := self.sourcehook(self.read_token()):
                self.push_source(asked[1], asked[0])
            found = self.get_token()
        while found == self.eof and self.filestack:
            self.pop_source()
            found = self.get_token()
        if found == self.eof:
            return self.eof
        self._tell(1, f'token={found!r}')
        return found

    def __iter__(self):
        return self

    def __next__(self):
        found = self.get_token()
        if found == self.eof:
            raise StopIteration
        return found

    # --- characters ---

    def read_token(self):
        """The next token of the stream itself."""
        # Whether there was a quote: then even nothing is a token. And what an escape goes back to.
        self._quoted, self._outside = False, ' '
        ended = False
        while not ended:
            char = self._pushback_chars.pop() if self._pushback_chars else self.instream.read(1)
            self.lineno += char == '\n'
            self._tell(3, f'in state {self.state!r} I see character: {char!r}')
            ended = self._step()(char)
        found, self.token = self.token, ''
        if self.posix and not found and not self._quoted:
            found = None
        self._tell(2, f'raw token={found!r}' if found else 'raw token=EOF')
        return found

    def _step(self):
        """What a character means now: a function that says whether the token ends with it."""
        state = self.state
        if state is None:
            return self._at_end
        if state == ' ':
            return self._between
        if state in self.quotes:
            return self._in_quotes
        if state in self.escape:
            return self._behind_escape
        return self._inside

    def _has_token(self):
        return bool(self.token) or self.posix and self._quoted

    def _at_end(self, char):
        self.token = ''
        return True

    def _skip_comment(self):
        self.instream.readline()
        self.lineno += 1

    def _between(self, char):
        if not char:
            self.state = None
            return True
        if char in self.whitespace:
            return self._has_token()
        if char in self.commenters:
            self._skip_comment()
        elif self.posix and char in self.escape:
            self._outside, self.state = 'a', char
        elif char in self.wordchars:
            self.token, self.state = char, 'a'
        elif char in self._punctuation_chars:
            self.token, self.state = char, 'c'
        elif char in self.quotes:
            self.token, self.state = '' if self.posix else char, char
        elif self.whitespace_split:
            self.token, self.state = char, 'a'
        else:
            # A token of its own.
            self.token = char
            return True
        return False

    def _in_quotes(self, char):
        self._quoted = True
        if not char:
            raise ValueError('No closing quotation')
        if char == self.state:
            if self.posix:
                self.state = 'a'
                return False
            self.token, self.state = self.token + char, ' '
            return True
        if self.posix and char in self.escape and self.state in self.escapedquotes:
            self._outside, self.state = self.state, char
        else:
            self.token += char
        return False

    def _behind_escape(self, char):
        if not char:
            raise ValueError('No escaped character')
        if self._outside in self.quotes and char not in (self.state, self._outside):
            # Between quotes it is only special before a quote or itself.
            self.token += self.state
        self.token += char
        self.state = self._outside
        return False

    def _inside(self, char):
        """In a word or in punctuation."""
        if not char:
            self.state = None
            return True
        if char in self.whitespace:
            self.state = ' '
            return self._has_token()
        if char in self.commenters:
            self._skip_comment()
            if not self.posix:
                return False
            self.state = ' '
            return self._has_token()
        if self.state == 'c':
            if char in self._punctuation_chars:
                self.token += char
                return False
            self._pushback_chars.append(char)
            self.state = ' '
            return True
        if self.posix and char in self.quotes:
            self.state = char
        elif self.posix and char in self.escape:
            self._outside, self.state = 'a', char
        elif char in self.wordchars or char in self.quotes or (
                self.whitespace_split and char not in self._punctuation_chars):
            self.token += char
        else:
            # It begins the next token, or is it.
            if self._punctuation_chars:
                self._pushback_chars.append(char)
            else:
                self.pushback.appendleft(char)
            self.state = ' '
            return self._has_token()
        return False


def split(s, comments=False, posix=True):
    """The words of a command line."""
    if s is None:
        from warnings import warn
        warn("Passing None for 's' to shlex.split() is deprecated.", DeprecationWarning, stacklevel=2)
    words = shlex(s, posix=posix)
    words.whitespace_split = True
    words.commenters = words.commenters if comments else ''
    return [*words]


_needs_quotes = re.compile(r'[^\w@%+=:,./-]', re.ASCII).search


def quote(s):
    """The text as one word of a shell."""
    if not s:
        return "''"
    if not _needs_quotes(s):
        return s
    # A quote cannot stand between quotes of its own kind.
    inner = "'\"'\"'".join(s.split("'"))
    return f"'{inner}'"


def join(split_command):
    """The words as one line that split() splits into them."""
    return ' '.join(map(quote, split_command))
