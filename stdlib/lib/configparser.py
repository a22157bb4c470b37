"""Configuration files: sections of options, as in .ini files.

A parser holds tables of raw values (_sections and _defaults) and makes values of them when they are asked for. Beside
this file: how text is read (_configparser_read), how references in values are filled in (_configparser_values), the
mappings that a parser shows (_configparser_views), and the errors (_configparser_errors).
"""
import itertools
import os
import re
from collections import ChainMap
from collections.abc import MutableMapping
from _configparser_errors import (
    DuplicateOptionError, DuplicateSectionError, Error, InterpolationDepthError, InterpolationError,
    InterpolationMissingOptionError, InterpolationSyntaxError, MissingSectionHeaderError, NoOptionError, NoSectionError,
    ParsingError)
from _configparser_read import Reader
from _configparser_values import BasicInterpolation, ExtendedInterpolation, Interpolation, LegacyInterpolation
from _configparser_views import ConverterMapping, SectionProxy

__all__ = [
    'NoSectionError', 'DuplicateOptionError', 'DuplicateSectionError', 'NoOptionError', 'InterpolationError',
    'InterpolationDepthError', 'InterpolationMissingOptionError', 'InterpolationSyntaxError', 'ParsingError',
    'MissingSectionHeaderError', 'ConfigParser', 'SafeConfigParser', 'RawConfigParser', 'Interpolation',
    'BasicInterpolation', 'ExtendedInterpolation', 'LegacyInterpolation', 'SectionProxy', 'ConverterMapping',
    'DEFAULTSECT', 'MAX_INTERPOLATION_DEPTH']

_default_dict = dict
DEFAULTSECT, MAX_INTERPOLATION_DEPTH = 'DEFAULT', 10
_UNSET = object()


def _option_pattern(delimiters, value_needed):
    """What a line with an option looks like: the shortest name before a delimiter, and the value behind it."""
    delimiter = '|'.join(map(re.escape, delimiters))
    return re.compile(rf'(?P<option>.*?)\s*(?:(?P<vi>{delimiter})\s*(?P<value>.*)){"" if value_needed else "?"}$')


def _warn(message):
    import warnings
    warnings.warn(message, DeprecationWarning, stacklevel=3)


class RawConfigParser(MutableMapping):
    """A mapping of names to sections, which are mappings of options to values. Values are taken as they stand."""

    _DEFAULT_INTERPOLATION = Interpolation()
    SECTCRE = re.compile(r'\[(?P<header>.+)\]')
    OPTCRE, OPTCRE_NV = (_option_pattern('=:', needed) for needed in (True, False))
    NONSPACECRE = re.compile(r'\S')
    BOOLEAN_STATES = {**dict.fromkeys(('1', 'yes', 'true', 'on'), True),
                      **dict.fromkeys(('0', 'no', 'false', 'off'), False)}

    def __init__(self, defaults=None, dict_type=_default_dict, allow_no_value=False, *, delimiters=('=', ':'),
                 comment_prefixes=('#', ';'), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True,
                 default_section=DEFAULTSECT, interpolation=_UNSET, converters=_UNSET):
        self._dict, self._strict, self.default_section = dict_type, strict, default_section
        self._sections, self._defaults, self._proxies = dict_type(), dict_type(), dict_type()
        self._delimiters = delimiters = tuple(delimiters)
        if delimiters == ('=', ':'):  # a subclass may have changed these patterns
            self._optcre = self.OPTCRE_NV if allow_no_value else self.OPTCRE
        else:
            self._optcre = _option_pattern(delimiters, not allow_no_value)
        self._allow_no_value, self._empty_lines_in_values = allow_no_value, empty_lines_in_values
        self._comment_prefixes, self._inline_comment_prefixes = (
            tuple(prefixes or ()) for prefixes in (comment_prefixes, inline_comment_prefixes))
        self._interpolation = self._checked_interpolation(interpolation)
        self._converters = ConverterMapping(self)
        self._proxies[default_section] = self._proxy(default_section)
        if converters is not _UNSET:
            self._converters.update(converters or ())
        if defaults:
            self._read_defaults(defaults)

    def _checked_interpolation(self, given):
        given = self._DEFAULT_INTERPOLATION if given is _UNSET else given
        given = Interpolation() if given is None else given
        if isinstance(given, Interpolation):
            return given
        raise TypeError('interpolation= must be None or an instance of Interpolation; '
                        f'got an object of type {type(given)}')

    converters = property(lambda self: self._converters)

    def _proxy(self, name):
        return SectionProxy(self, name)

    def _read_defaults(self, defaults):
        """The defaults that the constructor was given. They are not looked at before they are used."""
        self._defaults.update((self.optionxform(name), value) for name, value in defaults.items())

    # --- sections ---

    def defaults(self):
        """Options that every section has, unless it has its own."""
        return self._defaults

    def sections(self):
        """The names of the sections, without that of the defaults."""
        return [*self._sections]

    def has_section(self, section):
        """Is there such a section? The defaults are none."""
        return section in self._sections

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError(f'Invalid section name: {section!r}')
        if self.has_section(section):
            raise DuplicateSectionError(section)
        self._sections[section] = self._dict()
        self._proxies[section] = self._proxy(section)

    def remove_section(self, section):
        """Whether it was there."""
        if not self.has_section(section):
            return False
        del self._sections[section], self._proxies[section]
        return True

    def _section(self, name, *, also_default=True):
        """The table of a section; its own options only."""
        if also_default and (not name or name == self.default_section):
            return self._defaults
        if self.has_section(name):
            return self._sections[name]
        raise NoSectionError(name) from None

    # --- reading ---

    def read(self, filenames, encoding=None):
        """Read files, in order; those that cannot be opened are left out. Returns the names of the others."""
        import io
        encoding = io.text_encoding(encoding)
        one = isinstance(filenames, (str, bytes, os.PathLike))
        return [name for each in ([filenames] if one else filenames)
                if (name := self._read_if_there(each, encoding)) is not None]

    def _read_if_there(self, name, encoding):
        try:
            file = open(name, encoding=encoding)
        except OSError:
            return None
        with file:
            self._read(file, name)
        return os.fspath(name) if isinstance(name, os.PathLike) else name

    def read_file(self, f, source=None):
        """Read lines; the source is named in errors."""
        self._read(f, getattr(f, 'name', '<???>') if source is None else source)

    def read_string(self, string, source='<string>'):
        import io
        self.read_file(io.StringIO(string), source)

    def read_dict(self, dictionary, source='<dict>'):
        """Take over a mapping of mappings. What is no string is made one."""
        seen = set()
        for name, options in dictionary.items():
            name = str(name)
            try:
                self.add_section(name)
            except (DuplicateSectionError, ValueError):
                if self._strict and (name,) in seen:
                    raise
            seen.add((name,))
            for option, value in options.items():
                option = self.optionxform(str(option))
                if self._strict and (name, option) in seen:
                    raise DuplicateOptionError(name, option, source)
                seen.add((name, option))
                self.set(name, option, value if value is None else str(value))

    def readfp(self, fp, filename=None):
        """The old name of read_file."""
        _warn("This method will be removed in Python 3.12. Use 'parser.read_file()' instead.")
        self.read_file(fp, source=filename)

    def _read(self, fp, fpname):
        Reader(self, fpname).run(fp)

    def _join_multiline_values(self):
        for name, options in [(self.default_section, self._defaults), *self._sections.items()]:
            for option, value in options.items():
                text = '\n'.join(value).rstrip() if isinstance(value, list) else value
                options[option] = self._interpolation.before_read(self, name, option, text)

    # --- values ---

    def optionxform(self, optionstr):
        """The form in which the name of an option is kept; for subclasses and programs to replace."""
        return optionstr.lower()

    def options(self, section):
        """The names of its options, those of the defaults among them."""
        return [*{**self._section(section, also_default=False), **self._defaults}]

    def has_option(self, section, option):
        try:
            own = self._section(section)
        except NoSectionError:
            return False
        option = self.optionxform(option)
        return option in own or option in self._defaults

    def _unify_values(self, section, vars):
        """vars, the section and the defaults as one mapping."""
        own = {} if section == self.default_section else self._section(section, also_default=False)
        given = {self.optionxform(name): value if value is None else str(value)
                 for name, value in (vars or {}).items()}
        return ChainMap(given, own, self._defaults)

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        """A value: of vars, of the section, of the defaults, or the fallback. Raw: references are not filled in."""
        try:
            known = self._unify_values(section, vars)
            name = self.optionxform(option)
            if name not in known:
                raise NoOptionError(name, section)
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback
        return self._filled_in(section, name, known, raw)

    def _filled_in(self, section, name, known, raw=False):
        value = known[name]
        if raw or value is None:
            return value
        return self._interpolation.before_get(self, section, name, value, known)

    def _get(self, section, conv, option, **kwargs):
        return conv(self.get(section, option, **kwargs))

    def _get_conv(self, section, option, conv, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        try:
            return self._get(section, conv, option, raw=raw, vars=vars, **kwargs)
        except (NoSectionError, NoOptionError):
            if fallback is not _UNSET:
                return fallback
            raise

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        return self._get_conv(section, option, int, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        return self._get_conv(section, option, float, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        convert = self._convert_to_boolean
        return self._get_conv(section, option, convert, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def _convert_to_boolean(self, value):
        try:
            return self.BOOLEAN_STATES[value.lower()]
        except KeyError:
            pass
        raise ValueError(f'Not a boolean: {value}')

    def items(self, section=_UNSET, raw=False, vars=None):
        """Of a section: pairs of names and values, vars among them. Without one: of names and sections."""
        if section is _UNSET:
            return super().items()
        # In the order of the defaults, then of the section, then of vars.
        merged = dict(self._defaults)
        try:
            merged.update(self._section(section, also_default=False))
        except NoSectionError:
            if section != self.default_section:
                raise
        names = [*merged]
        merged.update((self.optionxform(name), value) for name, value in (vars or {}).items())
        return [(name, self._filled_in(section, name, merged, raw)) for name in names]

    def set(self, section, option, value=None):
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        self._section(section)[self.optionxform(option)] = value

    def remove_option(self, section, option):
        """Whether it was there."""
        own, name = self._section(section), self.optionxform(option)
        there = name in own
        if there:
            del own[name]
        return there

    def _validate_value_types(self, *, section='', option='', value=''):
        """What is kept must be a string, or nothing where options may be without a value."""
        for given, what in (section, 'section names'), (option, 'option keys'), (value, 'option values'):
            may_be_nothing = what == 'option values' and self._allow_no_value and not given
            if not isinstance(given, str) and not may_be_nothing:
                raise TypeError(f'{what} must be strings')

    # --- writing ---

    def write(self, fp, space_around_delimiters=True):
        """Write the defaults and all sections to a file; without the comments of what was read."""
        space = ' ' if space_around_delimiters else ''
        delimiter = space + self._delimiters[0] + space
        if self._defaults:
            self._write_section(fp, self.default_section, self._defaults.items(), delimiter)
        for name, options in self._sections.items():
            self._write_section(fp, name, options.items(), delimiter)

    def _write_section(self, fp, section_name, section_items, delimiter):
        fp.write(f'[{section_name}]\n')
        for name, value in section_items:
            value = self._interpolation.before_write(self, section_name, name, value)
            bare = value is None and self._allow_no_value
            # Further lines are indented, or they would be read as options.
            fp.write(name + ('' if bare else delimiter + str(value).replace('\n', '\n\t')) + '\n')
        fp.write('\n')

    # --- the parser as a mapping of sections, the defaults first ---

    def __getitem__(self, key):
        if key in self:
            return self._proxies[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        elif self.has_section(key):
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError('Cannot remove the default section.')
        if not self.remove_section(key):
            raise KeyError(key)

    def popitem(self):
        """Take out the first section, its name with it; never the defaults."""
        for name in self._sections:
            section = self[name]
            del self[name]
            return name, section
        raise KeyError

    def __contains__(self, key):
        return self.has_section(key) or key == self.default_section

    def __len__(self):
        return 1 + len(self._sections)

    def __iter__(self):
        return itertools.chain([self.default_section], self._sections)


class ConfigParser(RawConfigParser):
    """A parser that fills in references to other options, and takes nothing but strings."""

    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        self._validate_value_types(option=option, value=value)
        RawConfigParser.set(self, section, option, value)

    def add_section(self, section):
        self._validate_value_types(section=section)
        RawConfigParser.add_section(self, section)

    def _read_defaults(self, defaults):
        """They may refer to each other: nothing is filled in while they are taken over."""
        interpolation, self._interpolation = self._interpolation, Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = interpolation


class SafeConfigParser(ConfigParser):
    """The old name of ConfigParser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _warn('The SafeConfigParser class has been renamed to ConfigParser in Python 3.2. '
              'This alias will be removed in Python 3.12. Use ConfigParser directly instead.')
