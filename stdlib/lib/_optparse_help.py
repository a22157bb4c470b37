"""How the help of optparse looks."""

import os
import sys

NO_DEFAULT = ("NO", "DEFAULT")


def _translated(message):
    gettext = sys.modules.get("gettext")
    return message if gettext is None else gettext.gettext(message)


def _plural(one, many, count):
    gettext = sys.modules.get("gettext")
    if gettext is None:
        return one if count == 1 else many
    return gettext.ngettext(one, many, count)


class HelpFormatter:
    """Lays out usage, descriptions and options in columns."""

    NO_DEFAULT_VALUE = "none"

    def __init__(self, indent_increment, max_help_position, width,
                 short_first):
        self.parser = None
        self.indent_increment = indent_increment
        if width is None:
            try:
                width = int(os.environ["COLUMNS"])
            except (KeyError, ValueError):
                width = 80
            width -= 2
        self.width = width
        self.help_position = self.max_help_position = min(
            max_help_position, max(width - 20, indent_increment * 2))
        self.current_indent = 0
        self.level = 0
        self.help_width = None
        self.short_first = short_first
        self.default_tag = "%default"
        self.option_strings = {}
        self._short_opt_fmt = "%s %s"
        self._long_opt_fmt = "%s=%s"

    def set_parser(self, parser):
        self.parser = parser

    def set_short_opt_delimiter(self, delim):
        if delim not in ("", " "):
            raise ValueError("invalid metavar delimiter for short options: %r"
                             % delim)
        self._short_opt_fmt = "%s" + delim + "%s"

    def set_long_opt_delimiter(self, delim):
        if delim not in ("=", " "):
            raise ValueError("invalid metavar delimiter for long options: %r"
                             % delim)
        self._long_opt_fmt = "%s" + delim + "%s"

    def indent(self):
        self.current_indent += self.indent_increment
        self.level += 1

    def dedent(self):
        self.current_indent -= self.indent_increment
        assert self.current_indent >= 0, "Indent decreased below 0."
        self.level -= 1

    def format_usage(self, usage):
        raise NotImplementedError("subclasses must implement")

    def format_heading(self, heading):
        raise NotImplementedError("subclasses must implement")

    def _format_text(self, text):
        import textwrap
        indent = " " * self.current_indent
        return textwrap.fill(text, max(self.width - self.current_indent, 11),
                             initial_indent=indent, subsequent_indent=indent)

    def format_description(self, description):
        return self._format_text(description) + "\n" if description else ""

    def format_epilog(self, epilog):
        return "\n" + self._format_text(epilog) + "\n" if epilog else ""

    def expand_default(self, option):
        if self.parser is None or not self.default_tag:
            return option.help
        default = self.parser.defaults.get(option.dest)
        if default is NO_DEFAULT or default is None:
            default = self.NO_DEFAULT_VALUE
        return option.help.replace(self.default_tag, str(default))

    def format_option(self, option):
        """The strings of an option and, beside or below them, its help."""
        strings = self.option_strings[option]
        room = self.help_position - self.current_indent - 2
        if len(strings) > room:
            lines = ["%*s%s\n" % (self.current_indent, "", strings)]
            indent_first = self.help_position
        else:
            lines = ["%*s%-*s  " % (self.current_indent, "", room, strings)]
            indent_first = 0
        if option.help:
            import textwrap
            help_lines = textwrap.wrap(self.expand_default(option),
                                       self.help_width)
            lines.append("%*s%s\n" % (indent_first, "", help_lines[0]))
            lines += ["%*s%s\n" % (self.help_position, "", line)
                      for line in help_lines[1:]]
        elif lines[-1][-1] != "\n":
            lines.append("\n")
        return "".join(lines)

    def store_option_strings(self, parser):
        """Finds the strings of all options, and the column of the help."""
        self.indent()
        longest = 0
        for option in parser.option_list:
            longest = self._store(option, longest)
        self.indent()
        for group in parser.option_groups:
            for option in group.option_list:
                longest = self._store(option, longest)
        self.dedent()
        self.dedent()
        self.help_position = min(longest + 2, self.max_help_position)
        self.help_width = max(self.width - self.help_position, 11)

    def _store(self, option, longest):
        strings = self.format_option_strings(option)
        self.option_strings[option] = strings
        return max(longest, len(strings) + self.current_indent)

    def format_option_strings(self, option):
        if option.takes_value():
            metavar = option.metavar or option.dest.upper()
            short = [self._short_opt_fmt % (opt, metavar)
                     for opt in option._short_opts]
            long = [self._long_opt_fmt % (opt, metavar)
                    for opt in option._long_opts]
        else:
            short, long = option._short_opts, option._long_opts
        return ", ".join(short + long if self.short_first else long + short)


class IndentedHelpFormatter(HelpFormatter):
    """Headings with a colon, and what belongs to them indented."""

    def __init__(self, indent_increment=2, max_help_position=24, width=None,
                 short_first=1):
        HelpFormatter.__init__(self, indent_increment, max_help_position,
                               width, short_first)

    def format_usage(self, usage):
        return _translated("Usage: %s\n") % usage

    def format_heading(self, heading):
        return "%*s%s:\n" % (self.current_indent, "", heading)


class TitledHelpFormatter(HelpFormatter):
    """Headings that are underlined."""

    def __init__(self, indent_increment=0, max_help_position=24, width=None,
                 short_first=0):
        HelpFormatter.__init__(self, indent_increment, max_help_position,
                               width, short_first)

    def format_usage(self, usage):
        return "%s  %s\n" % (self.format_heading(_translated("Usage")), usage)

    def format_heading(self, heading):
        return "%s\n%s\n" % (heading, "=-"[self.level] * len(heading))


for _class in (HelpFormatter, IndentedHelpFormatter, TitledHelpFormatter):
    _class.__module__ = "optparse"
