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


# What add_argument(action=...) may say, besides a class.
_ACTIONS = {None: _StoreAction, 'store': _StoreAction, 'store_const': _StoreConstAction, 'store_true': _StoreTrueAction,
            'store_false': _StoreFalseAction, 'append': _AppendAction, 'append_const': _AppendConstAction,
            'extend': _ExtendAction, 'count': _CountAction, 'help': _HelpAction, 'version': _VersionAction,
            'parsers': _SubParsersAction}


class _ActionsContainer:
    """What parsers and groups share: they can be given arguments."""

    # What a group has in common with what it is a group of.
    _SHARED = ('_registries', '_actions', '_option_string_actions', '_defaults', '_has_negative_number_optionals',
               '_mutually_exclusive_groups')

    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description, self.prefix_chars = description, prefix_chars
        self.argument_default, self.conflict_handler = argument_default, conflict_handler
        self._get_handler()
        self._registries = {'action': {**_ACTIONS}}
        self._actions, self._option_string_actions, self._defaults = [], {}, {}
        self._action_groups, self._mutually_exclusive_groups = [], []
        # Not empty when an option looks like a negative number. A list, because groups share it.
        self._has_negative_number_optionals = []
        self._negative_number_matcher = _re.compile(r'-(\d+|\d*\.\d+)$')

    # --- registries and defaults ---

    def register(self, registry_name, value, object):
        if registry_name not in self._registries:
            self._registries[registry_name] = {}
        self._registries[registry_name][value] = object

    def _registry_get(self, registry_name, value, default=None):
        known = self._registries[registry_name]
        return known.get(value, default)

    def _pop_action_class(self, kwargs, default=None):
        wanted = kwargs.pop('action', default)
        return self._registry_get('action', wanted, wanted)

    def set_defaults(self, **kwargs):
        self._defaults |= kwargs
        for action in self._actions:
            action.default = kwargs.get(action.dest, action.default)

    def get_default(self, dest):
        own = (action.default for action in self._actions if action.dest == dest)
        return next((value for value in own if value is not None), self._defaults.get(dest))

    # --- arguments ---

    def add_argument(self, *args, **kwargs):
        """add_argument(dest, ..., name=value, ...)
        add_argument(option_string, option_string, ..., name=value, ...)
        """
        if args and (len(args) > 1 or args[0][0] in self.prefix_chars):
            settings = self._get_optional_kwargs(*args, **kwargs)
        elif args and 'dest' in kwargs:
            raise ValueError('dest supplied twice for positional argument')
        else:
            settings = self._get_positional_kwargs(*args, **kwargs)
        if settings['dest'] in self._defaults:
            settings.setdefault('default', self._defaults[settings['dest']])
        elif self.argument_default is not None:
            settings.setdefault('default', self.argument_default)
        make = self._pop_action_class(settings)
        if not callable(make):
            raise ValueError(f'unknown action "{make}"')
        action = make(**settings)
        self._check_type(self._registry_get('type', action.type, action.type))
        self._check_metavar(action)
        return self._add_action(action)

    @staticmethod
    def _check_type(function):
        if not callable(function):
            raise ValueError(f'{function!r} is not callable')
        if function is FileType:
            raise ValueError(f'{function!r} is a FileType class object, instance of it must be passed')

    def _check_metavar(self, action):
        """Only formatting shows whether there are as many names as values. Groups cannot format."""
        if not hasattr(self, '_get_formatter'):
            return
        try:
            self._get_formatter()._format_args(action, None)
        except TypeError:
            raise ValueError('length of metavar tuple does not match nargs') from None

    def add_argument_group(self, *args, **kwargs):
        self._action_groups.append(_ArgumentGroup(self, *args, **kwargs))
        return self._action_groups[-1]

    def add_mutually_exclusive_group(self, **kwargs):
        self._mutually_exclusive_groups.append(_MutuallyExclusiveGroup(self, **kwargs))
        return self._mutually_exclusive_groups[-1]

    def _add_action(self, action):
        self._check_conflict(action)
        action.container = self
        self._actions.append(action)
        self._option_string_actions.update(dict.fromkeys(action.option_strings, action))
        if any(map(self._negative_number_matcher.match, action.option_strings)):
            self._has_negative_number_optionals[:] = [True]
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def _add_container_actions(self, container):
        """Takes over the arguments and groups of a parent parser. Groups of the same title become one."""
        groups = {}
        for group in self._action_groups:
            if groups.setdefault(group.title, group) is not group:
                raise ValueError(f'cannot merge actions - two groups are named {group.title!r}')
        homes = {}
        for group in container._action_groups:
            if group.title not in groups:
                groups[group.title] = self.add_argument_group(
                    title=group.title, description=group.description, conflict_handler=group.conflict_handler)
            homes.update(dict.fromkeys(group._group_actions, groups[group.title]))
        for group in container._mutually_exclusive_groups:
            taken_over = self.add_mutually_exclusive_group(required=group.required)
            homes.update(dict.fromkeys(group._group_actions, taken_over))
        for action in container._actions:
            homes.get(action, self)._add_action(action)

    def _get_positional_kwargs(self, dest, **kwargs):
        if 'required' in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        how_many = kwargs.get('nargs')
        # It must be there unless nothing is enough; of any number, when there is nothing to take instead.
        if how_many != OPTIONAL and (how_many != ZERO_OR_MORE or 'default' not in kwargs):
            kwargs['required'] = True
        return {**kwargs, 'dest': dest, 'option_strings': []}

    def _get_optional_kwargs(self, *args, **kwargs):
        prefixes = self.prefix_chars
        for option in args:
            if option[0] not in prefixes:
                raise ValueError(f'invalid option string {option!r}: must start with a character {prefixes!r}')
        dest = kwargs.pop('dest', None)
        if dest is None:
            # The first long one gives the name, or the first of all.
            chosen = next((option for option in args if len(option) > 1 and option[1] in prefixes), args[0])
            dest = chosen.lstrip(prefixes).replace('-', '_')
            if not dest:
                raise ValueError(f'dest= is required for options like {args[-1]!r}')
        return {**kwargs, 'dest': dest, 'option_strings': [*args]}

    # --- conflicts ---

    def _get_handler(self):
        handler = getattr(self, f'_handle_conflict_{self.conflict_handler}', None)
        if handler is None:
            raise ValueError(f'invalid conflict_resolution value: {self.conflict_handler!r}')
        return handler

    def _check_conflict(self, action):
        known = self._option_string_actions
        taken = [(option, known[option]) for option in action.option_strings if option in known]
        if taken:
            self._get_handler()(action, taken)

    def _handle_conflict_error(self, action, conflicting_actions):
        names = [option for option, _other in conflicting_actions]
        form = _plural('conflicting option string: %s', 'conflicting option strings: %s', len(names))
        raise ArgumentError(action, form % ', '.join(names))

    def _handle_conflict_resolve(self, action, conflicting_actions):
        for option, other in conflicting_actions:
            self._option_string_actions.pop(option, None)
            other.option_strings.remove(option)
            if not other.option_strings:
                # There is no way left to give it.
                other.container._remove_action(other)


def _warn_nesting(what):
    import warnings
    warnings.warn(f'Nesting {what} groups is deprecated.', DeprecationWarning, stacklevel=3)


class _ArgumentGroup(_ActionsContainer):
    """Arguments under a title of their own in the help."""

    def __init__(self, container, title=None, description=None, **kwargs):
        inherited = {name: getattr(container, name) for name in ('prefix_chars', 'argument_default', 'conflict_handler')}
        super().__init__(description=description, **{**inherited, **kwargs})
        self.title, self._group_actions = title, []
        for name in self._SHARED:
            setattr(self, name, getattr(container, name))

    def _add_action(self, action):
        self._group_actions.append(super()._add_action(action))
        return action

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)

    def add_argument_group(self, *args, **kwargs):
        _warn_nesting('argument')
        return super().add_argument_group(*args, **kwargs)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    """Arguments of which only one may be given; they are the container's, which has them in its help."""

    def __init__(self, container, required=False):
        super().__init__(container)
        self._container, self.required = container, required

    def _add_action(self, action):
        if action.required:
            raise ValueError('mutually exclusive arguments must be optional')
        self._group_actions.append(self._container._add_action(action))
        return action

    def _remove_action(self, action):
        self._group_actions.remove(action)
        self._container._remove_action(action)

    def add_mutually_exclusive_group(self, *args, **kwargs):
        _warn_nesting('mutually exclusive')
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

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter,
                 prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error',
                 add_help=True, allow_abbrev=True, exit_on_error=True):
        super().__init__(description, prefix_chars, argument_default, conflict_handler)
        self.prog = prog if prog is not None else _os.path.basename(_sys.argv[0])
        self.usage, self.epilog, self.formatter_class = usage, epilog, formatter_class
        self.fromfile_prefix_chars, self.allow_abbrev = fromfile_prefix_chars, allow_abbrev
        self.add_help, self.exit_on_error = add_help, exit_on_error
        self.register('type', None, _identity)
        self._positionals, self._optionals = map(self.add_argument_group, (_('positional arguments'), _('options')))
        self._subparsers = None
        if add_help:
            dash = '-' if '-' in prefix_chars else prefix_chars[0]
            self.add_argument(f'{dash}h', f'{dash}{dash}help', action='help', default=SUPPRESS,
                              help=_('show this help message and exit'))
        for parent in parents:
            self._add_container_actions(parent)
            self._defaults |= parent._defaults

    def _get_kwargs(self):
        # What repr() shows.
        shown = ('prog', 'usage', 'description', 'formatter_class', 'conflict_handler', 'add_help')
        return [(name, getattr(self, name)) for name in shown]

    # Arguments.

    def add_subparsers(self, **kwargs):
        if self._subparsers is not None:
            self.error(_('cannot have multiple subparser arguments'))
        self._subparsers = self._positionals
        if not kwargs.keys().isdisjoint(('title', 'description')):
            title, description = kwargs.pop('title', 'subcommands'), kwargs.pop('description', None)
            self._subparsers = self.add_argument_group(_(title), description and _(description))
        kwargs.setdefault('parser_class', type(self))
        if kwargs.get('prog') is None:
            # The usage without options: subparsers come behind the arguments of this parser.
            lines = self._get_formatter()
            lines.add_usage(self.usage, self._get_positional_actions(), self._mutually_exclusive_groups, '')
            kwargs['prog'] = lines.format_help().strip()
        make = self._pop_action_class(kwargs, 'parsers')
        made = make(option_strings=[], **kwargs)
        self._subparsers._add_action(made)
        return made

    def _add_action(self, action):
        home = self._optionals if action.option_strings else self._positionals
        home._add_action(action)
        return action

    def _get_optional_actions(self):
        return [*filter(lambda action: action.option_strings, self._actions)]

    def _get_positional_actions(self):
        return [*filter(lambda action: not action.option_strings, self._actions)]

    # Parsing.

    def parse_args(self, args=None, namespace=None):
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error(_('unrecognized arguments: %s') % ' '.join(unknown))
        return found

    def parse_known_args(self, args=None, namespace=None):
        words = [*(_sys.argv[1:] if args is None else args)]
        if namespace is None:
            namespace = Namespace()
        wanted = [(action.dest, action.default) for action in self._actions
                  if action.dest is not SUPPRESS and action.default is not SUPPRESS]
        for dest, value in [*wanted, *self._defaults.items()]:
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        try:
            namespace, unknown = self._parse_known_args(words, namespace)
        except ArgumentError as problem:
            if not self.exit_on_error:
                raise
            self.error(str(problem))
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            # What subparsers did not know.
            unknown += getattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
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

    # How many arguments an action takes: what replaces or wraps these two is asked.

    def _get_nargs_pattern(self, action):
        from _argparse_parse import nargs_pattern
        return nargs_pattern(action)

    def _match_argument(self, action, arg_strings_pattern):
        from _argparse_parse import match_count
        return match_count(self._get_nargs_pattern(action), action, arg_strings_pattern)

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
