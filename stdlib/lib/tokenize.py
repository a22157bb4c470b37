"""Tokens of Python source, comments and line ends among them.

tokenize(readline) reads lines of bytes, generate_tokens(readline) lines of text; both give TokenInfo tuples. untokenize() makes
source of them again.
"""

from builtins import open as _builtin_open
import functools
import keyword
import re
from codecs import BOM_UTF8, lookup
from collections import namedtuple
from io import TextIOWrapper

from token import *
from token import EXACT_TOKEN_TYPES
import token

__all__ = token.__all__ + ["tokenize", "generate_tokens", "detect_encoding",
                           "untokenize", "TokenInfo"]

cookie_re = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
blank_re = re.compile(br"^[ \t\f]*(?:[#\r\n]|$)", re.ASCII)


class TokenInfo(namedtuple("TokenInfo", "type string start end line")):
    """A token: its kind, its text, where it begins and ends as (row, column),
    and the line it is in."""

    def __repr__(self):
        return ("TokenInfo(type=%s (%s), string=%r, start=%r, end=%r, line=%r)"
                % (self.type, tok_name[self.type], self.string, self.start,
                   self.end, self.line))

    @property
    def exact_type(self):
        """The kind; of an operator, which one."""
        if self.type == OP and self.string in EXACT_TOKEN_TYPES:
            return EXACT_TOKEN_TYPES[self.string]
        return self.type


def __getattr__(name):
    # The patterns are asked for seldom.
    if not name.startswith('_'):
        import _tokenize_patterns
        if name in _tokenize_patterns.NAMES:
            return getattr(_tokenize_patterns, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    import _tokenize_patterns
    return sorted({*globals(), *_tokenize_patterns.NAMES})


class TokenError(Exception):
    pass


class StopTokenizing(Exception):
    pass


# What tokens look like.

_NAME = r"\w+"
_HEX = r"0[xX](?:_?[0-9a-fA-F])+"
_BINARY = r"0[bB](?:_?[01])+"
_OCTAL = r"0[oO](?:_?[0-7])+"
_DECIMAL = r"(?:0(?:_?0)*|[1-9](?:_?[0-9])*)"
_DIGITS = r"[0-9](?:_?[0-9])*"
_EXPONENT = rf"[eE][-+]?{_DIGITS}"
_FLOAT = (rf"(?:(?:{_DIGITS}\.(?:{_DIGITS})?|\.{_DIGITS})(?:{_EXPONENT})?"
          rf"|{_DIGITS}{_EXPONENT})")
_IMAGINARY = rf"(?:{_DIGITS}[jJ]|{_FLOAT}[jJ])"
_NUMBER = (rf"(?:{_IMAGINARY}|{_FLOAT}|{_HEX}|{_BINARY}|{_OCTAL}|{_DECIMAL})")
_PREFIX = r"(?:(?:[bB][rR]?|[rR][bBfF]?|[uU]|[fF][rR]?)?)"
_OPERATOR = "|".join(map(re.escape, sorted(EXACT_TOKEN_TYPES, reverse=True)))

_blank = re.compile(r"[ \f\t]*")
_number = re.compile(_NUMBER)
_name = re.compile(_NAME)
_operator = re.compile(rf"\r?\n|{_OPERATOR}")
_comment = re.compile(r"#[^\r\n]*")
_continuation = re.compile(r"\\\r?\n|\\\Z")
_triple_start = re.compile(_PREFIX + "(?:'''|\"\"\")")
_single_start = re.compile(_PREFIX + "(['\"])")
# The rest of a string behind its opening quotes.
_triple_end = {
    "'''": re.compile(r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''", re.DOTALL),
    '"""': re.compile(r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""', re.DOTALL),
}
_single_end = {
    "'": re.compile(r"[^\n'\\]*(?:\\.[^\n'\\]*)*('|\\\r?\n)", re.DOTALL),
    '"': re.compile(r'[^\n"\\]*(?:\\.[^\n"\\]*)*("|\\\r?\n)', re.DOTALL),
}
_single_line = {
    "'": re.compile(r"[^\n'\\]*(?:\\.[^\n'\\]*)*'"),
    '"': re.compile(r'[^\n"\\]*(?:\\.[^\n"\\]*)*"'),
}

tabsize = 8
# What the compiler takes at most.
_MAX_INDENTS, _MAX_BRACKETS = 100, 200


class _Tokenizer:
    def __init__(self, readline, encoding):
        self.readline = readline
        self.encoding = encoding
        self.row = 0
        self.line = ""
        self.last_line = ""
        self.depth = 0  # of brackets
        self.continued = False
        self.indents = [0]
        self.string = None  # the text of one that goes on, its start, its end

    def next_line(self):
        self.last_line = self.line
        try:
            line = self.readline()
        except StopIteration:
            line = b""
        if self.encoding is not None and isinstance(line, bytes):
            line = line.decode(self.encoding)
        self.line = line
        self.row += 1
        return line

    def token(self, kind, start, end):
        return TokenInfo(kind, self.line[start:end], (self.row, start),
                         (self.row, end), self.line)

    def run(self):
        if self.encoding is not None:
            encoding = self.encoding
            if encoding == "utf-8-sig":
                # The mark was taken away already.
                encoding = "utf-8"
            yield TokenInfo(ENCODING, encoding, (0, 0), (0, 0), "")
        while True:
            line = self.next_line()
            if self.string is not None:
                position = yield from self.go_on_string()
                if position is None:
                    continue
            elif self.depth == 0 and not self.continued:
                if not line:
                    break
                position = yield from self.begin_line()
                if position is None:
                    continue
            else:
                if not line:
                    raise TokenError("EOF in multi-line statement",
                                     (self.row, 0))
                self.continued = False
                position = 0
            yield from self.rest_of_line(position)
        yield from self.finish()

    def finish(self):
        last = self.last_line
        if (last and last[-1] not in "\r\n"
                and not last.strip().startswith("#")):
            row = self.row - 1
            yield TokenInfo(NEWLINE, "", (row, len(last)),
                            (row, len(last) + 1), "")
        for _indent in self.indents[1:]:
            yield TokenInfo(DEDENT, "", (self.row, 0), (self.row, 0), "")
        yield TokenInfo(ENDMARKER, "", (self.row, 0), (self.row, 0), "")

    # Strings of several lines.

    def go_on_string(self):
        text, start, end, single, context = self.string
        line = self.line
        if not line:
            raise TokenError("EOF in multi-line string", start)
        match = end.match(line)
        if match and not (single and match.group(1)[0] == "\\"):
            position = match.end()
            yield TokenInfo(STRING, text + line[:position], start,
                            (self.row, position), context + line)
            self.string = None
            return position
        if single and not match:
            # A string between single quotes went on without a backslash.
            yield TokenInfo(ERRORTOKEN, text + line, start,
                            (self.row, len(line)), context)
            self.string = None
            return None
        self.string = text + line, start, end, single, context + line
        return None

    # The beginning of a line: its indentation, or nothing at all.

    def begin_line(self):
        line = self.line
        column = position = 0
        for c in line:
            if c == " ":
                column += 1
            elif c == "\t":
                column = (column // tabsize + 1) * tabsize
            elif c == "\f":
                column = 0
            else:
                break
            position += 1
        if position == len(line):
            # White space before the end of the file, without a line end.
            yield from self.rest_of_line(position)
            return None
        if line[position] in "#\r\n":
            if line[position] == "#":
                comment = line[position:].rstrip("\r\n")
                end = position + len(comment)
                yield self.token(COMMENT, position, end)
                position = end
            yield self.token(NL, position, len(line))
            return None
        if column > self.indents[-1]:
            self.indents.append(column)
            yield TokenInfo(INDENT, line[:position], (self.row, 0),
                            (self.row, position), line)
        while column < self.indents[-1]:
            if column not in self.indents:
                raise IndentationError(
                    "unindent does not match any outer indentation level",
                    ("<tokenize>", self.row, position, line))
            self.indents.pop()
            yield TokenInfo(DEDENT, "", (self.row, position),
                            (self.row, position), line)
        return position

    def rest_of_line(self, position):
        line = self.line
        size = len(line)
        while position < size:
            blank = position
            position = _blank.match(line, position).end()
            if position == size:
                break
            c = line[position]
            if blank < position and self.is_error(position):
                # The white space before it is an error as well.
                for place in range(blank, position):
                    yield self.token(ERRORTOKEN, place, place + 1)
            if c.isdigit() and c.isascii() or (
                    c == "." and _number.match(line, position)):
                match = _number.match(line, position)
                end = match.end()
                yield self.token(NUMBER, position, end)
            elif c == "\r" and line[position + 1:position + 2] == "\n" or c == "\n":
                end = size
                yield self.token(NL if self.depth else NEWLINE, position, end)
            elif c == "#":
                end = _comment.match(line, position).end()
                yield self.token(COMMENT, position, end)
            elif _triple_start.match(line, position):
                opening = _triple_start.match(line, position).end()
                end = yield from self.string_token(
                    position, opening, _triple_end[line[opening - 3:opening]],
                    False)
            elif _single_start.match(line, position):
                end = yield from self.single_quoted(position)
            elif c.isidentifier():
                end = _name.match(line, position).end()
                yield self.token(NAME, position, end)
            elif c == "\\":
                match = _continuation.match(line, position)
                if match:
                    self.continued = True
                    end = size
                else:
                    end = position + 1
                    yield self.token(ERRORTOKEN, position, end)
            else:
                match = _operator.match(line, position)
                if match is None:
                    end = position + 1
                    yield self.token(ERRORTOKEN, position, end)
                else:
                    end = match.end()
                    if c in "([{":
                        self.depth += 1
                    elif c in ")]}":
                        self.depth -= 1
                    yield self.token(OP, position, end)
            position = end

    def is_error(self, position):
        """Does no token begin here?"""
        line = self.line
        c = line[position]
        if c in "'\"":
            if line.startswith(c * 3, position):
                return False
            end = _single_end[c].match(line, position + 1)
            return end is None or (end.group(1)[0] == "\\"
                                   and end.end() < len(line))
        if c == "\\":
            return _continuation.match(line, position) is None
        return not (c.isalnum() or c.isidentifier() or c in "#\r\n"
                    or _operator.match(line, position))

    def string_token(self, position, opening, end_pattern, single):
        match = end_pattern.match(self.line, opening)
        if match:
            yield self.token(STRING, position, match.end())
            return match.end()
        self.string = (self.line[position:], (self.row, position), end_pattern,
                       single, self.line)
        return len(self.line)

    def single_quoted(self, position):
        line = self.line
        match = _single_start.match(line, position)
        quote, opening = match.group(1), match.end()
        whole = _single_line[quote].match(line, opening)
        if whole:
            yield self.token(STRING, position, whole.end())
            return whole.end()
        end = _single_end[quote].match(line, opening)
        if end and end.group(1)[0] == "\\" and end.end() == len(line):
            self.string = (line[position:], (self.row, position),
                           _single_end[quote], True, line)
            return len(line)
        if opening - position > 1:
            # The prefix is a name, then comes a quote that is an error.
            yield self.token(NAME, position, opening - 1)
            yield self.token(ERRORTOKEN, opening - 1, opening)
        else:
            yield self.token(ERRORTOKEN, position, opening)
        return opening


def _tokenize(readline, encoding):
    return _Tokenizer(readline, encoding).run()


def tokenize(readline):
    """The tokens of lines of bytes. The first is the encoding."""
    encoding, consumed = detect_encoding(readline)
    lines = iter(consumed)

    def next_line():
        for line in lines:
            return line
        return readline()
    return _tokenize(next_line, encoding)


def generate_tokens(readline):
    """The tokens of lines of text."""
    return _tokenize(readline, None)


def _reject(source):
    """Raise the compiler's error for text that is no sequence of tokens."""
    compile(source, "<string>", "exec")
    raise SyntaxError("invalid syntax")


def _generate_tokens_from_c_tokenizer(source):
    """The tokens as the compiler sees them: no comments, no empty lines, operators by their own types."""
    from io import StringIO
    closers, opened, indents = {")": "(", "]": "[", "}": "{"}, [], 0
    previous = None
    try:
        for found in generate_tokens(StringIO(source).readline):
            kind, text, start, end, line = found
            if kind in (COMMENT, NL, ENDMARKER):
                continue
            if kind == ERRORTOKEN:
                _reject(source)
            if (previous is not None and previous.type == NUMBER and previous.end == start and kind in (NAME, NUMBER)
                    and not keyword.iskeyword(text)):
                _reject(source)
            previous = found
            if kind == OP:
                kind = found.exact_type
                if text in closers.values():
                    opened.append(text)
                    if len(opened) > _MAX_BRACKETS:
                        _reject(source)
                elif text in closers and (not opened or opened.pop() != closers[text]):
                    _reject(source)
            elif kind == NEWLINE:
                text, end = "", start
            elif kind in (INDENT, DEDENT):
                indents += 1 if kind == INDENT else -1
                if indents >= _MAX_INDENTS:
                    return
                text, start, end = "", (start[0], -1), (start[0], -1)
            elif text in ("async", "await"):
                kind = ASYNC if text == "async" else AWAIT
            yield TokenInfo(kind, text, start, end, line)
    except TokenError:
        _reject(source)


def _get_normal_name(orig_enc):
    """Two encodings are known by many names."""
    name = orig_enc[:12].lower().replace("_", "-")
    if name == "utf-8" or name.startswith("utf-8-"):
        return "utf-8"
    for known in ("latin-1", "iso-8859-1", "iso-latin-1"):
        if name == known or name.startswith(known + "-"):
            return "iso-8859-1"
    return orig_enc


def detect_encoding(readline):
    """(encoding, lines): by a mark at the beginning or a comment in the first
    two lines; the lines are those that had to be read. SyntaxError when the
    two contradict each other or the encoding is unknown."""
    try:
        filename = readline.__self__.name
    except AttributeError:
        filename = None
    bom_found = False
    default = "utf-8"

    def read():
        try:
            return readline()
        except StopIteration:
            return b""

    def complain(message):
        if filename is not None:
            message = "{} for {!r}".format(message, filename)
        return SyntaxError(message)

    def find_cookie(line):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            raise complain("invalid or missing encoding declaration") from None
        match = cookie_re.match(text)
        if not match:
            return None
        encoding = _get_normal_name(match.group(1))
        try:
            codec = lookup(encoding)
        except LookupError:
            if filename is None:
                raise SyntaxError("unknown encoding: " + encoding) from None
            raise SyntaxError("unknown encoding for {!r}: {}".format(
                filename, encoding)) from None
        if bom_found:
            if encoding != "utf-8":
                raise complain("encoding problem: utf-8")
            encoding += "-sig"
        return encoding

    first = read()
    if first.startswith(BOM_UTF8):
        bom_found = True
        first = first[3:]
        default = "utf-8-sig"
    if not first:
        return default, []
    encoding = find_cookie(first)
    if encoding:
        return encoding, [first]
    if not blank_re.match(first):
        return default, [first]
    second = read()
    if not second:
        return default, [first]
    encoding = find_cookie(second)
    return encoding or default, [first, second]


def open(filename):
    """Opens a source file for reading, in the encoding that it says."""
    buffer = _builtin_open(filename, "rb")
    try:
        encoding, _lines = detect_encoding(buffer.readline)
        buffer.seek(0)
        text = TextIOWrapper(buffer, encoding, line_buffering=True)
        text.mode = "r"
        return text
    except:
        buffer.close()
        raise


class Untokenizer:
    """Puts tokens together again."""

    def __init__(self):
        self.tokens = []
        self.prev_row = 1
        self.prev_col = 0
        self.encoding = None

    def add_whitespace(self, start):
        row, col = start
        if (row, col) < (self.prev_row, self.prev_col):
            raise ValueError("start ({},{}) precedes previous end ({},{})"
                             .format(row, col, self.prev_row, self.prev_col))
        rows = row - self.prev_row
        if rows:
            self.tokens.append("\\\n" * rows)
            self.prev_col = 0
        if col > self.prev_col:
            self.tokens.append(" " * (col - self.prev_col))

    def untokenize(self, iterable):
        iterator = iter(iterable)
        indents = []
        startline = False
        for item in iterator:
            if len(item) == 2:
                self.compat(item, iterator)
                break
            kind, text, start, end, _line = item
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind == ENDMARKER:
                break
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                self.prev_row, self.prev_col = end
                continue
            if kind in (NEWLINE, NL):
                startline = True
            elif startline and indents:
                indent = indents[-1]
                if start[1] >= len(indent):
                    self.tokens.append(indent)
                    self.prev_col = len(indent)
                startline = False
            self.add_whitespace(start)
            self.tokens.append(text)
            self.prev_row, self.prev_col = end
            if kind in (NEWLINE, NL):
                self.prev_row += 1
                self.prev_col = 0
        return "".join(self.tokens)

    def compat(self, token, iterable):
        """From pairs (kind, text): spaces where they are needed."""
        indents = []
        add = self.tokens.append
        startline = token[0] in (NEWLINE, NL)
        after_string = False
        import itertools
        for item in itertools.chain([token], iterable):
            kind, text = item[:2]
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind in (NAME, NUMBER):
                text += " "
            # Two strings side by side must not become one.
            if kind == STRING:
                if after_string:
                    text = " " + text
                after_string = True
            else:
                after_string = False
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind in (NEWLINE, NL):
                startline = True
            elif startline and indents:
                add(indents[-1])
                startline = False
            add(text)


def untokenize(iterable):
    """The source for tokens: bytes when the first says an encoding. From
    whole tokens it is as it was; from pairs (kind, text) it has the same
    tokens."""
    maker = Untokenizer()
    result = maker.untokenize(iterable)
    if maker.encoding is not None:
        result = result.encode(maker.encoding)
    return result


def main():
    import argparse
    import sys

    def fail(message, filename=None, location=None):
        place = filename or "<stdin>"
        if location is not None:
            place = "%s:%s:%s" % (place, *location)
        sys.stderr.write("%s: error: %s\n" % (place, message))
        sys.exit(1)

    parser = argparse.ArgumentParser(prog="python -m tokenize")
    parser.add_argument(dest="filename", nargs="?", metavar="filename.py",
                        help="the file to tokenize; defaults to stdin")
    parser.add_argument("-e", "--exact", dest="exact", action="store_true",
                        help="display token names using the exact type")
    args = parser.parse_args()
    filename = None
    try:
        if args.filename:
            filename = args.filename
            with _builtin_open(filename, "rb") as file:
                tokens = list(tokenize(file.readline))
        else:
            filename = "<stdin>"
            tokens = generate_tokens(sys.stdin.readline)
        for token in tokens:
            kind = token.exact_type if args.exact else token.type
            place = "%d,%d-%d,%d:" % (token.start + token.end)
            print("%-20s%-15s%-15r" % (place, tok_name[kind], token.string))
    except IndentationError as error:
        fail(error.args[0], filename, error.args[1][1:3])
    except TokenError as error:
        fail(error.args[0], filename, error.args[1])
    except SyntaxError as error:
        fail(error, filename)
    except OSError as error:
        fail(error)
    except KeyboardInterrupt:
        print("interrupted\n")


if __name__ == "__main__":
    main()
