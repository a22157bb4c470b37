"""Cookies as servers write and read them: a SimpleCookie holds Morsels, each a name, a value and the attributes of one cookie.

What is read is checked as a whole: a text that is no row of cookies gives none at all. Nothing with control characters in it
gets into a header.
"""
import re
from string import ascii_letters, digits

__all__ = ['CookieError', 'BaseCookie', 'SimpleCookie']


class CookieError(Exception):
    """A name, attribute or value that no cookie can have."""


_LEGAL = ascii_letters + digits + "!#$%&'*+-.^_`|~:"
_legal_key = re.compile(f'[{re.escape(_LEGAL)}]+').fullmatch
# These need no quotes in a value; those that do are written as three octal digits, quotes and backslashes with a backslash.
_UNQUOTED = _LEGAL + ' ()/<=>?@[]{}'
_plain_value = re.compile(f'[{re.escape(_LEGAL)}]*').fullmatch
_ESCAPES = {code: f'\\{code:03o}' for code in range(256) if chr(code) not in _UNQUOTED} | {ord('"'): '\\"', ord('\\'): '\\\\'}
_unescape = re.compile(r'\\(?:([0-3][0-7][0-7])|(.))').sub
_control = re.compile('[\x00-\x1f\x7f]').search


def _check(*texts):
    if any(isinstance(text, str) and _control(text) for text in texts):
        raise CookieError(f'Control characters are not allowed in cookies {" ".join(map(repr, texts))}')


def _quote(text):
    """The text as a value: in quotes, with escapes, when it has other than plain characters."""
    return text if text is None or _plain_value(text) else '"' + text.translate(_ESCAPES) + '"'


def _unquote(text):
    """The text that a value stands for."""
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return _unescape(lambda match: chr(int(match[1], 8)) if match[1] else match[2], text[1:-1])


_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']


def _getdate(future=0):
    """The moment so many seconds from now, as headers have it."""
    from time import gmtime, time
    at = gmtime(time() + future)
    return (f'{_DAYS[at.tm_wday]}, {at.tm_mday:02d} {_MONTHS[at.tm_mon - 1]} {at.tm_year:4d} '
            f'{at.tm_hour:02d}:{at.tm_min:02d}:{at.tm_sec:02d} GMT')


class Morsel(dict):
    """One cookie: key, value and coded_value (the value as it is written), and in the dict its attributes."""

    _reserved = {'expires': 'expires', 'path': 'Path', 'comment': 'Comment', 'domain': 'Domain', 'max-age': 'Max-Age',
                 'secure': 'Secure', 'httponly': 'HttpOnly', 'version': 'Version', 'samesite': 'SameSite'}
    _flags = {'secure', 'httponly'}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        dict.update(self, dict.fromkeys(self._reserved, ''))

    key = property(lambda self: self._key)
    value = property(lambda self: self._value)
    coded_value = property(lambda self: self._coded_value)

    def isReservedKey(self, K):
        """Is it the name of an attribute?"""
        return K.lower() in self._reserved

    def _attribute(self, key, value):
        _check(key, value)
        name = key.lower()
        if name not in self._reserved:
            raise CookieError(f'Invalid attribute {key!r}')
        return name

    def __setitem__(self, K, V):
        dict.__setitem__(self, self._attribute(K, V), V)

    def setdefault(self, key, val=None):
        return dict.setdefault(self, self._attribute(key, val), val)

    def update(self, values):
        for key, value in dict(values).items():
            self[key] = value

    def __ior__(self, values):
        self.update(values)
        return self

    def set(self, key, val, coded_val):
        """Gives the cookie its name and its value."""
        _check(key, val, coded_val)
        if self.isReservedKey(key):
            raise CookieError(f'Attempt to set a reserved key {key!r}')
        if not _legal_key(key):
            raise CookieError(f'Illegal key {key!r}')
        self._key, self._value, self._coded_value = key, val, coded_val

    def __eq__(self, other):
        if not isinstance(other, Morsel):
            return NotImplemented if not isinstance(other, dict) else dict.__eq__(self, other)
        mine, others = ((m._key, m._value, m._coded_value) for m in (self, other))
        return mine == others and dict.__eq__(self, other)

    __ne__ = object.__ne__

    def copy(self):
        made = Morsel()
        dict.update(made, self)
        made.__dict__.update(self.__dict__)
        return made

    def __getstate__(self):
        return {'key': self._key, 'value': self._value, 'coded_value': self._coded_value}

    def __setstate__(self, state):
        _check(state['key'], state['value'], state['coded_value'])
        self._key, self._value, self._coded_value = state['key'], state['value'], state['coded_value']

    def output(self, attrs=None, header='Set-Cookie:'):
        """The header, with all attributes that are set or those of `attrs`."""
        text = self.OutputString(attrs)
        _check(text)
        return f'{header} {text}'

    __str__ = output

    def __repr__(self):
        return f'<{self.__class__.__name__}: {self.OutputString()}>'

    def js_output(self, attrs=None):
        """A script that sets the cookie in a page."""
        from urllib.parse import quote
        text = self.OutputString(attrs)
        _check(text)
        lines = ['', '<script type="text/javascript">', '<!-- begin hiding',
                 f'document.cookie = decodeURIComponent("{quote(text, safe="", encoding="utf-8")}");', '// end hiding -->',
                 '</script>', '']
        return '\n        '.join(lines)

    def OutputString(self, attrs=None):
        """name=value and the attributes."""
        parts = [f'{self._key}={self._coded_value}']
        for name, value in sorted(self.items()):
            if value == '' or name not in (self._reserved if attrs is None else attrs):
                continue
            shown = self._reserved[name]
            if name in self._flags:
                if value:
                    parts.append(shown)
            elif name == 'expires' and isinstance(value, int):
                parts.append(f'{shown}={_getdate(value)}')
            elif name == 'max-age' and isinstance(value, int):
                parts.append(f'{shown}={value:d}')
            elif name == 'comment' and isinstance(value, str):
                parts.append(f'{shown}={_quote(value)}')
            else:
                parts.append(f'{shown}={value}')
        return '; '.join(parts)


# A name and, behind "=", a value: quoted, a date, or plain; up to a semicolon.
_cookie = re.compile(r'''
    \s*
    (?P<key>[\w\d!\#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\=]+?)
    (?:\s*=\s*
      (?P<value>"(?:[^\\"]|\\.)*"
        |\w{3},\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT
        |[\w\d!\#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\=\[\]]*))?
    \s*(?:\s+|;|$)''', re.ASCII | re.VERBOSE).match


class BaseCookie(dict):
    """Cookies by their names. A subclass says how values become text, and back."""

    def value_decode(self, val):
        """(the value, the text as it was written)"""
        return val, val

    def value_encode(self, val):
        """(the value, the text to write)"""
        text = str(val)
        return text, text

    def __init__(self, input=None):
        if input:
            self.load(input)

    def _put(self, key, real, coded):
        morsel = self.get(key, Morsel())
        morsel.set(key, real, coded)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)
        else:
            self._put(key, *self.value_encode(value))

    def output(self, attrs=None, header='Set-Cookie:', sep='\r\n'):
        """The headers of all cookies, in the order of their names."""
        return sep.join(self[key].output(attrs, header) for key in sorted(self))

    __str__ = output

    def __repr__(self):
        inside = ' '.join(f'{key}={self[key].value!r}' for key in sorted(self))
        return f'<{self.__class__.__name__}: {inside}>'

    def js_output(self, attrs=None):
        """The scripts that set all cookies in a page."""
        return ''.join(self[key].js_output(attrs) for key in sorted(self))

    def load(self, rawdata):
        """Takes over the cookies of a header (a str) or of a mapping."""
        if isinstance(rawdata, str):
            self._read(rawdata)
        else:
            for key, value in rawdata.items():
                self[key] = value

    def _read(self, text):
        place, steps, seen = 0, [], False
        while place < len(text):
            match = _cookie(text, place)
            if match is None:
                break
            key, value, place = match['key'], match['value'], match.end()
            name = key.lower()
            if key.startswith('$'):
                # An attribute of the oldest form; before a cookie there is nothing that it could belong to.
                if seen:
                    steps.append((key[1:], value, False))
            elif name in Morsel._reserved:
                if not seen or value is None and name not in Morsel._flags:
                    return
                steps.append((key, True if value is None else _unquote(value), False))
            elif value is not None:
                steps.append((key, value, True))
                seen = True
            else:
                return
        morsel = None
        for key, value, is_cookie in steps:
            if is_cookie:
                self._put(key, *self.value_decode(value))
                morsel = self[key]
            else:
                morsel[key] = value


class SimpleCookie(BaseCookie):
    """Cookies whose values are str, in quotes where they need them."""

    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)
