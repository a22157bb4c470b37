"""What json takes from the native _json, in the language itself: reading strings and values, writing strings.

It is used when _json cannot be imported. The rule: the same values, and the same errors at the same places.
"""
import re
from json import decoder

NUMBER_RE = re.compile(r'(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?', re.VERBOSE | re.MULTILINE | re.DOTALL)
_WORDS = {'n': ('null', None), 't': ('true', True), 'f': ('false', False)}
_SPACE = ' \t\n\r'


class _Reader:
    """Reads one value at a time, by recursive descent; `memo` makes equal keys of a document one string."""

    def __init__(self, context):
        self.context = context
        self.memo = context.memo

    def once(self, text, index):
        """The value at an index, and the index behind it. StopIteration(index) when no value begins there."""
        if index < 0:
            raise StopIteration(index)
        first = text[index:index + 1]
        context = self.context
        if first == '"':
            return context.parse_string(text, index + 1, context.strict)
        if first == '{':
            return self.object(text, index + 1)
        if first == '[':
            return self.array(text, index + 1)
        word, value = _WORDS.get(first, (None, None))
        if word is not None and text.startswith(word, index):
            return value, index + len(word)
        match = NUMBER_RE.match(text, index)
        if match is not None:
            whole, fraction, exponent = match.groups('')
            if fraction or exponent:
                return context.parse_float(whole + fraction + exponent), match.end()
            return context.parse_int(whole), match.end()
        for word in ('NaN', 'Infinity', '-Infinity'):
            if text.startswith(word, index):
                return context.parse_constant(word), index + len(word)
        raise StopIteration(index)

    def value(self, text, index):
        try:
            return self.once(text, index)
        except StopIteration as stop:
            raise _error('Expecting value', text, stop.value) from None

    def array(self, text, index):
        items = []
        index = _skip(text, index)
        if text[index:index + 1] == ']':
            return items, index + 1
        while True:
            item, index = self.value(text, index)
            items.append(item)
            index = _skip(text, index)
            following = text[index:index + 1]
            if following == ']':
                return items, index + 1
            if following != ',':
                raise _error("Expecting ',' delimiter", text, index)
            index = _skip(text, index + 1)

    def object(self, text, index):
        pairs = []
        index = _skip(text, index)
        if text[index:index + 1] == '}':
            return self.made(pairs), index + 1
        while True:
            if text[index:index + 1] != '"':
                raise _error('Expecting property name enclosed in double quotes', text, index)
            key, index = self.context.parse_string(text, index + 1, self.context.strict)
            key = self.memo.setdefault(key, key)
            index = _skip(text, index)
            if text[index:index + 1] != ':':
                raise _error("Expecting ':' delimiter", text, index)
            item, index = self.value(text, _skip(text, index + 1))
            pairs.append((key, item))
            index = _skip(text, index)
            following = text[index:index + 1]
            if following == '}':
                return self.made(pairs), index + 1
            if following != ',':
                raise _error("Expecting ',' delimiter", text, index)
            index = _skip(text, index + 1)

    def made(self, pairs):
        context = self.context
        if context.object_pairs_hook is not None:
            return context.object_pairs_hook(pairs)
        value = dict(pairs)
        return value if context.object_hook is None else context.object_hook(value)


def _skip(text, index):
    while text[index:index + 1] in _SPACE and index < len(text):
        index += 1
    return index


def _error(message, text, index):
    return decoder.JSONDecodeError(message, text, index)


def py_make_scanner(context):
    """The function that reads a value at an index of a text, with the options of a decoder."""
    reader = _Reader(context)

    def scan_once(string, idx):
        try:
            return reader.once(string, idx)
        finally:
            reader.memo.clear()

    return scan_once


py_make_scanner.__module__ = 'json.scanner'

# --- strings ---

_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r'[0-9A-Fa-f]{4}')
_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}


def _code_unit(s, pos):
    """The number after the \\u at an index."""
    match = _HEX.match(s, pos + 1)
    if match is None:
        raise _error('Invalid \\uXXXX escape', s, pos)
    return int(match[0], 16)


def py_scanstring(s, end, strict=True):
    """The string whose opening quote stands before an index, and the index behind its closing quote."""
    begin = end - 1
    parts = []
    while True:
        match = _PLAIN.match(s, end)
        parts.append(match[0])
        end = match.end()
        mark = s[end:end + 1]
        end += 1
        if mark == '"':
            return ''.join(parts), end
        if mark == '':
            raise _error('Unterminated string starting at', s, begin)
        if mark != '\\':
            if strict:
                raise _error(f'Invalid control character {mark!r} at', s, end - 1)
            parts.append(mark)
            continue
        escape = s[end:end + 1]
        if escape == '':
            raise _error('Unterminated string starting at', s, begin)
        if escape != 'u':
            if escape not in _ESCAPES:
                raise _error(f'Invalid \\escape: {escape!r}', s, end)
            parts.append(_ESCAPES[escape])
            end += 1
            continue
        unit = _code_unit(s, end)
        end += 5
        if 0xd800 <= unit < 0xdc00 and s[end:end + 2] == '\\u':
            low = _code_unit(s, end + 1)
            if 0xdc00 <= low < 0xe000:
                unit = 0x10000 + ((unit - 0xd800) << 10 | low - 0xdc00)
                end += 6
        parts.append(chr(unit))


py_scanstring.__module__ = 'json.decoder'

_SHORT = {'"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t'}


def _escaped(match):
    char = match[0]
    if char in _SHORT:
        return _SHORT[char]
    number = ord(char)
    if number < 0x10000:
        return f'\\u{number:04x}'
    number -= 0x10000
    return f'\\u{0xd800 | number >> 10:04x}\\u{0xdc00 | number & 0x3ff:04x}'


def py_encode_basestring(s):
    """A string as JSON: only quotes, backslashes and control characters are escaped."""
    return '"' + re.sub(r'[\x00-\x1f"\\]', _escaped, s) + '"'


def py_encode_basestring_ascii(s):
    """A string as JSON of nothing but ASCII."""
    return '"' + re.sub(r'[^ !#-\[\]-~]', _escaped, s) + '"'


py_encode_basestring.__module__ = py_encode_basestring_ascii.__module__ = 'json.encoder'
