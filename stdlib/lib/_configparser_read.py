"""Taking the text of a configuration apart, line by line, straight into the tables of a parser (configparser.py).

A line is a header of a section, an option, or, when it is indented more than the option before it, more of that
option's value. Values are collected as lists of lines, which the parser joins at the end.
"""
import re
import sys
from _configparser_errors import DuplicateOptionError, DuplicateSectionError, MissingSectionHeaderError, ParsingError


class Reader:
    """Reads one file into a parser."""

    def __init__(self, parser, source):
        self.parser = parser
        self.source = source
        self.sections_seen = set()
        self.options_seen = set()
        self.section = None  # the dict of the section that is being filled
        self.section_name = None
        self.option = None
        self.indent = 0
        self.option_indent = 0
        self.error = None

    def run(self, lines):
        for number, line in enumerate(lines, start=1):
            self._line(number, line)
        self.parser._join_multiline_values()
        if self.error is not None:
            raise self.error

    def _bare(self, line):
        """The line without comments, and whether there was one."""
        start = len(line)
        places = {prefix: -1 for prefix in self.parser._inline_comment_prefixes}
        while start == len(line) and places:
            later = {}
            for prefix, place in places.items():
                place = line.find(prefix, place + 1)
                if place < 0:
                    continue
                later[prefix] = place
                if place == 0 or line[place - 1].isspace():
                    start = min(start, place)
            places = later
        commented = start < len(line)
        for prefix in self.parser._comment_prefixes:
            if line.strip().startswith(prefix):
                start, commented = 0, True
                break
        return line[:start].strip(), commented

    def _line(self, number, line):
        parser = self.parser
        value, commented = self._bare(line)
        if not value:
            if parser._empty_lines_in_values:
                # A blank line may be part of a value; a comment is not.
                if (not commented and self.section is not None and self.option
                        and self.section[self.option] is not None):
                    self.section[self.option].append("")
            else:
                self.indent = sys.maxsize
            return
        first = re.search(r"\S", line)
        indent = first.start() if first else 0
        if (self.section is not None and self.option and indent > self.indent):
            if self.section[self.option] is None:
                # "option" without a value cannot go on.
                self._fail(number, line)
            else:
                self.section[self.option].append(value)
            return
        self.indent = indent
        match = parser.SECTCRE.match(value)
        if match:
            self._begin_section(number, match.group("header"))
        elif self.section is None:
            raise MissingSectionHeaderError(self.source, number, line)
        else:
            self._option(number, line, value)

    def _begin_section(self, number, name):
        parser = self.parser
        self.section_name = name
        self.option = None
        if name in parser._sections:
            if parser._strict and name in self.sections_seen:
                raise DuplicateSectionError(name, self.source, number)
            self.section = parser._sections[name]
            self.sections_seen.add(name)
        elif name == parser.default_section:
            self.section = parser._defaults
        else:
            self.section = parser._dict()
            parser._sections[name] = self.section
            parser._proxies[name] = parser._proxy(name)
            self.sections_seen.add(name)

    def _option(self, number, line, value):
        parser = self.parser
        match = parser._optcre.match(value)
        if not match:
            self._fail(number, line)
            return
        name, _delimiter, text = match.group("option", "vi", "value")
        if not name:
            self._fail(number, line)
        self.option = name = parser.optionxform(name.rstrip())
        if parser._strict and (self.section_name, name) in self.options_seen:
            raise DuplicateOptionError(self.section_name, name, self.source,
                                       number)
        self.options_seen.add((self.section_name, name))
        self.section[name] = [text.strip()] if text is not None else None

    def _fail(self, number, line):
        if self.error is None:
            self.error = ParsingError(self.source)
        self.error.append(number, repr(line))
