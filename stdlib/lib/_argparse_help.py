"""The help texts of argparse: how usage and the lists of arguments are laid out.

A formatter is fed sections, texts and actions in the order in which they shall appear. Everything is kept as small functions in a
tree of sections and only made into text by format_help(), because the column of the help depends on the longest argument.
"""

import os
import re
import sys

SUPPRESS = "==SUPPRESS=="
OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
PARSER = "A..."
REMAINDER = "..."


def terminal_width():
    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns
        except (AttributeError, ValueError, OSError):
            columns = 0
    return columns or 80


class _Section:
    def __init__(self, formatter, parent, heading=None):
        self.formatter = formatter
        self.parent = parent
        self.heading = heading
        self.items = []

    def format_help(self):
        formatter = self.formatter
        if self.parent is not None:
            formatter._indent()
        body = "".join([make(*args) or "" for make, args in self.items])
        if self.parent is not None:
            formatter._dedent()
        if not body:
            return ""
        heading = ""
        if self.heading is not SUPPRESS and self.heading is not None:
            heading = f"{' ' * formatter._current_indent}{self.heading}:\n"
        return f"\n{heading}{body}\n"


class HelpFormatter:
    """Lays out usage and help. Only the name of this class is public; its
    methods are details that may change."""

    def __init__(self, prog, indent_increment=2, max_help_position=24,
                 width=None):
        if width is None:
            width = terminal_width() - 2
        self._prog = prog
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position,
                                      max(width - 20, indent_increment * 2))
        self._width = width
        self._current_indent = 0
        self._level = 0
        self._action_max_length = 0
        self._root_section = self._current_section = _Section(self, None)

    # Filling in.

    def _indent(self):
        self._current_indent += self._indent_increment
        self._level += 1

    def _dedent(self):
        self._current_indent -= self._indent_increment
        assert self._current_indent >= 0, "Indent decreased below 0."
        self._level -= 1

    def _add_item(self, make, args):
        self._current_section.items.append((make, args))

    def start_section(self, heading):
        self._indent()
        section = _Section(self, self._current_section, heading)
        self._add_item(section.format_help, [])
        self._current_section = section

    def end_section(self):
        self._current_section = self._current_section.parent
        self._dedent()

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._add_item(self._format_text, [text])

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        lengths = [len(self._format_action_invocation(action))
                   + self._current_indent]
        for sub in self._iter_indented_subactions(action):
            lengths.append(len(self._format_action_invocation(sub))
                           + self._current_indent)
        self._action_max_length = max(self._action_max_length, *lengths)
        self._add_item(self._format_action, [action])

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    # Making text.

    def format_help(self):
        text = self._root_section.format_help()
        if text:
            text = re.sub(r"\n\n\n+", "\n\n", text).strip("\n") + "\n"
        return text

    def _join_parts(self, parts):
        return "".join([part for part in parts
                        if part and part is not SUPPRESS])

    def _format_usage(self, usage, actions, groups, prefix):
        if prefix is None:
            prefix = "usage: "
        if usage is not None:
            usage = usage % dict(prog=self._prog)
        elif not actions:
            usage = "%(prog)s" % dict(prog=self._prog)
        else:
            usage = self._lay_out_usage(actions, groups, prefix)
        return f"{prefix}{usage}\n\n"

    def _lay_out_usage(self, actions, groups, prefix):
        prog = "%(prog)s" % dict(prog=self._prog)
        options = [a for a in actions if a.option_strings]
        positionals = [a for a in actions if not a.option_strings]
        whole = self._format_actions_usage(options + positionals, groups)
        usage = " ".join([part for part in (prog, whole) if part])
        room = self._width - self._current_indent
        if len(prefix) + len(usage) <= room:
            return usage
        option_parts = self._usage_words(
            self._format_actions_usage(options, groups))
        positional_parts = self._usage_words(
            self._format_actions_usage(positionals, groups))
        if len(prefix) + len(prog) <= 0.75 * room:
            indent = " " * (len(prefix) + len(prog) + 1)
            if option_parts:
                lines = self._wrap_words([prog] + option_parts, indent, room,
                                         prefix)
                lines += self._wrap_words(positional_parts, indent, room)
            elif positional_parts:
                lines = self._wrap_words([prog] + positional_parts, indent,
                                         room, prefix)
            else:
                lines = [prog]
        else:
            indent = " " * len(prefix)
            lines = self._wrap_words(option_parts + positional_parts, indent,
                                     room)
            if len(lines) > 1:
                lines = (self._wrap_words(option_parts, indent, room)
                         + self._wrap_words(positional_parts, indent, room))
            lines = [prog] + lines
        return "\n".join(lines)

    @staticmethod
    def _usage_words(text):
        # What stands in brackets stays together.
        return re.findall(r"\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+", text)

    @staticmethod
    def _wrap_words(words, indent, room, prefix=None):
        lines, line = [], []
        used = (len(prefix) if prefix is not None else len(indent)) - 1
        for word in words:
            if used + 1 + len(word) > room and line:
                lines.append(indent + " ".join(line))
                line = []
                used = len(indent) - 1
            line.append(word)
            used += len(word) + 1
        if line:
            lines.append(indent + " ".join(line))
        if prefix is not None:
            lines[0] = lines[0][len(indent):]
        return lines

    def _format_actions_usage(self, actions, groups):
        """The arguments on one line; those of a mutually exclusive group, if
        they stand together, as [a | b] or (a | b)."""
        spans = []
        for group in groups:
            members = group._group_actions
            if not members:
                raise ValueError(f"empty group {group}")
            if all(member.help is SUPPRESS for member in members):
                continue
            if members[0] not in actions:
                continue
            start = actions.index(members[0])
            stop = start + len(members)
            if actions[start:stop] == members:
                spans.append((start, stop, group))
        # The outer one of two that begin at the same place comes first.
        spans.sort(key=lambda span: (span[0], -span[1]))
        parts = self._usage_parts(actions, 0, len(actions), spans, False)
        return " ".join([part for part in parts if part])

    def _usage_parts(self, actions, position, stop, spans, in_group):
        """The words for actions[position:stop]; a group is one word, and
        groups may be nested."""
        parts = []
        while position < stop:
            inner = [span for span in spans
                     if span[0] == position and span[1] <= stop]
            if not inner:
                action = actions[position]
                if action.help is not SUPPRESS:
                    parts.append(self._usage_of(action, in_group))
                position += 1
                continue
            start, end, group = inner[0]
            shown = self._usage_parts(
                actions, start, end,
                [span for span in spans if span is not inner[0]], True)
            joined = " | ".join(shown)
            if not group.required:
                joined = f"[{joined}]"
            elif len(shown) > 1:
                joined = f"({joined})"
            parts.append(joined)
            position = end
        return parts

    def _usage_of(self, action, in_group):
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            part = self._format_args(action, default)
            if in_group and part.startswith("[") and part.endswith("]"):
                part = part[1:-1]
            return part
        if action.nargs == 0:
            part = action.format_usage()
        else:
            default = self._get_default_metavar_for_optional(action)
            part = (f"{action.option_strings[0]} "
                    f"{self._format_args(action, default)}")
        if not action.required and not in_group:
            part = f"[{part}]"
        return part

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % dict(prog=self._prog)
        width = max(self._width - self._current_indent, 11)
        return self._fill_text(text, width, " " * self._current_indent) + "\n\n"

    def _format_action(self, action):
        column = min(self._action_max_length + 2, self._max_help_position)
        help_width = max(self._width - column, 11)
        header_width = column - self._current_indent - 2
        indent = " " * self._current_indent
        header = self._format_action_invocation(action)
        if not action.help:
            parts = [f"{indent}{header}\n"]
        elif len(header) <= header_width:
            parts = [f"{indent}{header:<{header_width}}  "]
            first_indent = 0
        else:
            parts = [f"{indent}{header}\n"]
            first_indent = column
        if action.help and action.help.strip():
            text = self._expand_help(action)
            if text:
                lines = self._split_lines(text, help_width)
                parts.append(f"{' ' * first_indent}{lines[0]}\n")
                parts += [f"{' ' * column}{line}\n" for line in lines[1:]]
        elif not parts[-1].endswith("\n"):
            parts.append("\n")
        for sub in self._iter_indented_subactions(action):
            parts.append(self._format_action(sub))
        return self._join_parts(parts)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            metavar, = self._metavar_formatter(action, default)(1)
            return metavar
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        default = self._get_default_metavar_for_optional(action)
        arguments = self._format_args(action, default)
        return ", ".join([f"{option} {arguments}"
                          for option in action.option_strings])

    def _metavar_formatter(self, action, default_metavar):
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = "{%s}" % ",".join([str(c) for c in action.choices])
        else:
            result = default_metavar

        def format(tuple_size):
            if isinstance(result, tuple):
                return result
            return (result,) * tuple_size
        return format

    def _format_args(self, action, default_metavar):
        metavar = self._metavar_formatter(action, default_metavar)
        nargs = action.nargs
        if nargs is None:
            return "%s" % metavar(1)
        if nargs == OPTIONAL:
            return "[%s]" % metavar(1)
        if nargs == ZERO_OR_MORE:
            names = metavar(1)
            if len(names) == 2:
                return "[%s [%s ...]]" % names
            return "[%s ...]" % names
        if nargs == ONE_OR_MORE:
            return "%s [%s ...]" % metavar(2)
        if nargs == REMAINDER:
            return "..."
        if nargs == PARSER:
            return "%s ..." % metavar(1)
        if nargs == SUPPRESS:
            return ""
        try:
            words = ["%s" for _ in range(nargs)]
        except TypeError:
            raise ValueError("invalid nargs value") from None
        return " ".join(words) % metavar(nargs)

    def _expand_help(self, action):
        values = {name: value for name, value
                  in dict(vars(action), prog=self._prog).items()
                  if value is not SUPPRESS}
        for name, value in values.items():
            if hasattr(value, "__name__"):
                values[name] = value.__name__
        if values.get("choices") is not None:
            values["choices"] = ", ".join([str(c) for c in values["choices"]])
        return self._get_help_string(action) % values

    def _iter_indented_subactions(self, action):
        subactions = getattr(action, "_get_subactions", None)
        if subactions is not None:
            self._indent()
            yield from subactions()
            self._dedent()

    def _split_lines(self, text, width):
        import textwrap
        return textwrap.wrap(re.sub(r"\s+", " ", text, flags=re.A).strip(),
                             width)

    def _fill_text(self, text, width, indent):
        import textwrap
        return textwrap.fill(re.sub(r"\s+", " ", text, flags=re.A).strip(),
                             width, initial_indent=indent,
                             subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


class RawDescriptionHelpFormatter(HelpFormatter):
    """Leaves the lines of descriptions and the epilog as they are."""

    def _fill_text(self, text, width, indent):
        return "".join([indent + line
                        for line in text.splitlines(keepends=True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """Leaves the lines of all help texts as they are."""

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Adds the default to the help of each argument that has one."""

    def _get_help_string(self, action):
        text = action.help
        if text is None:
            text = ""
        if "%(default)" not in text and action.default is not SUPPRESS:
            if action.option_strings or action.nargs in (OPTIONAL,
                                                         ZERO_OR_MORE):
                text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    """Shows the name of an argument's type where its metavar would be."""

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    def _get_default_metavar_for_positional(self, action):
        return action.type.__name__


for _class in (HelpFormatter, RawDescriptionHelpFormatter,
               RawTextHelpFormatter, ArgumentDefaultsHelpFormatter,
               MetavarTypeHelpFormatter):
    _class.__module__ = "argparse"
