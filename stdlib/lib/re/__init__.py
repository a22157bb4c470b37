"""Regular expressions: patterns that search, split and rewrite text.

The functions here take a pattern as text or compiled; compile() gives a Pattern with the same as methods. Matching is done by the
native module _re.
"""

import _re
import copyreg
import enum
from _re import (compile, escape, findall, finditer, fullmatch, match, purge,
                 search, split, sub, subn)
from _re import Match, Pattern

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split",
    "findall", "finditer", "compile", "purge", "template", "escape",
    "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U",
    "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "VERBOSE",
    "UNICODE", "NOFLAG", "RegexFlag",
]

__version__ = "2.2.1"


class error(Exception):
    """A pattern, or a replacement template, is not valid.

    msg       what is wrong, without the place
    pattern   the pattern
    pos       where in it, or None
    lineno    the line of pos, or None
    colno     the column of pos, or None
    """

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            msg = f"{msg} at position {pos}"
            if newline in pattern:
                msg = f"{msg} (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


_re._set_error_class(error)


@enum.global_enum
@enum._simple_enum(enum.IntFlag, boundary=enum.KEEP)
class RegexFlag:
    """The flags of a pattern; they can be combined with |."""

    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    TEMPLATE = T = 1
    DEBUG = 128
    __str__ = object.__str__
    _numeric_repr_ = hex


def template(pattern, flags=0):
    """Compile a pattern. Deprecated: it is what compile() does."""
    import warnings
    warnings.warn("The re.template() function is deprecated "
                  "as it is an undocumented feature "
                  "without an obvious purpose. "
                  "Use re.compile() instead.",
                  DeprecationWarning)
    with warnings.catch_warnings():
        # The flag has a warning of its own.
        warnings.simplefilter("ignore", DeprecationWarning)
        return compile(pattern, flags | TEMPLATE)


def _rebuild(pattern, flags):
    return compile(pattern, flags)


def _reduce(pattern):
    return _rebuild, (pattern.pattern, pattern.flags)


copyreg.pickle(Pattern, _reduce)


class Scanner:
    """Splits a text into tokens by a list of pairs (pattern, action).

    scan(text) gives the list of what the actions returned (an action is
    called with the scanner and the matched text; None skips it; anything
    else stands for itself) and the part of the text that nothing matched.
    In self.match the action finds the match: lastindex is the number of the
    phrase, the groups are those of the phrase.
    """

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.scanner = _re._compile_lexicon(tuple(phrase for phrase, action in lexicon), flags)

    def scan(self, string):
        result = []
        position = 0
        take = self.scanner.scanner(string).match
        while True:
            found = take()
            if found is None:
                break
            start, position_after = found.span()
            if start == position_after:
                break
            action = self.lexicon[found.lastindex - 1][1]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
            position = position_after
        return result, string[position:]
