"""What HTMLParser knows about declarations: <!...>.

A declaration is <!NAME ...> or a comment or a marked section <![...]>; the methods find its end and tell handlers what they read.
"""

import re

_name_of_declaration = re.compile(r"[a-zA-Z][-_.a-zA-Z0-9]*\s*")
_quoted = re.compile(r"(\'[^\']*\'|\"[^\"]*\")\s*")
_comment_end = re.compile(r"--\s*>")
_marked_end = re.compile(r"]\s*]\s*>")
_word_section_end = re.compile(r"]\s*>")


class ParserBase:
    """Keeps the place of a parser in its text, and reads declarations."""

    def __init__(self):
        if self.__class__ is ParserBase:
            raise RuntimeError(
                "_markupbase.ParserBase must be subclassed")

    def reset(self):
        self.lineno = 1
        self.offset = 0

    def getpos(self):
        """(line, column) of the place."""
        return self.lineno, self.offset

    def updatepos(self, i, j):
        """Moves the place on over rawdata[i:j]; gives j."""
        if i >= j:
            return j
        newlines = self.rawdata.count("\n", i, j)
        if newlines:
            self.lineno += newlines
            self.offset = j - (self.rawdata.rindex("\n", i, j) + 1)
        else:
            self.offset += j - i
        return j

    _decl_otherchars = ""

    def parse_declaration(self, i):
        """Reads the declaration at i: where it ends, or -1 when more text is
        needed."""
        text = self.rawdata
        j = i + 2
        assert text[i:j] == "<!", "unexpected call to parse_declaration"
        if text[j:j + 1] == ">":
            return j + 1
        if text[j:j + 1] in ("-", ""):
            return -1
        if text[j:j + 2] == "--":
            return self.parse_comment(i)
        if text[j] == "[":
            return self.parse_marked_section(i)
        name, j = self._scan_name(j, i)
        if j < 0:
            return j
        end = text.find(">", j)
        while j < len(text):
            c = text[j]
            if c == ">":
                content = text[i + 2:j]
                if name == "doctype":
                    self.handle_decl(content)
                else:
                    self.unknown_decl(content)
                return j + 1
            if c in "\"'":
                match = _quoted.match(text, j)
                if match is None:
                    return -1
                j = match.end()
            elif c.isalpha():
                _word, j = self._scan_name(j, i)
                if j < 0:
                    return j
            else:
                j += 1
        return -1

    def parse_marked_section(self, i, report=1):
        text = self.rawdata
        assert text[i:i + 3] == "<![", "unexpected call to parse_marked_section()"
        name, j = self._scan_name(i + 3, i)
        if j < 0:
            return j
        if name in {"temp", "cdata", "ignore", "include", "rcdata"}:
            match = _marked_end.search(text, i + 3)
        elif name in {"if", "else", "endif"}:
            match = _word_section_end.search(text, i + 3)
        else:
            raise AssertionError("unknown status keyword %r in marked section"
                                 % text[i + 3:j])
        if match is None:
            return -1
        if report:
            self.unknown_decl(text[i + 3:match.start(0)])
        return match.end(0)

    def parse_comment(self, i, report=1):
        text = self.rawdata
        if text[i:i + 4] != "<!--":
            raise AssertionError("unexpected call to parse_comment()")
        match = _comment_end.search(text, i + 4)
        if match is None:
            return -1
        if report:
            self.handle_comment(text[i + 4:match.start(0)])
        return match.end(0)

    def _scan_name(self, i, declstartpos):
        text = self.rawdata
        if i == len(text):
            return None, -1
        match = _name_of_declaration.match(text, i)
        if match is None:
            self.updatepos(declstartpos, i)
            raise AssertionError("expected name token at %r"
                                 % text[declstartpos:declstartpos + 20])
        word = match.group()
        if i + len(word) == len(text):
            return None, -1
        return word.strip().lower(), match.end()

    def unknown_decl(self, data):
        pass
