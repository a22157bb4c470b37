"""Options of the command line, older than argparse and smaller.

OptionParser takes a command line apart, with the options that it and its groups (OptionGroup) hold, and gives Values.
What one option is and does: _optparse_option.py. How help looks: _optparse_help.py.
"""
import os
import sys
from _optparse_help import (HelpFormatter, IndentedHelpFormatter, NO_DEFAULT, TitledHelpFormatter,
                            _plural, _translated as _)
from _optparse_option import (AmbiguousOptionError, BadOptionError, OptParseError, Option, OptionConflictError,
                              OptionError, OptionValueError, _parse_int, _parse_num, check_builtin, check_choice)

__version__ = '1.5.3'
__all__ = ['Option', 'make_option', 'SUPPRESS_HELP', 'SUPPRESS_USAGE', 'Values', 'OptionContainer', 'OptionGroup',
           'OptionParser', 'HelpFormatter', 'IndentedHelpFormatter', 'TitledHelpFormatter', 'OptParseError',
           'OptionError', 'OptionConflictError', 'OptionValueError', 'BadOptionError', 'check_choice']

SUPPRESS_HELP, SUPPRESS_USAGE = ('SUPPRESS' + what for what in ('HELP', 'USAGE'))
make_option = Option


class Values:
    """What the options of a command line came to: an attribute for each destination."""

    def __init__(self, defaults=None):
        vars(self).update(defaults or {})

    def __str__(self):
        return str(vars(self))

    __repr__ = Option.__repr__

    def __eq__(self, other):
        if isinstance(other, Values):
            other = vars(other)
        return vars(self) == other if isinstance(other, dict) else NotImplemented

    def _update(self, new, mode):
        """Take attributes from a dict: all of them (loose), or what is known here already and not None (careful)."""
        if mode == 'careful':
            known = set(dir(self))
            new = {name: value for name, value in new.items() if name in known and value is not None}
        elif mode != 'loose':
            raise ValueError(f'invalid update mode: {mode!r}')
        vars(self).update(new)

    def read_module(self, modname, mode='careful'):
        __import__(modname)
        self._update(vars(sys.modules[modname]), mode)

    def read_file(self, filename, mode='careful'):
        names = {}
        with open(filename) as file:
            exec(file.read(), names)
        self._update(names, mode)

    def ensure_value(self, attr, value):
        """The attribute; made of the value if it is missing or None."""
        present = getattr(self, attr, None)
        if present is None:
            setattr(self, attr, value)
            return value
        return present


class OptionContainer:
    """What holds options: a parser, or a group, which shares the look-up tables of its parser.

    _short_opt and _long_opt map strings to options, defaults destinations to values; option_list holds its own options.
    """

    def __init__(self, option_class, conflict_handler, description):
        self._create_option_list()
        self.option_class = option_class
        self.description = description
        self.set_conflict_handler(conflict_handler)

    def _create_option_mappings(self):
        self._short_opt, self._long_opt, self.defaults = {}, {}, {}

    def _share_option_mappings(self, parser):
        self._short_opt, self._long_opt, self.defaults = parser._short_opt, parser._long_opt, parser.defaults

    def set_conflict_handler(self, handler):
        if handler not in ('error', 'resolve'):
            raise ValueError(f'invalid conflict_resolution value {handler!r}')
        self.conflict_handler = handler

    def set_description(self, description):
        self.description = description

    def get_description(self):
        return self.description

    def destroy(self):
        """Cut the references between options, groups and parser."""
        for table in '_short_opt', '_long_opt', 'defaults':
            delattr(self, table)

    # --- options in and out ---

    def _strings(self, option):
        """Each table and string under which the option can be met, with the option's own list of such strings."""
        for table, own in (self._short_opt, option._short_opts), (self._long_opt, option._long_opts):
            for string in own:
                yield table, string, own

    def _check_conflict(self, option):
        taken = [(table, string) for table, string, own in self._strings(option) if string in table]
        if not taken:
            return
        if self.conflict_handler == 'error':
            raise OptionConflictError(
                _('conflicting option string(s): %s') % ', '.join(string for table, string in taken), option)
        for table, string in taken:
            older = table.pop(string)
            (older._long_opts if table is self._long_opt else older._short_opts).remove(string)
            if not older._short_opts and not older._long_opts:
                older.container.option_list.remove(older)

    def add_option(self, *args, **kwargs):
        """add_option(Option), or what make_option takes."""
        if isinstance(args[0], str):
            option = self.option_class(*args, **kwargs)
        elif kwargs or len(args) > 1:
            raise TypeError('invalid arguments')
        else:
            option, = args
            if not isinstance(option, Option):
                raise TypeError(f'not an Option instance: {option!r}')
        self._check_conflict(option)
        self.option_list.append(option)
        option.container = self
        for table, string, _own in self._strings(option):
            table[string] = option
        if option.dest is not None:
            if option.default is NO_DEFAULT:
                self.defaults.setdefault(option.dest, None)
            else:
                self.defaults[option.dest] = option.default
        return option

    def add_options(self, option_list):
        for each in option_list:
            self.add_option(each)

    def get_option(self, opt_str):
        """The option with that string, or None."""
        return self._short_opt.get(opt_str, self._long_opt.get(opt_str))

    def has_option(self, opt_str):
        return self.get_option(opt_str) is not None

    def remove_option(self, opt_str):
        option = self.get_option(opt_str)
        if option is None:
            raise ValueError(f'no such option {opt_str!r}')
        for table, string, _own in self._strings(option):
            del table[string]
        option.container.option_list.remove(option)

    # --- help ---

    def format_option_help(self, formatter):
        return ''.join([formatter.format_option(option) for option in self.option_list or ()
                        if option.help is not SUPPRESS_HELP])

    def format_description(self, formatter):
        return formatter.format_description(self.get_description())

    def format_help(self, formatter):
        parts = [self.format_description(formatter)] if self.description else []
        if self.option_list:
            parts.append(self.format_option_help(formatter))
        return '\n'.join(parts)


class OptionGroup(OptionContainer):
    """Options that stand under a heading of their own in the help."""

    def __init__(self, parser, title, description=None):
        self.parser = parser
        super().__init__(parser.option_class, parser.conflict_handler, description)
        self.title = title

    def _create_option_list(self):
        self.option_list = []
        self._share_option_mappings(self.parser)

    def set_title(self, title):
        self.title = title

    def destroy(self):
        super().destroy()
        del self.option_list

    def format_help(self, formatter):
        heading = formatter.format_heading(self.title)
        formatter.indent()
        body = super().format_help(formatter)
        formatter.dedent()
        return heading + body


class OptionParser(OptionContainer):
    """Takes a command line apart.

    While it does, rargs holds what is still to be read, largs the arguments that are no options, and values the result
    so far: callbacks may change all three.
    """

    standard_option_list = []

    def __init__(self, usage=None, option_list=None, option_class=Option, version=None, conflict_handler='error',
                 description=None, formatter=None, add_help_option=True, prog=None, epilog=None):
        super().__init__(option_class, conflict_handler, description)
        self.set_usage(usage)
        self.prog, self.version, self.epilog = prog, version, epilog
        self.allow_interspersed_args = self.process_default_values = True
        self.formatter = formatter or IndentedHelpFormatter()
        self.formatter.set_parser(self)
        self._populate_option_list(option_list, add_help_option)
        self._init_parsing_state()

    def destroy(self):
        super().destroy()
        for group in self.option_groups:
            group.destroy()
        del self.option_list, self.option_groups, self.formatter

    def _create_option_list(self):
        self.option_list, self.option_groups = [], []
        self._create_option_mappings()

    def _add_help_option(self):
        self.add_option('-h', '--help', action='help', help=_('show this help message and exit'))

    def _add_version_option(self):
        self.add_option('--version', action='version', help=_("show program's version number and exit"))

    def _populate_option_list(self, option_list, add_help=True):
        self.add_options([*(self.standard_option_list or ()), *(option_list or ())])
        if self.version:
            self._add_version_option()
        if add_help:
            self._add_help_option()

    def _init_parsing_state(self):
        self.rargs = self.largs = self.values = None

    # --- settings ---

    def set_usage(self, usage):
        """The line of usage. A "usage: " before it is left out, SUPPRESS_USAGE means that there is none."""
        if usage is None:
            usage = _('%prog [options]')
        elif usage is SUPPRESS_USAGE:
            usage = None
        elif usage[:7].lower() == 'usage: ':
            usage = usage[7:]
        self.usage = usage

    def enable_interspersed_args(self):
        """Options may come after arguments: the default."""
        self.allow_interspersed_args = True

    def disable_interspersed_args(self):
        """What follows the first argument is no option, whatever it looks like."""
        self.allow_interspersed_args = False

    def set_process_default_values(self, process):
        self.process_default_values = process

    def set_default(self, dest, value):
        self.set_defaults(**{dest: value})

    def set_defaults(self, **kwargs):
        self.defaults.update(kwargs)

    def _get_all_options(self):
        groups = (self, *self.option_groups)
        return [option for group in groups for option in group.option_list]

    def get_default_values(self):
        """Values without a command line. Defaults that are strings are converted as arguments are."""
        defaults = self.defaults
        if self.process_default_values:
            defaults = dict(defaults)
            for option in self._get_all_options():
                text = defaults.get(option.dest)
                if isinstance(text, str):
                    defaults[option.dest] = option.check_value(option.get_opt_string(), text)
        return Values(defaults)

    def add_option_group(self, *args, **kwargs):
        """add_option_group(OptionGroup), or its title and description."""
        if isinstance(args[0], str):
            group = OptionGroup(self, *args, **kwargs)
        elif kwargs or len(args) > 1:
            raise TypeError('invalid arguments')
        else:
            group, = args
            if not isinstance(group, OptionGroup):
                raise TypeError(f'not an OptionGroup instance: {group!r}')
            if group.parser is not self:
                raise ValueError('invalid OptionGroup (wrong parser)')
        self.option_groups.append(group)
        return group

    def get_option_group(self, opt_str):
        option = self.get_option(opt_str)
        return option.container if option and option.container is not self else None

    # --- taking a command line apart ---

    def _get_args(self, args):
        return list(sys.argv[1:] if args is None else args)

    def parse_args(self, args=None, values=None):
        """(values, the arguments that are left), of args or sys.argv[1:]. A mistake of the user ends the program."""
        self.rargs, self.largs = self._get_args(args), []
        self.values = self.get_default_values() if values is None else values
        try:
            self._process_args(self.largs, self.rargs, self.values)
        except (BadOptionError, OptionValueError) as mistake:
            self.error(str(mistake))
        return self.check_values(self.values, self.largs + self.rargs)

    def check_values(self, values, args):
        """For subclasses: the last look at the result, which may be replaced."""
        return values, args

    def _process_args(self, largs, rargs, values):
        while rargs:
            word = rargs[0]
            if word == '--':
                rargs.pop(0)
                return
            if word.startswith('--'):
                self._process_long_opt(rargs, values)
            elif word.startswith('-') and word != '-':
                self._process_short_opts(rargs, values)
            elif self.allow_interspersed_args:
                largs.append(rargs.pop(0))
            else:
                return

    def _match_long_opt(self, opt):
        return _match_abbrev(opt, self._long_opt)

    def _take_value(self, option, opt, rargs):
        """The next argument, or as many as nargs says, taken out of rargs."""
        count = option.nargs
        if len(rargs) < count:
            one, many = (f'%(option)s option requires %(number)d argument{ending}' for ending in ('', 's'))
            self.error(_plural(one, many, count) % {'option': opt, 'number': count})
        if count == 1:
            return rargs.pop(0)
        taken = tuple(rargs[:count])
        del rargs[:count]
        return taken

    def _process_long_opt(self, rargs, values):
        opt, equals, attached = rargs.pop(0).partition('=')
        if equals:
            rargs.insert(0, attached)
        opt = self._match_long_opt(opt)
        option, value = self._long_opt[opt], None
        if option.takes_value():
            value = self._take_value(option, opt, rargs)
        elif equals:
            self.error(_('%s option does not take a value') % opt)
        option.process(opt, value, values, self)

    def _process_short_opts(self, rargs, values):
        """Several short options may stand in one word; what follows one that takes a value is its value."""
        letters = rargs.pop(0)[1:]
        while letters:
            opt, letters = '-' + letters[0], letters[1:]
            option, value = self._short_opt.get(opt), None
            if option is None:
                raise BadOptionError(opt)
            if option.takes_value():
                if letters:
                    rargs.insert(0, letters)
                    letters = ''
                value = self._take_value(option, opt, rargs)
            option.process(opt, value, values, self)

    # --- what the user sees ---

    def get_prog_name(self):
        return os.path.basename(sys.argv[0]) if self.prog is None else self.prog

    def expand_prog_name(self, s):
        return s.replace('%prog', self.get_prog_name())

    def get_description(self):
        return self.expand_prog_name(self.description)

    def exit(self, status=0, msg=None):
        """End the program, after a message on stderr."""
        if msg:
            sys.stderr.write(msg)
        sys.exit(status)

    def error(self, msg):
        """End the program with its usage and a message; an override must not return either."""
        self.print_usage(sys.stderr)
        self.exit(2, f'{self.get_prog_name()}: error: {msg}\n')

    def get_usage(self):
        return self.formatter.format_usage(self.expand_prog_name(self.usage)) if self.usage else ''

    def print_usage(self, file=None):
        if self.usage:
            print(self.get_usage(), file=file)

    def get_version(self):
        return self.expand_prog_name(self.version) if self.version else ''

    def print_version(self, file=None):
        if self.version:
            print(self.get_version(), file=file)

    def format_option_help(self, formatter=None):
        formatter = formatter or self.formatter
        formatter.store_option_strings(self)
        heading = formatter.format_heading(_('Options'))
        formatter.indent()
        own = [super().format_option_help(formatter)] if self.option_list else []
        sections = own + [group.format_help(formatter) for group in self.option_groups]
        formatter.dedent()
        return heading + '\n'.join(sections) if sections else ''

    def format_epilog(self, formatter):
        return formatter.format_epilog(self.epilog)

    def format_help(self, formatter=None):
        formatter = formatter or self.formatter
        above = [self.get_usage()] if self.usage else []
        if self.description:
            above.append(self.format_description(formatter))
        return ''.join([part + '\n' for part in above]
                       + [self.format_option_help(formatter), self.format_epilog(formatter)])

    def print_help(self, file=None):
        (sys.stdout if file is None else file).write(self.format_help())


def _match_abbrev(s, wordmap):
    """The key of wordmap that s is, or that alone begins with s."""
    if s in wordmap:
        return s
    candidates = sorted(word for word in wordmap if word.startswith(s))
    if not candidates:
        raise BadOptionError(s)
    if len(candidates) > 1:
        raise AmbiguousOptionError(s, candidates)
    return candidates[0]
