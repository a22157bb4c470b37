"""How argparse reads one command line.

Each argument is classed by a letter: O for an option, A for anything else, - for a "--" that ends the options. How many arguments
an action takes is then a regular expression over these letters, and how several positionals share a run of As is their
concatenation.
"""

import re
import sys

from _argparse_actions import ArgumentError, _get_action_name
from _argparse_help import (ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS,
                            ZERO_OR_MORE)
from argparse import _plural, _translated as _

_PATTERNS = {
    None: "(-*A-*)",
    OPTIONAL: "(-*A?-*)",
    ZERO_OR_MORE: "(-*[A-]*)",
    ONE_OR_MORE: "(-*A[A-]*)",
    REMAINDER: "([-AO]*)",
    PARSER: "(-*A[-AO]*)",
    SUPPRESS: "(-*-*)",
}


def nargs_pattern(action):
    nargs = action.nargs
    pattern = _PATTERNS.get(nargs)
    if pattern is None:
        pattern = f"(-*{'-*'.join('A' * nargs)}-*)"
    if action.option_strings:
        # Behind an option a "--" is not swallowed.
        pattern = pattern.replace("-*", "").replace("-", "")
    return pattern


def match_count(pattern, action, letters):
    """How many of the arguments that the letters stand for the action takes."""
    match = re.match(pattern, letters)
    if match is None:
        messages = {None: _("expected one argument"),
                    OPTIONAL: _("expected at most one argument"),
                    ONE_OR_MORE: _("expected at least one argument")}
        message = messages.get(action.nargs)
        if message is None:
            message = _plural("expected %s argument",
                              "expected %s arguments",
                              action.nargs) % action.nargs
        raise ArgumentError(action, message)
    return len(match.group(1))


class Parse:
    """One command line being read."""

    def __init__(self, parser, args, namespace):
        self.parser = parser
        self.args = args
        self.namespace = namespace
        self.positionals = parser._get_positional_actions()
        self.extras = []
        self.seen = set()
        self.seen_not_default = set()
        self.conflicts = {}
        for group in parser._mutually_exclusive_groups:
            members = group._group_actions
            for member in members:
                others = self.conflicts.setdefault(member, [])
                others.extend([other for other in members
                               if other is not member])
        self.options = {}  # index -> (action, option string, explicit value)
        self.letters = self._classify()

    # Classing.

    def _classify(self):
        letters = []
        rest = iter(enumerate(self.args))
        for index, arg in rest:
            if arg == "--":
                letters.append("-")
                letters.extend(["A" for _rest in rest])
                break
            found = self._parse_option(arg)
            if found is not None:
                self.options[index] = found
            letters.append("A" if found is None else "O")
        return "".join(letters)

    def _parse_option(self, arg):
        """(action, option, explicit value) when this is an option, else None;
        the action is None for one that nobody knows."""
        parser = self.parser
        if not arg or arg[0] not in parser.prefix_chars:
            return None
        known = parser._option_string_actions
        if arg in known:
            return known[arg], arg, None
        if len(arg) == 1:
            return None
        if "=" in arg:
            option, explicit = arg.split("=", 1)
            if option in known:
                return known[option], option, explicit
        matches = parser._get_option_tuples(arg) if hasattr(
            parser, "_get_option_tuples") else self._abbreviated(arg)
        if len(matches) > 1:
            options = ", ".join([option for _a, option, _v in matches])
            message = _("ambiguous option: %(option)s could match %(matches)s")
            parser.error(message % dict(option=arg, matches=options))
        if matches:
            return matches[0]
        if (parser._negative_number_matcher.match(arg)
                and not parser._has_negative_number_optionals):
            return None
        if " " in arg:
            return None
        return None, arg, None

    def _abbreviated(self, arg):
        parser = self.parser
        chars = parser.prefix_chars
        result = []
        if arg[0] in chars and arg[1] in chars:
            if parser.allow_abbrev:
                prefix, explicit = arg, None
                if "=" in arg:
                    prefix, explicit = arg.split("=", 1)
                for option, action in parser._option_string_actions.items():
                    if option.startswith(prefix):
                        result.append((action, option, explicit))
        elif arg[0] in chars:
            # -xvalue, or a single-dash option that is abbreviated.
            short, short_explicit = arg[:2], arg[2:]
            for option, action in parser._option_string_actions.items():
                if option == short:
                    result.append((action, option, short_explicit))
                elif option.startswith(arg):
                    result.append((action, option, None))
        else:
            parser.error(_("unexpected option string: %s") % arg)
        return result

    # Running.

    def run(self):
        last_option = max(self.options, default=-1)
        index = 0
        while index <= last_option:
            next_option = min([i for i in self.options if i >= index])
            if index != next_option:
                after = self._take_positionals(index)
                if after > index:
                    index = after
                    continue
            if index not in self.options:
                self.extras.extend(self.args[index:next_option])
                index = next_option
            index = self._take_option(index)
        index = self._take_positionals(index)
        self.extras.extend(self.args[index:])
        self._finish()
        return self.namespace, self.extras

    def _perform(self, action, strings, option=None):
        self.seen.add(action)
        values = self._values(action, strings)
        if values is not action.default:
            self.seen_not_default.add(action)
            for other in self.conflicts.get(action, []):
                if other in self.seen_not_default:
                    message = _("not allowed with argument %s")
                    raise ArgumentError(action,
                                        message % _get_action_name(other))
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option)

    def _take_option(self, index):
        action, option, explicit = self.options[index]
        pending = []
        while True:
            if action is None:
                self.extras.append(self.args[index])
                return index + 1
            if explicit is None:
                start = index + 1
                stop = start + self.parser._match_argument(action, self.letters[start:])
                pending.append((action, self.args[start:stop], option))
                break
            count = self.parser._match_argument(action, "A")
            chars = self.parser.prefix_chars
            if count == 0 and option[1] not in chars and explicit != "":
                # Several short options in one: -vx.
                pending.append((action, [], option))
                option = option[0] + explicit[0]
                explicit = explicit[1:] or None
                known = self.parser._option_string_actions
                if option not in known:
                    message = _("ignored explicit argument %r")
                    raise ArgumentError(
                        action, message % (option[1:] + (explicit or "")))
                action = known[option]
            elif count == 1:
                stop = index + 1
                pending.append((action, [explicit], option))
                break
            else:
                message = _("ignored explicit argument %r")
                raise ArgumentError(action, message % explicit)
        for action, strings, option in pending:
            self._perform(action, strings, option)
        return stop

    def _take_positionals(self, index):
        letters = self.letters[index:]
        counts = []
        for size in range(len(self.positionals), 0, -1):
            pattern = "".join([self.parser._get_nargs_pattern(action)
                               for action in self.positionals[:size]])
            match = re.match(pattern, letters)
            if match is not None:
                counts = [len(text) for text in match.groups()]
                break
        taken = self.positionals[:len(counts)]
        del self.positionals[:len(counts)]
        for action, count in zip(taken, counts):
            strings = self.args[index:index + count]
            index += count
            self._perform(action, strings)
        return index

    def _finish(self):
        parser = self.parser
        missing = []
        for action in parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif (action.default is not None
                  and isinstance(action.default, str)
                  and hasattr(self.namespace, action.dest)
                  and action.default is getattr(self.namespace, action.dest)):
                # A default given as text goes through the type as well.
                setattr(self.namespace, action.dest,
                        parser._get_value(action, action.default))
        if missing:
            message = _("the following arguments are required: %s")
            parser.error(message % ", ".join(missing))
        for group in parser._mutually_exclusive_groups:
            if not group.required:
                continue
            if any(action in self.seen_not_default
                   for action in group._group_actions):
                continue
            names = [_get_action_name(action)
                     for action in group._group_actions
                     if action.help is not SUPPRESS]
            message = _("one of the arguments %s is required")
            parser.error(message % " ".join(names))

    # Values.

    def _values(self, action, strings):
        parser = self.parser
        nargs = action.nargs
        if nargs not in (PARSER, REMAINDER) and "--" in strings:
            strings = list(strings)
            strings.remove("--")
        if not strings and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = parser._get_value(action, value)
                parser._check_value(action, value)
        elif (not strings and nargs == ZERO_OR_MORE
              and not action.option_strings):
            value = strings if action.default is None else action.default
            if action.default is None:
                parser._check_value(action, value)
        elif len(strings) == 1 and nargs in (None, OPTIONAL):
            value = parser._get_value(action, strings[0])
            parser._check_value(action, value)
        elif nargs == REMAINDER:
            value = [parser._get_value(action, text) for text in strings]
        elif nargs == PARSER:
            value = [parser._get_value(action, text) for text in strings]
            parser._check_value(action, value[0])
        elif nargs == SUPPRESS:
            value = SUPPRESS
        else:
            value = [parser._get_value(action, text) for text in strings]
            for item in value:
                parser._check_value(action, item)
        return value
