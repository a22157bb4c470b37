"""Filling and indenting text."""

import re

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

# Only these count as white space; a no-break space does not.
_WHITESPACE = "\t\n\x0b\x0c\r "
_SPACE_CLASS = "[%s]" % re.escape(_WHITESPACE)
_SENTENCE_END = re.compile(r"[a-z][.!?][\"']?\Z")


class TextWrapper:
    """Breaks text into lines.

    width               the most characters of a line
    initial_indent      put before the first line
    subsequent_indent   put before the other lines
    expand_tabs         make spaces of tabs first?
    replace_whitespace  make a space of each other white space character?
    fix_sentence_endings    two spaces behind a sentence?
    break_long_words    break words that are longer than a line?
    break_on_hyphens    may lines end behind the hyphen of a compound word?
    drop_whitespace     drop white space at the ends of lines?
    tabsize             the spaces of a tab
    max_lines           the most lines; what is cut off ends in placeholder
    """

    unicode_whitespace_trans = dict.fromkeys(map(ord, _WHITESPACE), ord(" "))

    # A hyphenated word breaks behind its hyphens, if letters stand on both
    # sides of them; a dash of two or more is a piece of its own.
    _PUNCT = r"[\w!\"'&.,?]"
    _LETTER = r"[^\d\W]"
    _NOSPACE = "[^" + re.escape(_WHITESPACE) + "]"
    wordsep_re = re.compile(rf"""
        ( {_SPACE_CLASS}+
        | (?<={_PUNCT})-{{2,}}(?=\w)
        | {_NOSPACE}+? (?:
            -(?: (?<={_LETTER}{{2}}-) | (?<={_LETTER}-{_LETTER}-) )
             (?= {_LETTER} -? {_LETTER} )
          | (?={_SPACE_CLASS}|\Z)
          | (?<={_PUNCT}) (?=-{{2,}}\w)
          )
        )""", re.VERBOSE)
    wordsep_simple_re = re.compile(f"({_SPACE_CLASS}+)")
    sentence_end_re = _SENTENCE_END

    def __init__(self, width=70, initial_indent="", subsequent_indent="",
                 expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True,
                 drop_whitespace=True, break_on_hyphens=True, tabsize=8, *,
                 max_lines=None, placeholder=" [...]"):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(self.unicode_whitespace_trans)
        return text

    def _split(self, text):
        """The pieces that lines are made of: words and white space."""
        separator = (self.wordsep_re if self.break_on_hyphens
                     else self.wordsep_simple_re)
        return [piece for piece in separator.split(text) if piece]

    def _fix_sentence_endings(self, chunks):
        for i in range(len(chunks) - 1):
            if chunks[i + 1] == " " and self.sentence_end_re.search(chunks[i]):
                chunks[i + 1] = "  "

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        """The last chunk fits on no line: as much of it as there is room
        for, or on an empty line all of it."""
        room = 1 if width < 1 else width - cur_len
        if self.break_long_words:
            end = room
            chunk = reversed_chunks[-1]
            if self.break_on_hyphens and len(chunk) > room:
                hyphen = chunk.rfind("-", 0, room)
                if hyphen > 0 and any(c != "-" for c in chunk[:hyphen]):
                    end = hyphen + 1
            cur_line.append(chunk[:end])
            reversed_chunks[-1] = chunk[end:]
        elif not cur_line:
            cur_line.append(reversed_chunks.pop())

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        if self.max_lines is not None:
            margin = (self.subsequent_indent if self.max_lines > 1
                      else self.initial_indent)
            if len(margin) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        left = chunks[::-1]
        while left:
            margin = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(margin)
            if self.drop_whitespace and lines and not left[-1].strip():
                del left[-1]
            line, size = [], 0
            while left and size + len(left[-1]) <= width:
                size += len(left[-1])
                line.append(left.pop())
            if left and len(left[-1]) > width:
                self._handle_long_word(left, line, size, width)
                size = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                size -= len(line.pop())
            if not line:
                continue
            more = left and not (self.drop_whitespace and len(left) == 1
                                 and not left[0].strip())
            if (self.max_lines is None or len(lines) + 1 < self.max_lines
                    or (not more and size <= width)):
                lines.append(margin + "".join(line))
                continue
            self._cut_off(lines, line, size, margin, width)
            break
        return lines

    def _cut_off(self, lines, line, size, margin, width):
        """The last line there may be, and the placeholder behind it."""
        while line:
            if line[-1].strip() and size + len(self.placeholder) <= width:
                line.append(self.placeholder)
                lines.append(margin + "".join(line))
                return
            size -= len(line.pop())
        if lines:
            previous = lines[-1].rstrip()
            if len(previous) + len(self.placeholder) <= self.width:
                lines[-1] = previous + self.placeholder
                return
        lines.append(margin + self.placeholder.lstrip())

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    def wrap(self, text):
        """The lines of the text, without newlines at their ends."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """The lines of the text as one string."""
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph, each at most width long."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """A paragraph with lines at most width long, as one string."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The text with its white space collapsed and cut to width: words are
    dropped from its end, and the placeholder stands for them."""
    wrapper = TextWrapper(width=width, max_lines=1, **kwargs)
    return wrapper.fill(" ".join(text.strip().split()))


_blank_line = re.compile("^[ \t]+$", re.MULTILINE)
_margin = re.compile("(^[ \t]*)(?:[^ \t\n])", re.MULTILINE)


def dedent(text):
    """The text without the white space that all of its lines begin with.
    Lines of nothing but white space become empty, and do not count."""
    text = _blank_line.sub("", text)
    common = None
    for margin in _margin.findall(text):
        if common is None:
            common = margin
            continue
        same = 0
        for ours, theirs in zip(common, margin):
            if ours != theirs:
                break
            same += 1
        common = common[:same]
    if common:
        text = re.sub("(?m)^" + common, "", text)
    return text


def indent(text, prefix, predicate=None):
    """The text with prefix before those lines for which predicate(line) is
    true: by default, those that are not just white space."""
    if predicate is None:
        predicate = str.strip
    return "".join([prefix + line if predicate(line) else line
                    for line in text.splitlines(True)])
