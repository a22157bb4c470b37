"""Splitting text as shells do."""

import os
import re
import sys
from collections import deque
from io import StringIO

__all__ = ["shlex", "split", "quote", "join"]


class shlex:
    """Reads words and quoted strings from a stream.

    get_token() gives one token after the other; the attributes say which
    characters belong to words, begin comments, quote and escape.
    """

    def __init__(self, instream=None, infile=None, posix=False,
                 punctuation_chars=False):
        if isinstance(instream, str):
            instream = StringIO(instream)
        if instream is None:
            self.instream, self.infile = sys.stdin, None
        else:
            self.instream, self.infile = instream, infile
        self.posix = posix
        self.eof = None if posix else ""
        self.commenters = "#"
        self.wordchars = ("abcdfeghijklmnopqrstuvwxyz"
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
        if posix:
            self.wordchars += ("\xdf\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9"
                               "\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf4"
                               "\xf5\xf6\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff"
                               "\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca"
                               "\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5"
                               "\xd6\xd8\xd9\xda\xdb\xdc\xdd\xde")
        self.whitespace = " \t\r\n"
        self.whitespace_split = False
        self.quotes = "'\""
        self.escape = "\\"
        self.escapedquotes = '"'
        self.state = " "
        self.pushback = deque()
        self.lineno = 1
        self.debug = 0
        self.token = ""
        self.filestack = deque()
        self.source = None
        if not punctuation_chars:
            punctuation_chars = ""
        elif punctuation_chars is True:
            punctuation_chars = "();<>|&"
        self._punctuation_chars = punctuation_chars
        if punctuation_chars:
            self._pushback_chars = deque()
            # The characters of file names and arguments, without those.
            self.wordchars += "~-./*?="
            self.wordchars = self.wordchars.translate(
                dict.fromkeys(map(ord, punctuation_chars)))

    @property
    def punctuation_chars(self):
        return self._punctuation_chars

    def push_token(self, tok):
        """Puts a token back: get_token() gives it next."""
        if self.debug >= 1:
            print("shlex: pushing token " + repr(tok))
        self.pushback.appendleft(tok)

    def push_source(self, newstream, newfile=None):
        """Reads from another stream until its end."""
        if isinstance(newstream, str):
            newstream = StringIO(newstream)
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.infile = newfile
        self.instream = newstream
        self.lineno = 1
        if self.debug:
            where = "stream" if newfile is None else "file"
            print(f"shlex: pushing to {where} "
                  f"{self.instream if newfile is None else self.infile}")

    def pop_source(self):
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        if self.debug:
            print(f"shlex: popping to {self.instream}, line {self.lineno}")
        self.state = " "

    def get_token(self):
        """The next token, or self.eof at the end."""
        if self.pushback:
            tok = self.pushback.popleft()
            if self.debug >= 1:
                print("shlex: popping token " + repr(tok))
            return tok
        raw = self.read_token()
        if self.source is not None:
            while raw == self.source:
                spec = self.sourcehook(self.read_token())
                if spec:
                    newfile, newstream = spec
                    self.push_source(newstream, newfile)
                raw = self.get_token()
        while raw == self.eof:
            if not self.filestack:
                return self.eof
            self.pop_source()
            raw = self.get_token()
        if self.debug >= 1:
            print("shlex: token=" + repr(raw) if raw != self.eof
                  else "shlex: token=EOF")
        return raw

    # The state is None (at the end), white space (between tokens), "a" (in
    # a word), "c" (in punctuation), a quote (behind it) or an escape.

    def read_token(self):
        quoted = False
        before_escape = " "
        while True:
            if self._punctuation_chars and self._pushback_chars:
                c = self._pushback_chars.pop()
            else:
                c = self.instream.read(1)
            if c == "\n":
                self.lineno += 1
            if self.debug >= 3:
                print("shlex: in state %r I see character: %r"
                      % (self.state, c))
            state = self.state
            if state is None:
                self.token = ""
                break
            if state == " ":
                if not c:
                    self.state = None
                    break
                if c in self.whitespace:
                    if self.token or self.posix and quoted:
                        break
                elif c in self.commenters:
                    self.instream.readline()
                    self.lineno += 1
                elif self.posix and c in self.escape:
                    before_escape = "a"
                    self.state = c
                elif c in self.wordchars:
                    self.token = c
                    self.state = "a"
                elif c in self._punctuation_chars:
                    self.token = c
                    self.state = "c"
                elif c in self.quotes:
                    if not self.posix:
                        self.token = c
                    self.state = c
                elif self.whitespace_split:
                    self.token = c
                    self.state = "a"
                else:
                    self.token = c
                    if self.token or self.posix and quoted:
                        break
            elif state in self.quotes:
                quoted = True
                if not c:
                    raise ValueError("No closing quotation")
                if c == state:
                    if not self.posix:
                        self.token += c
                        self.state = " "
                        break
                    self.state = "a"
                elif (self.posix and c in self.escape
                      and state in self.escapedquotes):
                    before_escape = state
                    self.state = c
                else:
                    self.token += c
            elif state in self.escape:
                if not c:
                    raise ValueError("No escaped character")
                # Between quotes, a backslash is only special before a quote
                # or itself.
                if (before_escape in self.quotes and c != state
                        and c != before_escape):
                    self.token += state
                self.token += c
                self.state = before_escape
            else:
                if self._in_word(c, quoted):
                    break
                if (self.posix and self.state in self.escape
                        and self.state != state):
                    before_escape = "a"
        result = self.token
        self.token = ""
        if self.posix and not quoted and result == "":
            result = None
        if self.debug > 1:
            print("shlex: raw token=" + repr(result) if result
                  else "shlex: raw token=EOF")
        return result

    def _in_word(self, c, quoted):
        """A character in a word or in punctuation; true: the token ends."""
        state = self.state
        if not c:
            self.state = None
            return True
        if c in self.whitespace:
            self.state = " "
            return bool(self.token) or self.posix and quoted
        if c in self.commenters:
            self.instream.readline()
            self.lineno += 1
            if self.posix:
                self.state = " "
                return bool(self.token) or quoted
            return False
        if state == "c":
            if c in self._punctuation_chars:
                self.token += c
                return False
            if c not in self.whitespace:
                self._pushback_chars.append(c)
            self.state = " "
            return True
        if self.posix and c in self.quotes:
            self.state = c
            return False
        if self.posix and c in self.escape:
            self.state = c
            return False
        if (c in self.wordchars or c in self.quotes
                or self.whitespace_split
                and c not in self._punctuation_chars):
            self.token += c
            return False
        if self._punctuation_chars:
            self._pushback_chars.append(c)
        else:
            self.pushback.appendleft(c)
        self.state = " "
        return bool(self.token) or self.posix and quoted

    def sourcehook(self, newfile):
        """(name, open file) for the argument of a source request."""
        if newfile[0] == '"':
            newfile = newfile[1:-1]
        if isinstance(self.infile, str) and not os.path.isabs(newfile):
            newfile = os.path.join(os.path.dirname(self.infile), newfile)
        return newfile, open(newfile, "r")

    def error_leader(self, infile=None, lineno=None):
        """The beginning of an error message, as C compilers write it."""
        if infile is None:
            infile = self.infile
        if lineno is None:
            lineno = self.lineno
        return '"%s", line %d: ' % (infile, lineno)

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token


def split(s, comments=False, posix=True):
    """The words of a command line."""
    if s is None:
        import warnings
        warnings.warn("Passing None for 's' to shlex.split() is deprecated.",
                      DeprecationWarning, stacklevel=2)
    lexer = shlex(s, posix=posix)
    lexer.whitespace_split = True
    if not comments:
        lexer.commenters = ""
    return list(lexer)


def join(split_command):
    """The words as one line that split() splits into them."""
    return " ".join([quote(arg) for arg in split_command])


_unsafe = re.compile(r"[^\w@%+=:,./-]", re.ASCII).search


def quote(s):
    """The text as one word of a shell."""
    if not s:
        return "''"
    if _unsafe(s) is None:
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"
