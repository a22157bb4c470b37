"""One option of optparse, from its definition to what it does when it is met.

Everything that an action implies stands in one table (_ACTIONS); the tuples of names that subclasses extend are made
from it. The parser that owns options is in optparse.py, the look of the help in _optparse_help.py.
"""
from _optparse_help import NO_DEFAULT, _translated as _

__all__ = ['OptParseError', 'OptionError', 'OptionConflictError', 'OptionValueError', 'BadOptionError',
           'AmbiguousOptionError', 'Option', 'check_builtin', 'check_choice']


# --- errors ---

class OptParseError(Exception):
    """The base of all errors here."""

    def __init__(self, msg):
        self.msg = msg

    def __str__(self):
        return self.msg


class OptionError(OptParseError):
    """The program defines an option that makes no sense."""

    def __init__(self, msg, option):
        self.msg, self.option_id = msg, str(option)

    def __str__(self):
        return f'option {self.option_id}: {self.msg}' if self.option_id else self.msg


class OptionConflictError(OptionError):
    """The program defines two options with one string."""


class OptionValueError(OptParseError):
    """The command line gives an option a value that it does not take."""


class BadOptionError(OptParseError):
    """The command line has an option that the program does not know."""

    def __init__(self, opt_str):
        self.opt_str = opt_str

    def __str__(self):
        return _('no such option: %s') % self.opt_str


class AmbiguousOptionError(BadOptionError):
    """The command line has an abbreviation of several options."""

    def __init__(self, opt_str, possibilities):
        super().__init__(opt_str)
        self.possibilities = possibilities

    def __str__(self):
        return _('ambiguous option: %s (%s?)') % (self.opt_str, ', '.join(self.possibilities))


# --- types ---

# How the digits of a number are written, by what it begins with.
_RADICES = (('0x', 16), ('0b', 2), ('0', 8), ('', 10))


def _parse_num(val, type):
    start, radix = next(pair for pair in _RADICES if val.lower().startswith(pair[0]))
    if radix == 2:
        val = val.removeprefix(val[:2]) or '0'
    return type(val, radix)


def _parse_int(val):
    return _parse_num(val, int)


_integer = (_parse_int, 'integer')
_CONVERTERS = {'int': _integer, 'long': _integer, 'float': (float, 'floating-point'), 'complex': (complex, 'complex')}


def check_builtin(option, opt, value):
    """The value as the number that the option's type asks for."""
    convert, words = _CONVERTERS[option.type]
    try:
        return convert(value)
    except ValueError:
        message = _('option %s: invalid %s value: %r') % (opt, _(words), value)
    raise OptionValueError(message)


def check_choice(option, opt, value):
    """The value, if it is one of the option's choices."""
    if value not in option.choices:
        message = _('option %s: invalid choice: %r (choose from %s)')
        raise OptionValueError(message % (opt, value, ', '.join(map(repr, option.choices))))
    return value


# --- actions ---

def _append(values, dest, item):
    values.ensure_value(dest, []).append(item)


def _call_back(option, opt, value, parser):
    option.callback(option, opt, value, parser, *(option.callback_args or ()), **(option.callback_kwargs or {}))


def _help(option, opt, value, parser):
    parser.print_help()
    parser.exit()


def _version(option, opt, value, parser):
    parser.print_version()
    parser.exit()


# An action, what it implies (it has a destination, may have a type, has always one, needs a constant), and what it
# does to the values. What is done with the parser stands below.
_ACTIONS = {
    'store': ({'dest', 'type', 'always'}, lambda option, values, dest, value: setattr(values, dest, value)),
    'store_const': ({'dest', 'const'}, lambda option, values, dest, value: setattr(values, dest, option.const)),
    'store_true': ({'dest'}, lambda option, values, dest, value: setattr(values, dest, True)),
    'store_false': ({'dest'}, lambda option, values, dest, value: setattr(values, dest, False)),
    'append': ({'dest', 'type', 'always'}, lambda option, values, dest, value: _append(values, dest, value)),
    'append_const': ({'dest', 'const'}, lambda option, values, dest, value: _append(values, dest, option.const)),
    'count': ({'dest'}, lambda option, values, dest, value: setattr(values, dest, values.ensure_value(dest, 0) + 1)),
    'callback': ({'type'}, None),
    'help': (set(), None),
    'version': (set(), None),
}
_PARSER_ACTIONS = {'callback': _call_back, 'help': _help, 'version': _version}


def _actions_with(trait):
    return tuple(name for name, (traits, _) in _ACTIONS.items() if trait in traits)


class Option:
    """One option: its strings, and what is done when it is met.

    Its attributes are named in ATTRS. A subclass may add names to ACTIONS and its kin and to TYPES, a function to
    TYPE_CHECKER, a check to CHECK_METHODS, and override take_action.
    """

    ATTRS = ['action', 'type', 'dest', 'default', 'nargs', 'const', 'choices', 'callback', 'callback_args',
             'callback_kwargs', 'help', 'metavar']
    ACTIONS = tuple(_ACTIONS)
    STORE_ACTIONS = _actions_with('dest')
    TYPED_ACTIONS = _actions_with('type')
    ALWAYS_TYPED_ACTIONS = _actions_with('always')
    CONST_ACTIONS = _actions_with('const')
    TYPES = ('string', *_CONVERTERS, 'choice')
    TYPE_CHECKER = {**dict.fromkeys(_CONVERTERS, check_builtin), 'choice': check_choice}

    def __init__(self, *opts, **attrs):
        self._short_opts, self._long_opts = [], []
        self._set_opt_strings(self._check_opt_strings(opts))
        self._set_attrs(attrs)
        for check in self.CHECK_METHODS:
            check(self)

    def _check_opt_strings(self, opts):
        strings = list(filter(None, opts))
        if strings:
            return strings
        raise TypeError('at least one option string must be supplied')

    def _set_opt_strings(self, opts):
        for opt in opts:
            dashes = len(opt) - len(opt.lstrip('-'))
            if len(opt) < 2:
                self._refuse(f'invalid option string {opt!r}: must be at least two characters long')
            elif len(opt) == 2:
                if dashes != 1 or opt[0] != '-':
                    self._refuse(f'invalid short option string {opt!r}: must be of the form -x, (x any non-dash char)')
                self._short_opts.append(opt)
            else:
                if dashes != 2:
                    self._refuse(f'invalid long option string {opt!r}: must start with --, followed by non-dash')
                self._long_opts.append(opt)

    def _set_attrs(self, attrs):
        given = dict(attrs)
        for name in self.ATTRS:
            setattr(self, name, given.pop(name, NO_DEFAULT if name == 'default' else None))
        if given:
            self._refuse(f'invalid keyword arguments: {", ".join(sorted(given))}')

    def _refuse(self, message):
        raise OptionError(message, self)

    # --- the checks, in the order in which they fill in what was left out ---

    def _check_action(self):
        if self.action is None:
            self.action = 'store'
        if self.action not in self.ACTIONS:
            self._refuse(f'invalid action: {self.action!r}')

    def _check_type(self):
        if self.type is None:
            if self.action in self.ALWAYS_TYPED_ACTIONS:
                self.type = 'string' if self.choices is None else 'choice'
            return
        name = self.type.__name__ if isinstance(self.type, type) else self.type
        self.type = 'string' if name == 'str' else name
        if self.type not in self.TYPES:
            self._refuse(f'invalid option type: {self.type!r}')
        if self.action not in self.TYPED_ACTIONS:
            self._refuse(f'must not supply a type for action {self.action!r}')

    def _check_choice(self):
        if self.type != 'choice':
            if self.choices is not None:
                self._refuse(f'must not supply choices for type {self.type!r}')
        elif self.choices is None:
            self._refuse("must supply a list of choices for type 'choice'")
        elif not isinstance(self.choices, (list, tuple)):
            kind = str(type(self.choices)).split("'")[1]
            self._refuse(f"choices must be a list of strings ('{kind}' supplied)")

    def _check_dest(self):
        if self.dest is None and (self.type is not None or self.action in self.STORE_ACTIONS):
            name = self.get_opt_string()
            self.dest = name[2:].replace('-', '_') if self._long_opts else name[1]

    def _check_const(self):
        if self.const is not None and self.action not in self.CONST_ACTIONS:
            self._refuse(f"'const' must not be supplied for action {self.action!r}")

    def _check_nargs(self):
        typed = self.action in self.TYPED_ACTIONS
        if self.nargs is None:
            self.nargs = 1 if typed else None
        elif not typed:
            self._refuse(f"'nargs' must not be supplied for action {self.action!r}")

    def _check_callback(self):
        if self.action != 'callback':
            if self.callback is not None:
                self._refuse(f'callback supplied ({self.callback!r}) for non-callback option')
            for name in 'callback_args', 'callback_kwargs':
                if getattr(self, name) is not None:
                    self._refuse(f'{name} supplied for non-callback option')
            return
        if not callable(self.callback):
            self._refuse(f'callback not callable: {self.callback!r}')
        for name, kind in ('callback_args', tuple), ('callback_kwargs', dict):
            given = getattr(self, name)
            if given is not None and not isinstance(given, kind):
                self._refuse(f'{name}, if supplied, must be a {kind.__name__}: not {given!r}')

    CHECK_METHODS = [_check_action, _check_type, _check_choice, _check_dest, _check_const, _check_nargs,
                     _check_callback]

    # --- what it says of itself ---

    def __str__(self):
        return '/'.join((*self._short_opts, *self._long_opts))

    def __repr__(self):
        return f'<{type(self).__name__} at 0x{id(self):x}: {self}>'

    def takes_value(self):
        return self.type is not None

    def get_opt_string(self):
        """The string to show it by: the first long one, if there is any."""
        return next(iter(self._long_opts or self._short_opts))

    # --- when it is met ---

    def check_value(self, opt, value):
        """A string of the command line as what the type makes of it."""
        if check := self.TYPE_CHECKER.get(self.type):
            return check(self, opt, value)
        return value

    def convert_value(self, opt, value):
        """One string or, with nargs over 1, several, as what the type makes of them."""
        if value is None or self.nargs == 1:
            return value if value is None else self.check_value(opt, value)
        return tuple([self.check_value(opt, each) for each in value])

    def process(self, opt, value, values, parser):
        converted = self.convert_value(opt, value)
        return self.take_action(self.action, self.dest, opt, converted, values, parser)

    def take_action(self, action, dest, opt, value, values, parser):
        _, effect = _ACTIONS.get(action, (None, None))
        if effect is not None:
            effect(self, values, dest, value)
        elif action in _PARSER_ACTIONS:
            _PARSER_ACTIONS[action](self, opt, value, parser)
        else:
            raise ValueError(f'unknown action {self.action!r}')
        return 1


for _name in __all__:
    globals()[_name].__module__ = 'optparse'
