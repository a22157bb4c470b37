"""Constants of characters, capwords, templates with $names, and str.format as a class."""

import _string

__all__ = [
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits",
    "octdigits", "printable", "punctuation", "whitespace", "Formatter", "Template",
]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Split into words, capitalize each, and join them again.

    Without a separator runs of blanks become one blank, and those at the ends go.
    """
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


# --- templates ---

_DEFAULT_IDENTIFIER = r"(?a:[_a-z][_a-z0-9]*)"
_NAME_START = frozenset(ascii_letters + "_")
_NAME_REST = _NAME_START | frozenset(digits)
_MISSING = {}


class _Overlay:
    """Looks a name up in keyword arguments first, then in a mapping."""

    def __init__(self, first, second):
        self._first = first
        self._second = second

    def __getitem__(self, name):
        if name in self._first:
            return self._first[name]
        return self._second[name]


class _CompiledPattern:
    """Template.pattern: the regular expression of a class, compiled when it is asked for."""

    def __get__(self, instance, owner):
        return owner._compile()


_known_places = {}      # (template, delimiter) -> what _plain_places() gives: templates are mostly used again


def _plain_places(text, mark):
    size = len(mark)
    start = text.find(mark)
    while start >= 0:
        after = start + size
        if text.startswith(mark, after):
            stop = after + size
            yield (start, stop, "escaped", None, start)
        else:
            braced = text.startswith("{", after)
            begin = after + braced
            stop = begin
            if text[begin:begin + 1] in _NAME_START:
                while text[stop:stop + 1] in _NAME_REST:
                    stop += 1
            name = text[begin:stop]
            if name and not braced:
                yield (start, stop, "named", name, start)
            elif name and text.startswith("}", stop):
                stop += 1
                yield (start, stop, "named", name, start)
            else:
                stop = after
                yield (start, stop, "invalid", None, after)
        start = text.find(mark, stop)


class Template:
    """A string in which $name and ${name} stand for values, and $$ for a dollar sign."""

    delimiter = "$"
    idpattern = _DEFAULT_IDENTIFIER
    braceidpattern = None
    flags = None  # re.IGNORECASE
    pattern = _CompiledPattern()

    # A plain template is read by hand; a class with patterns of its own goes through re.
    _plain = True

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls._plain = (
            isinstance(cls.__dict__.get("pattern", Template.__dict__["pattern"]), _CompiledPattern)
            and cls._pattern_owner() is Template
            and cls.idpattern == _DEFAULT_IDENTIFIER
            and cls.braceidpattern is None
            and cls.flags is None
        )
        if not cls._plain:
            cls.pattern = cls._compile()

    @classmethod
    def _pattern_owner(cls):
        for base in cls.__mro__:
            if "pattern" in base.__dict__:
                return base

    @classmethod
    def _compile(cls):
        import re

        owner = cls._pattern_owner()
        if owner is Template:
            delimiter = re.escape(cls.delimiter)
            name = cls.idpattern
            braced = cls.braceidpattern or cls.idpattern
            text = rf"""
            {delimiter}(?:
              (?P<escaped>{delimiter})  |   # two delimiters
              (?P<named>{name})         |   # delimiter and name
              {{(?P<braced>{braced})}}  |   # delimiter and name in braces
              (?P<invalid>)                 # anything else
            )
            """
        else:
            text = owner.__dict__["pattern"]
        flags = re.IGNORECASE if cls.flags is None else cls.flags
        return re.compile(text, flags | re.VERBOSE)

    def __init__(self, template):
        self.template = template

    # Yields (start, stop, kind, name) of every place with a delimiter; kind is the name of the
    # group of the pattern.
    def _places(self):
        if self._plain:
            return self._scan()
        return self._match()

    def _match(self):
        for match in self.pattern.finditer(self.template):
            name = match["named"] or match["braced"]
            if name is not None:
                kind = "named"
            elif match["escaped"] is not None:
                kind = "escaped"
            elif match["invalid"] is not None:
                kind = "invalid"
            else:
                raise ValueError("Unrecognized named group in pattern", self.pattern)
            start = match.start("invalid") if kind == "invalid" else match.start()
            yield (match.start(), match.end(), kind, name, start)

    def _scan(self):
        key = self.template, self.delimiter
        places = _known_places.get(key)
        if places is None:
            if len(_known_places) > 100:
                _known_places.clear()
            places = _known_places[key] = tuple(_plain_places(*key))
        return places

    def _raise_invalid(self, place):
        lines = self.template[:place].splitlines(keepends=True)
        if lines:
            column = place - len("".join(lines[:-1]))
            line = len(lines)
        else:
            column = line = 1
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (line, column))

    def substitute(self, mapping=_MISSING, /, **kws):
        """The text with every $name replaced; KeyError for a missing one, ValueError for a bad $."""
        mapping = self._mapping(mapping, kws)
        parts = []
        done = 0
        for start, stop, kind, name, where in self._places():
            parts.append(self.template[done:start])
            if kind == "named":
                parts.append(str(mapping[name]))
            elif kind == "escaped":
                parts.append(self.delimiter)
            else:
                self._raise_invalid(where)
            done = stop
        parts.append(self.template[done:])
        return "".join(parts)

    def safe_substitute(self, mapping=_MISSING, /, **kws):
        """The same, but what is missing or badly formed stays as it is."""
        mapping = self._mapping(mapping, kws)
        parts = []
        done = 0
        for start, stop, kind, name, _ in self._places():
            parts.append(self.template[done:start])
            original = self.template[start:stop]
            if kind == "named":
                try:
                    original = str(mapping[name])
                except KeyError:
                    pass
            elif kind == "escaped":
                original = self.delimiter
            parts.append(original)
            done = stop
        parts.append(self.template[done:])
        return "".join(parts)

    @staticmethod
    def _mapping(mapping, kws):
        if mapping is _MISSING:
            return kws
        return _Overlay(kws, mapping) if kws else mapping

    def is_valid(self):
        """Would substitute() find only well-formed places?"""
        return all(place[2] != "invalid" for place in self._places())

    def get_identifiers(self):
        """The names in the template, each once, in the order they come."""
        return list(dict.fromkeys(place[3] for place in self._places() if place[2] == "named"))


# --- Formatter ---


class Formatter:
    """str.format with every step open to be overridden."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used_args = set()
        result, _ = self._vformat(format_string, args, kwargs, used_args, 2)
        self.check_unused_args(used_args, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, field_name, format_spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if field_name is None:
                continue
            # False once a field has been numbered by hand.
            if field_name == "":
                if auto_arg_index is False:
                    raise ValueError("cannot switch from manual field "
                                     "specification to automatic field "
                                     "numbering")
                field_name = str(auto_arg_index)
                auto_arg_index += 1
            elif field_name.isdigit():
                if auto_arg_index:
                    raise ValueError("cannot switch from manual field "
                                     "specification to automatic field "
                                     "numbering")
                auto_arg_index = False
            value, used = self.get_field(field_name, args, kwargs)
            used_args.add(used)
            value = self.convert_field(value, conversion)
            format_spec, auto_arg_index = self._vformat(
                format_spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index)
            result.append(self.format_field(value, format_spec))
        return "".join(result), auto_arg_index

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError("Unknown conversion specifier {0!s}".format(conversion))

    def parse(self, format_string):
        """Iterates over (literal, field name, format spec, conversion)."""
        return _string.formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        """The value of a field such as "0.name[key]", and the argument it came from."""
        first, rest = _string.formatter_field_name_split(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, name in rest:
            value = getattr(value, name) if is_attribute else value[name]
        return value, first
