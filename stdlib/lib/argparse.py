"""Parsing command lines: a parser is told which arguments a program takes, and turns sys.argv into the attributes of a namespace.

    parser = argparse.ArgumentParser(description="sum the integers")
    parser.add_argument("integers", metavar="int", nargs="+", type=int)
    parser.add_argument("--log", default=sys.stdout, type=argparse.FileType("w"))
    args = parser.parse_args()

The layout of help texts is in _argparse_help, the actions in _argparse_actions.
"""

import os as _os
import re as _re
import sys as _sys

from _argparse_actions import (
    Action, ArgumentError, ArgumentTypeError, BooleanOptionalAction, FileType,
    Namespace, UNRECOGNIZED_ARGS as _UNRECOGNIZED_ARGS_ATTR, _AppendAction,
    _AppendConstAction, _AttributeHolder, _CountAction, _ExtendAction,
    _HelpAction, _StoreAction, _StoreConstAction, _StoreFalseAction,
    _StoreTrueAction, _SubParsersAction, _VersionAction, _get_action_name)
from _argparse_help import (
    ArgumentDefaultsHelpFormatter, HelpFormatter, MetavarTypeHelpFormatter,
    ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, RawDescriptionHelpFormatter,
    RawTextHelpFormatter, SUPPRESS, ZERO_OR_MORE)

__version__ = "1.1"
__all__ = [
    "ArgumentParser", "ArgumentError", "ArgumentTypeError",
    "BooleanOptionalAction", "FileType", "HelpFormatter",
    "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter",
    "RawTextHelpFormatter", "MetavarTypeHelpFormatter", "Namespace", "Action",
    "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER", "SUPPRESS",
    "ZERO_OR_MORE",
]


def _translated(message):
    """The message in the user's language, when a program set one up."""
    gettext = _sys.modules.get("gettext")
    return message if gettext is None else gettext.gettext(message)


def _plural(one, many, count):
    gettext = _sys.modules.get("gettext")
    if gettext is None:
        return one if count == 1 else many
    return gettext.ngettext(one, many, count)


_ = _translated


class _ActionsContainer:
    """What parsers and groups share: they can be given arguments."""

    def __init__(self, description, prefix_chars, argument_default,
                 conflict_handler):
        self.description = description
        self.argument_default = argument_default
        self.prefix_chars = prefix_chars
        self.conflict_handler = conflict_handler
        self._registries = {}
        for name, action in ((None, _StoreAction), ("store", _StoreAction),
                             ("store_const", _StoreConstAction),
                             ("store_true", _StoreTrueAction),
                             ("store_false", _StoreFalseAction),
                             ("append", _AppendAction),
                             ("append_const", _AppendConstAction),
                             ("count", _CountAction), ("help", _HelpAction),
                             ("version", _VersionAction),
                             ("parsers", _SubParsersAction),
                             ("extend", _ExtendAction)):
            self.register("action", name, action)
        self._get_handler()
        self._actions = []
        self._option_string_actions = {}
        self._action_groups = []
        self._mutually_exclusive_groups = []
        self._defaults = {}
        self._negative_number_matcher = _re.compile(r"^-\d+$|^-\d*\.\d+$")
        # Filled when an option looks like a negative number. A list, because
        # groups share it.
        self._has_negative_number_optionals = []

    def register(self, registry_name, value, object):
        self._registries.setdefault(registry_name, {})[value] = object

    def _registry_get(self, registry_name, value, default=None):
        return self._registries[registry_name].get(value, default)

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    def add_argument(self, *args, **kwargs):
        """add_argument(dest, ..., name=value, ...)
        add_argument(option_string, option_string, ..., name=value, ...)
        """
        chars = self.prefix_chars
        if not args or len(args) == 1 and args[0][0] not in chars:
            if args and "dest" in kwargs:
                raise ValueError("dest supplied twice for positional argument")
            kwargs = self._get_positional_kwargs(*args, **kwargs)
        else:
            kwargs = self._get_optional_kwargs(*args, **kwargs)
        if "default" not in kwargs:
            if kwargs["dest"] in self._defaults:
                kwargs["default"] = self._defaults[kwargs["dest"]]
            elif self.argument_default is not None:
                kwargs["default"] = self.argument_default
        action_class = self._pop_action_class(kwargs)
        if not callable(action_class):
            raise ValueError(f'unknown action "{action_class}"')
        action = action_class(**kwargs)
        type_function = self._registry_get("type", action.type, action.type)
        if not callable(type_function):
            raise ValueError(f"{type_function!r} is not callable")
        if type_function is FileType:
            raise ValueError(f"{type_function!r} is a FileType class object, "
                             "instance of it must be passed")
        if hasattr(self, "_get_formatter"):
            try:
                self._get_formatter()._format_args(action, None)
            except TypeError:
                raise ValueError("length of metavar tuple does not match "
                                 "nargs") from None
        return self._add_action(action)

    def add_argument_group(self, *args, **kwargs):
        group = _ArgumentGroup(self, *args, **kwargs)
        self._action_groups.append(group)
        return group

    def add_mutually_exclusive_group(self, **kwargs):
        group = _MutuallyExclusiveGroup(self, **kwargs)
        self._mutually_exclusive_groups.append(group)
        return group

    def _add_action(self, action):
        self._check_conflict(action)
        self._actions.append(action)
        action.container = self
        for option in action.option_strings:
            self._option_string_actions[option] = action
            if (self._negative_number_matcher.match(option)
                    and not self._has_negative_number_optionals):
                self._has_negative_number_optionals.append(True)
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def _add_container_actions(self, container):
        """The arguments and groups of a parent parser."""
        by_title = {}
        for group in self._action_groups:
            if group.title in by_title:
                raise ValueError(f"cannot merge actions - two groups are named "
                                 f"{group.title!r}")
            by_title[group.title] = group
        group_of = {}
        for group in container._action_groups:
            if group.title not in by_title:
                by_title[group.title] = self.add_argument_group(
                    title=group.title, description=group.description,
                    conflict_handler=group.conflict_handler)
            for action in group._group_actions:
                group_of[action] = by_title[group.title]
        for group in container._mutually_exclusive_groups:
            merged = self.add_mutually_exclusive_group(required=group.required)
            for action in group._group_actions:
                group_of[action] = merged
        for action in container._actions:
            group_of.get(action, self)._add_action(action)

    def _get_positional_kwargs(self, dest, **kwargs):
        if "required" in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        nargs = kwargs.get("nargs")
        if nargs not in (OPTIONAL, ZERO_OR_MORE):
            kwargs["required"] = True
        if nargs == ZERO_OR_MORE and "default" not in kwargs:
            kwargs["required"] = True
        return dict(kwargs, dest=dest, option_strings=[])

    def _get_optional_kwargs(self, *args, **kwargs):
        chars = self.prefix_chars
        long_options = []
        for option in args:
            if option[0] not in chars:
                raise ValueError(f"invalid option string {option!r}: must "
                                 f"start with a character {chars!r}")
            if len(option) > 1 and option[1] in chars:
                long_options.append(option)
        dest = kwargs.pop("dest", None)
        if dest is None:
            dest = (long_options or args)[0].lstrip(chars)
            if not dest:
                raise ValueError(f"dest= is required for options like {args[-1]!r}")
            dest = dest.replace("-", "_")
        return dict(kwargs, dest=dest, option_strings=list(args))

    def _pop_action_class(self, kwargs, default=None):
        action = kwargs.pop("action", default)
        return self._registry_get("action", action, action)

    def _get_handler(self):
        try:
            return getattr(self, f"_handle_conflict_{self.conflict_handler}")
        except AttributeError:
            raise ValueError("invalid conflict_resolution value: "
                             f"{self.conflict_handler!r}") from None

    def _check_conflict(self, action):
        taken = [(option, self._option_string_actions[option])
                 for option in action.option_strings
                 if option in self._option_string_actions]
        if taken:
            self._get_handler()(action, taken)

    def _handle_conflict_error(self, action, conflicting_actions):
        message = _plural("conflicting option string: %s",
                          "conflicting option strings: %s",
                          len(conflicting_actions))
        raise ArgumentError(action, message % ", ".join(
            [option for option, _action in conflicting_actions]))

    def _handle_conflict_resolve(self, action, conflicting_actions):
        for option, other in conflicting_actions:
            other.option_strings.remove(option)
            self._option_string_actions.pop(option, None)
            if not other.option_strings:
                other.container._remove_action(other)


class _ArgumentGroup(_ActionsContainer):
    def __init__(self, container, title=None, description=None, **kwargs):
        kwargs.setdefault("conflict_handler", container.conflict_handler)
        kwargs.setdefault("prefix_chars", container.prefix_chars)
        kwargs.setdefault("argument_default", container.argument_default)
        super().__init__(description=description, **kwargs)
        self.title = title
        self._group_actions = []
        # The arguments of a group are the container's.
        self._registries = container._registries
        self._actions = container._actions
        self._option_string_actions = container._option_string_actions
        self._defaults = container._defaults
        self._has_negative_number_optionals = (
            container._has_negative_number_optionals)
        self._mutually_exclusive_groups = container._mutually_exclusive_groups

    def _add_action(self, action):
        action = super()._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)

    def add_argument_group(self, *args, **kwargs):
        import warnings
        warnings.warn("Nesting argument groups is deprecated.",
                      category=DeprecationWarning, stacklevel=2)
        return super().add_argument_group(*args, **kwargs)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        super().__init__(container)
        self.required = required
        self._container = container

    def _add_action(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        action = self._container._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        self._container._remove_action(action)
        self._group_actions.remove(action)

    def add_mutually_exclusive_group(self, *args, **kwargs):
        import warnings
        warnings.warn("Nesting mutually exclusive groups is deprecated.",
                      category=DeprecationWarning, stacklevel=2)
        return super().add_mutually_exclusive_group(*args, **kwargs)


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    """Turns a command line into a namespace.

    prog              the program's name (default: from _sys.argv[0])
    usage             the usage line (default: made from the arguments)
    description       what the program does
    epilog            text behind the list of arguments
    parents           parsers whose arguments are taken over
    formatter_class   HelpFormatter or one of its kind
    prefix_chars      the characters that options begin with
    fromfile_prefix_chars   the characters before a file of arguments
    argument_default  the default of all arguments
    conflict_handler  "error" or "resolve"
    add_help          add -h and --help?
    allow_abbrev      may long options be abbreviated?
    exit_on_error     does an error end the program?
    """

    def __init__(self, prog=None, usage=None, description=None, epilog=None,
                 parents=[], formatter_class=HelpFormatter, prefix_chars="-",
                 fromfile_prefix_chars=None, argument_default=None,
                 conflict_handler="error", add_help=True, allow_abbrev=True,
                 exit_on_error=True):
        _ActionsContainer.__init__(self, description, prefix_chars,
                                   argument_default, conflict_handler)
        self.prog = _os.path.basename(_sys.argv[0]) if prog is None else prog
        self.usage = usage
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.fromfile_prefix_chars = fromfile_prefix_chars
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self._positionals = self.add_argument_group(_("positional arguments"))
        self._optionals = self.add_argument_group(_("options"))
        self._subparsers = None
        self.register("type", None, _identity)
        if add_help:
            prefix = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(prefix + "h", prefix * 2 + "help", action="help",
                              default=SUPPRESS,
                              help=_("show this help message and exit"))
        for parent in parents:
            self._add_container_actions(parent)
            self._defaults.update(parent._defaults)

    def _get_kwargs(self):
        names = ("prog", "usage", "description", "formatter_class",
                 "conflict_handler", "add_help")
        return [(name, getattr(self, name)) for name in names]

    # Arguments.

    def add_subparsers(self, **kwargs):
        if self._subparsers is not None:
            self.error(_("cannot have multiple subparser arguments"))
        kwargs.setdefault("parser_class", type(self))
        if "title" in kwargs or "description" in kwargs:
            title = kwargs.pop("title", "subcommands")
            description = kwargs.pop("description", None)
            self._subparsers = self.add_argument_group(_(title), _(description)
                                                       if description else description)
        else:
            self._subparsers = self._positionals
        if kwargs.get("prog") is None:
            formatter = self._get_formatter()
            formatter.add_usage(self.usage, self._get_positional_actions(),
                                self._mutually_exclusive_groups, "")
            kwargs["prog"] = formatter.format_help().strip()
        parsers_class = self._pop_action_class(kwargs, "parsers")
        action = parsers_class(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        if action.option_strings:
            self._optionals._add_action(action)
        else:
            self._positionals._add_action(action)
        return action

    def _get_optional_actions(self):
        return [action for action in self._actions if action.option_strings]

    def _get_positional_actions(self):
        return [action for action in self._actions
                if not action.option_strings]

    # Parsing.

    def parse_args(self, args=None, namespace=None):
        args, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error(_("unrecognized arguments: %s") % " ".join(unknown))
        return args

    def parse_known_args(self, args=None, namespace=None):
        args = _sys.argv[1:] if args is None else list(args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if (action.dest is not SUPPRESS and action.default is not SUPPRESS
                    and not hasattr(namespace, action.dest)):
                setattr(namespace, action.dest, action.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        if self.exit_on_error:
            try:
                namespace, unknown = self._parse_known_args(args, namespace)
            except ArgumentError as error:
                self.error(str(error))
        else:
            namespace, unknown = self._parse_known_args(args, namespace)
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            unknown.extend(getattr(namespace, _UNRECOGNIZED_ARGS_ATTR))
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, unknown

    def _parse_known_args(self, arg_strings, namespace):
        from _argparse_parse import Parse
        if self.fromfile_prefix_chars is not None:
            arg_strings = self._read_args_from_files(arg_strings)
        return Parse(self, arg_strings, namespace).run()

    def parse_intermixed_args(self, args=None, namespace=None):
        args, unknown = self.parse_known_intermixed_args(args, namespace)
        if unknown:
            self.error(_("unrecognized arguments: %s") % " ".join(unknown))
        return args

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """Parses the options first and then what is left as positionals, so
        that the two may be mixed freely."""
        positionals = self._get_positional_actions()
        if any(action.nargs in (PARSER, REMAINDER) for action in positionals):
            raise TypeError("parse_intermixed_args: positional arg with "
                            "nargs=%s" % [a.nargs for a in positionals
                                          if a.nargs in (PARSER, REMAINDER)][0])
        for group in self._mutually_exclusive_groups:
            if any(action in positionals for action in group._group_actions):
                raise TypeError("parse_intermixed_args: positional in "
                                "mutuallyExclusiveGroup")
        usage = self.usage
        try:
            if self.usage is None:
                # So that an error in the first pass shows all of it.
                self.usage = self.format_usage()[7:]
            saved = [(a, a.nargs, a.default) for a in positionals]
            try:
                for action in positionals:
                    action.nargs = SUPPRESS
                    action.default = SUPPRESS
                namespace, rest = self.parse_known_args(args, namespace)
                for action in positionals:
                    if (hasattr(namespace, action.dest)
                            and getattr(namespace, action.dest) == []):
                        delattr(namespace, action.dest)
            finally:
                for action, nargs, default in saved:
                    action.nargs = nargs
                    action.default = default
            optionals = self._get_optional_actions()
            required = [(action, action.required) for action in optionals]
            groups = [(group, group.required)
                      for group in self._mutually_exclusive_groups]
            try:
                for action in optionals:
                    action.required = False
                for group, _required in groups:
                    group.required = False
                namespace, rest = self.parse_known_args(rest, namespace)
            finally:
                for action, was in required:
                    action.required = was
                for group, was in groups:
                    group.required = was
        finally:
            self.usage = usage
        return namespace, rest

    def _read_args_from_files(self, arg_strings):
        result = []
        for arg in arg_strings:
            if not arg or arg[0] not in self.fromfile_prefix_chars:
                result.append(arg)
                continue
            try:
                with open(arg[1:], encoding=_sys.getfilesystemencoding(),
                          errors=_sys.getfilesystemencodeerrors()) as file:
                    inner = []
                    for line in file.read().splitlines():
                        inner.extend(self.convert_arg_line_to_args(line))
                result.extend(self._read_args_from_files(inner))
            except OSError as error:
                self.error(str(error))
        return result

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def _get_value(self, action, arg_string):
        function = self._registry_get("type", action.type, action.type)
        if not callable(function):
            raise ArgumentError(action, f"{function!r} is not callable")
        try:
            return function(arg_string)
        except ArgumentTypeError as error:
            raise ArgumentError(action, str(error)) from None
        except (TypeError, ValueError):
            name = getattr(action.type, "__name__", repr(action.type))
            message = _("invalid %(type)s value: %(value)r")
            raise ArgumentError(action, message
                                % dict(type=name, value=arg_string)) from None

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            message = _("invalid choice: %(value)r (choose from %(choices)s)")
            raise ArgumentError(action, message % dict(
                value=value, choices=", ".join(map(repr, action.choices))))

    # Help.

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def format_usage(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions,
                            self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions,
                            self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def print_usage(self, file=None):
        self._print_message(self.format_usage(),
                            _sys.stdout if file is None else file)

    def print_help(self, file=None):
        self._print_message(self.format_help(),
                            _sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            file = _sys.stderr if file is None else file
            try:
                file.write(message)
            except (AttributeError, OSError):
                pass

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        """Prints the usage and the message on stderr and exits with 2."""
        self.print_usage(_sys.stderr)
        text = _("%(prog)s: error: %(message)s\n")
        self.exit(2, text % dict(prog=self.prog, message=message))


def _identity(string):
    return string
