"""Response headers: a mapping without regard to case that keeps the order and may hold a name several times."""
import re

_NEEDS_QUOTES = re.compile(r'[ \(\)<>@,;:\\"/\[\]\?=]')


def _formatparam(param, value=None, quote=1):
    """`param=value`, quoted where it must be (or always, with `quote`)."""
    if not value:
        return param
    if quote or _NEEDS_QUOTES.search(value):
        value = '"' + value.replace('\\', '\\\\').replace('"', r'\"') + '"'
    return f'{param}={value}'


_IN_NAMES = re.compile(r'[\x00-\x1f\x7f]')
_IN_VALUES = re.compile(r'[\x00-\x08\x0a-\x1f\x7f]')


def _checked(value, forbidden=None):
    """A name or value that is text; no line may end within it."""
    if type(value) is str:
        if forbidden is not None and forbidden.search(value):
            raise ValueError('Control characters not allowed in headers')
        return value
    raise AssertionError(f'Header names/values must be of type str (got {value!r})')


class Headers:
    """A list of (name, value) pairs seen as a mapping."""

    def __init__(self, headers=None):
        headers = [] if headers is None else headers
        if type(headers) is not list:
            raise TypeError('Headers should be a list of name/value tuples')
        self._headers = headers
        if __debug__:
            for name, value in headers:
                _checked(name, _IN_NAMES)
                _checked(value, _IN_VALUES)

    def __len__(self):
        return len(self._headers)

    def __setitem__(self, name, val):
        pair = _checked(name, _IN_NAMES), _checked(val, _IN_VALUES)
        del self[name]
        self._headers.append(pair)

    def __delitem__(self, name):
        wanted = _checked(name).lower()
        self._headers[:] = [pair for pair in self._headers if pair[0].lower() != wanted]

    def __getitem__(self, name):
        return self.get(name)

    def __contains__(self, name):
        return self.get(name) is not None

    def get_all(self, name):
        """All values of a name, in their order."""
        wanted = _checked(name).lower()
        return [value for key, value in self._headers if key.lower() == wanted]

    def get(self, name, default=None):
        """The first value of a name."""
        return next(iter(self.get_all(name)), default)

    def keys(self):
        """The names, as often as they occur."""
        return [pair[0] for pair in self._headers]

    def values(self):
        return [pair[1] for pair in self._headers]

    def items(self):
        return [*self._headers]

    def __repr__(self):
        return f'{self.__class__.__name__}({self._headers!r})'

    def __str__(self):
        """The lines as they go out, with the empty one behind them."""
        return '\r\n'.join([f'{name}: {value}' for name, value in self._headers] + ['', ''])

    def __bytes__(self):
        return str(self).encode('iso-8859-1')

    def setdefault(self, name, value):
        """The first value of the name; the header is added when it is not there."""
        present = self.get(name)
        if present is not None:
            return present
        self._headers.append((_checked(name, _IN_NAMES), _checked(value, _IN_VALUES)))
        return value

    def add_header(self, _name, _value, **_params):
        """Add a header with parameters: h.add_header('content-disposition', 'attachment', filename='bud.gif').

        Underscores in the names of parameters become dashes; a parameter that is None stands without a value.
        """
        parts = [] if _value is None else [_checked(_value, _IN_VALUES)]
        for key, value in _params.items():
            key = _checked(key, _IN_NAMES).replace('_', '-')
            parts.append(key if value is None else _formatparam(key, _checked(value, _IN_VALUES)))
        self._headers.append((_checked(_name, _IN_NAMES), '; '.join(parts)))
