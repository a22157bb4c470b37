"""The error handlers of codecs as functions: each is given the exception and answers (replacement, where to go on).

Native codecs do the same by themselves for these names; the functions are for codecs that are written in the language,
and for handlers that fall back on them.
"""
from _codecs import register_error

__name__ = 'codecs'


def _is(error, kinds):
    """isinstance() that does not believe what an object says of its class."""
    return issubclass(type(error), kinds)


def _unknown(error):
    return TypeError(f"don't know how to handle {type(error).__name__} in error callback")


def _span(error):
    """The place that is wrong, within the object; a program may have put anything there."""
    wanted = bytes if _is(error, UnicodeDecodeError) else str
    if not isinstance(error.object, wanted):
        raise TypeError(f'object attribute must be {"bytes" if wanted is bytes else "unicode"}')
    size = len(error.object)
    return min(max(error.start, 0), max(size - 1, 0)), min(max(error.end, 1), size)


def _wrong_text(error):
    start, end = _span(error)
    return error.object[start:end], end


def _escape(code):
    if code < 0x100:
        return f'\\x{code:02x}'
    return f'\\u{code:04x}' if code < 0x10000 else f'\\U{code:08x}'


def strict_errors(error):
    """Raise the exception."""
    if _is(error, BaseException):
        raise error
    raise TypeError('codec must pass exception instance')


def ignore_errors(error):
    """Leave out what is wrong."""
    if not _is(error, (UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)):
        raise _unknown(error)
    return '', _span(error)[1]


def replace_errors(error):
    """'?' for each character that cannot be encoded, U+FFFD for what cannot be decoded."""
    if _is(error, UnicodeEncodeError):
        text, end = _wrong_text(error)
        return '?' * len(text), end
    if _is(error, UnicodeDecodeError):
        return '\ufffd', _span(error)[1]
    if _is(error, UnicodeTranslateError):
        text, end = _wrong_text(error)
        return '\ufffd' * len(text), end
    raise _unknown(error)


def xmlcharrefreplace_errors(error):
    """&#number; for each character."""
    if not _is(error, UnicodeEncodeError):
        raise _unknown(error)
    text, end = _wrong_text(error)
    return ''.join([f'&#{ord(char)};' for char in text]), end


def backslashreplace_errors(error):
    r"""\x, \u or \U and the number, for each character or byte."""
    if _is(error, (UnicodeEncodeError, UnicodeTranslateError)):
        text, end = _wrong_text(error)
        return ''.join([_escape(ord(char)) for char in text]), end
    if _is(error, UnicodeDecodeError):
        data, end = _wrong_text(error)
        return ''.join([f'\\x{byte:02x}' for byte in data]), end
    raise _unknown(error)


def namereplace_errors(error):
    r"""\N{name} for each character that has one, else as backslashreplace_errors()."""
    if not _is(error, UnicodeEncodeError):
        raise _unknown(error)
    import unicodedata
    text, end = _wrong_text(error)
    names = [(unicodedata.name(char, None), char) for char in text]
    return ''.join([f'\\N{{{name}}}' if name else _escape(ord(char)) for name, char in names]), end


def _surrogateescape(error):
    """Bytes beyond ASCII become lone surrogates, and those become the bytes again."""
    if _is(error, UnicodeEncodeError):
        text, end = _wrong_text(error)
        if not all('\udc80' <= char <= '\udcff' for char in text):
            raise error
        return bytes([ord(char) - 0xDC00 for char in text]), end
    if _is(error, UnicodeDecodeError):
        start, end = _span(error)
        found = []
        for byte in error.object[start:min(end, start + 4)]:
            if byte < 0x80:
                break
            found.append(chr(0xDC00 + byte))
        if not found:
            raise error
        return ''.join(found), start + len(found)
    raise _unknown(error)


_UNIT_ORDERS = {
    'utf8': (3, None), 'utf16': (2, 'little'), 'utf16le': (2, 'little'), 'utf16be': (2, 'big'),
    'utf32': (4, 'little'), 'utf32le': (4, 'little'), 'utf32be': (4, 'big'), 'cputf8': (3, None),
}


def _surrogatepass(error):
    """Surrogates go through the codecs of Unicode as if they were characters."""
    if not _is(error, (UnicodeEncodeError, UnicodeDecodeError)):
        raise _unknown(error)
    _span(error)  # checks the object
    size, order = _UNIT_ORDERS.get(error.encoding.lower().replace('-', '').replace('_', ''), (0, None))
    if not size:
        raise error
    if _is(error, UnicodeEncodeError):
        text, end = _wrong_text(error)
        codes = [ord(char) for char in text]
        if not all(0xD800 <= code <= 0xDFFF for code in codes):
            raise error
        if order is None:
            units = [bytes([0xE0 | code >> 12, 0x80 | code >> 6 & 0x3F, 0x80 | code & 0x3F]) for code in codes]
        else:
            units = [code.to_bytes(size, order) for code in codes]
        return b''.join(units), end
    start = _span(error)[0]
    unit = error.object[start:start + size]
    code = 0
    if len(unit) == size:
        if order is not None:
            code = int.from_bytes(unit, order)
        elif unit[0] & 0xF0 == 0xE0 and unit[1] & 0xC0 == unit[2] & 0xC0 == 0x80:
            code = (unit[0] & 15) << 12 | (unit[1] & 0x3F) << 6 | unit[2] & 0x3F
    if not 0xD800 <= code <= 0xDFFF:
        raise error
    return chr(code), start + size


for _name, _handler in (('strict', strict_errors), ('ignore', ignore_errors), ('replace', replace_errors),
                        ('xmlcharrefreplace', xmlcharrefreplace_errors), ('backslashreplace', backslashreplace_errors),
                        ('namereplace', namereplace_errors), ('surrogateescape', _surrogateescape),
                        ('surrogatepass', _surrogatepass)):
    register_error(_name, _handler)
