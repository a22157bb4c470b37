"""How configparser fills in references in values."""

import re

from _configparser_errors import (
    InterpolationDepthError, InterpolationMissingOptionError,
    InterpolationSyntaxError, NoOptionError, NoSectionError)

_MAX_DEPTH = 10


class Interpolation:
    """Leaves values as they are; the other kinds override what they need."""

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_read(self, parser, section, option, value):
        return value

    def before_write(self, parser, section, option, value):
        return value


class _Substitution(Interpolation):
    """What % and $ have in common: sign sign is the sign itself."""

    _sign = "%"
    _reference = None  # a compiled pattern for what may follow the sign

    def before_get(self, parser, section, option, value, defaults):
        parts = []
        self._fill(parser, option, parts, value, section, defaults, 1)
        return "".join(parts)

    def before_set(self, parser, section, option, value):
        bare = value.replace(self._sign * 2, "")
        bare = self._reference.sub("", bare)
        if self._sign in bare:
            raise ValueError("invalid interpolation syntax in %r at "
                             "position %d" % (value, bare.find(self._sign)))
        return value

    def _fill(self, parser, option, parts, rest, section, mapping, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > _MAX_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        sign = self._sign
        while rest:
            before, found, rest = rest.partition(sign)
            if before:
                parts.append(before)
            if not found:
                return
            if rest[:1] == sign:
                parts.append(sign)
                rest = rest[1:]
                continue
            rest = sign + rest
            match = self._reference.match(rest)
            if match is None:
                raise InterpolationSyntaxError(option, section,
                                               self._complaint(rest))
            reference = match.group(1)
            rest = rest[match.end():]
            value, where, name, values = self._look_up(
                parser, section, option, reference, mapping, raw, rest)
            if value is not None and sign in value:
                self._fill(parser, name, parts, value, where, values,
                           depth + 1)
            else:
                parts.append(value)


class BasicInterpolation(_Substitution):
    """%(option)s is the value of another option of the section or of the
    defaults; %% is a %."""

    _KEYCRE = re.compile(r"%\(([^)]+)\)s")
    _reference = _KEYCRE

    def _complaint(self, rest):
        if rest[1:2] == "(":
            return f"bad interpolation variable reference {rest!r}"
        return ("'%%' must be followed by '%%' or '(', found: %r" % (rest,))

    def _look_up(self, parser, section, option, reference, mapping, raw, rest):
        name = parser.optionxform(reference)
        try:
            value = mapping[name]
        except KeyError:
            raise InterpolationMissingOptionError(option, section, raw,
                                                  name) from None
        return value, section, option, mapping


class ExtendedInterpolation(_Substitution):
    """${option} is the value of another option of the section,
    ${section:option} of an option anywhere; $$ is a $."""

    _KEYCRE = re.compile(r"\$\{([^}]+)\}")
    _reference = _KEYCRE
    _sign = "$"

    def _complaint(self, rest):
        if rest[1:2] == "{":
            return f"bad interpolation variable reference {rest!r}"
        return f"'$' must be followed by '$' or '{{', found: {rest!r}"

    def _look_up(self, parser, section, option, reference, mapping, raw, rest):
        path = reference.split(":")
        where, name = section, option
        try:
            if len(path) == 1:
                name = parser.optionxform(path[0])
                value = mapping[name]
            elif len(path) == 2:
                where = path[0]
                name = parser.optionxform(path[1])
                value = parser.get(where, name, raw=True)
            else:
                raise InterpolationSyntaxError(
                    option, section, "More than one ':' found: %r" % (rest,))
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(
                option, section, raw, ":".join(path)) from None
        values = mapping if where == section else dict(
            parser.items(where, raw=True))
        return value, where, name, values


class LegacyInterpolation(Interpolation):
    """Deprecated: %(option)s by the % operator, as long as there are any."""

    _KEYCRE = re.compile(r"%\(([^)]*)\)s|.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        import warnings
        warnings.warn("LegacyInterpolation has been deprecated since Python "
                      "3.2 and will be removed from the configparser module in "
                      "Python 3.13. Use BasicInterpolation or "
                      "ExtendedInterpolation instead.",
                      DeprecationWarning, stacklevel=2)

    def before_get(self, parser, section, option, value, vars):
        raw = value
        depth = _MAX_DEPTH
        while depth:
            depth -= 1
            if not value or "%(" not in value:
                break

            def lowered(match):
                if match.group(1) is None:
                    return match.group()
                return "%%(%s)s" % parser.optionxform(match.group(1))
            value = self._KEYCRE.sub(lowered, value)
            try:
                value = value % vars
            except KeyError as error:
                raise InterpolationMissingOptionError(
                    option, section, raw, error.args[0]) from None
        if value and "%(" in value:
            raise InterpolationDepthError(option, section, raw)
        return value


for _class in (Interpolation, BasicInterpolation, ExtendedInterpolation,
               LegacyInterpolation):
    _class.__module__ = "configparser"
