"""The functions under codecs: x_encode(text, errors) -> (bytes, characters taken) and x_decode(data, errors, final) ->
(text, bytes taken) of every built-in encoding, codecs with a mapping of the program's own, and the escapes of bytes.
"""
import _codecs
from _codecs import lookup_error

__name__ = 'codecs'


def _text_argument(function, text):
    if not isinstance(text, str):
        raise TypeError(f'{function}() argument 1 must be str, not {type(text).__name__}')
    return text


def _encoder(name, encoding):
    def encode(str, errors=None, /):
        return _codecs.encode(_text_argument(name, str), encoding, errors or 'strict'), len(str)
    encode.__name__ = encode.__qualname__ = name
    return encode


def _decoder(name, encoding):
    def decode(data, errors=None, final=False, /):
        return _codecs._decode_part(data, encoding, errors or 'strict', final)
    decode.__name__ = decode.__qualname__ = name
    return decode


def _whole_decoder(name, encoding):
    def decode(data, errors=None, /):
        return _codecs._decode_part(data, encoding, errors or 'strict', True)
    decode.__name__ = decode.__qualname__ = name
    return decode


def _ordered_encoder(name, encoding):
    """utf-16 and utf-32: a byte order of 0 writes a mark and this machine's order, -1 is little, 1 big."""
    def encode(str, errors=None, byteorder=0, /):
        which = encoding if byteorder == 0 else encoding + ('-le' if byteorder < 0 else '-be')
        return _codecs.encode(_text_argument(name, str), which, errors or 'strict'), len(str)
    encode.__name__ = encode.__qualname__ = name
    return encode


def _ordered_decoder(name, encoding, size):
    """Tells also which order the bytes had: 0 while no mark was read."""
    little = (0xFEFF).to_bytes(size, 'little')

    def decode(data, errors=None, byteorder=0, final=False, /):
        which = encoding if byteorder == 0 else encoding + ('-le' if byteorder < 0 else '-be')
        text, taken = _codecs._decode_part(data, which, errors or 'strict', final)
        if byteorder == 0 and taken:
            start = bytes(memoryview(data)[:size])
            byteorder = -1 if start == little else 1 if start == little[::-1] else 0
        return text, taken, byteorder
    decode.__name__ = decode.__qualname__ = name
    return decode


utf_8_encode, utf_8_decode = _encoder('utf_8_encode', 'utf-8'), _decoder('utf_8_decode', 'utf-8')
utf_7_encode, utf_7_decode = _encoder('utf_7_encode', 'utf-7'), _decoder('utf_7_decode', 'utf-7')
ascii_encode, ascii_decode = _encoder('ascii_encode', 'ascii'), _whole_decoder('ascii_decode', 'ascii')
latin_1_encode, latin_1_decode = _encoder('latin_1_encode', 'latin-1'), _whole_decoder('latin_1_decode', 'latin-1')
utf_16_encode, utf_16_decode = _ordered_encoder('utf_16_encode', 'utf-16'), _decoder('utf_16_decode', 'utf-16')
utf_16_le_encode = _encoder('utf_16_le_encode', 'utf-16-le')
utf_16_le_decode = _decoder('utf_16_le_decode', 'utf-16-le')
utf_16_be_encode = _encoder('utf_16_be_encode', 'utf-16-be')
utf_16_be_decode = _decoder('utf_16_be_decode', 'utf-16-be')
utf_16_ex_decode = _ordered_decoder('utf_16_ex_decode', 'utf-16', 2)
utf_32_encode, utf_32_decode = _ordered_encoder('utf_32_encode', 'utf-32'), _decoder('utf_32_decode', 'utf-32')
utf_32_le_encode = _encoder('utf_32_le_encode', 'utf-32-le')
utf_32_le_decode = _decoder('utf_32_le_decode', 'utf-32-le')
utf_32_be_encode = _encoder('utf_32_be_encode', 'utf-32-be')
utf_32_be_decode = _decoder('utf_32_be_decode', 'utf-32-be')
utf_32_ex_decode = _ordered_decoder('utf_32_ex_decode', 'utf-32', 4)
unicode_escape_encode = _encoder('unicode_escape_encode', 'unicode_escape')
raw_unicode_escape_encode = _encoder('raw_unicode_escape_encode', 'raw_unicode_escape')

_ESCAPE_DIGITS = {b'x': 2, b'u': 4, b'U': 8}


def _escape_begins(data, kinds):
    """Where an escape begins that the end of the data has cut off; the length when there is none."""
    last = data.rfind(b'\\')
    before = len(data[:last + 1].rstrip(b'\\'))
    if last < 0 or (last - before) % 2:
        return len(data)
    kind, rest = data[last + 1:last + 2], data[last + 2:]
    if kind and kind not in kinds:
        return len(data)
    if kind == b'N':
        cut = not rest or rest[:1] == b'{' and b'}' not in rest
    else:
        cut = not kind or len(rest) < _ESCAPE_DIGITS[kind] and not rest.strip(b'0123456789abcdefABCDEF')
    return last if cut else len(data)


def _escape_decoder(name, encoding, kinds):
    def decode(data, errors=None, final=True, /):
        if isinstance(data, str):
            data = data.encode()
        elif not isinstance(data, bytes):
            try:
                data = bytes(memoryview(data))
            except TypeError:
                raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None
        end = len(data) if final else _escape_begins(data, kinds)
        return _codecs._decode_part(data[:end], encoding, errors or 'strict', True)
    decode.__name__ = decode.__qualname__ = name
    return decode


unicode_escape_decode = _escape_decoder('unicode_escape_decode', 'unicode_escape', (b'x', b'u', b'U', b'N'))
raw_unicode_escape_decode = _escape_decoder('raw_unicode_escape_decode', 'raw_unicode_escape', (b'u', b'U'))


def readbuffer_encode(data, errors=None, /):
    """The bytes of a buffer, or of a text in UTF-8."""
    data = data.encode() if isinstance(data, str) else bytes(memoryview(data))
    return data, len(data)


# --- mappings of the program's own ---

def _mapped_byte(mapping, char):
    """What a character becomes, as bytes; None if it has no place."""
    try:
        found = mapping[ord(char)]
    except LookupError:
        return None
    if found is None or isinstance(found, bytes):
        return found
    if not isinstance(found, int):
        raise TypeError(f'character mapping must return integer, bytes or None, not {type(found).__name__}')
    if not 0 <= found < 256:
        raise TypeError('character mapping must be in range(256)')
    return bytes((found,))


def _encode_with(text, errors, mapping):
    out, place, handler = [], 0, None
    while place < len(text):
        found = _mapped_byte(mapping, text[place])
        if found is not None:
            out.append(found)
            place += 1
            continue
        end = place + 1
        while end < len(text) and _mapped_byte(mapping, text[end]) is None:
            end += 1
        error = UnicodeEncodeError('charmap', text, place, end, 'character maps to <undefined>')
        handler = handler or lookup_error(errors)
        replacement, place = _answer(handler(error), 'encoding', (str, bytes), len(text))
        if isinstance(replacement, str):
            mapped = [_mapped_byte(mapping, char) for char in replacement]
            if None in mapped:
                raise error
            replacement = b''.join(mapped)
        out.append(replacement)
    return b''.join(out)


def _answer(answer, doing, kinds, size):
    """What an error handler has answered, when it is what it has to be."""
    pair = isinstance(answer, tuple) and len(answer) == 2
    if not (pair and isinstance(answer[0], kinds) and isinstance(answer[1], int)):
        shape = '(str/bytes, int)' if bytes in kinds else '(str, int)'
        raise TypeError(f'{doing} error handler must return {shape} tuple')
    replacement, place = answer
    if place < 0:
        place += size
    if not 0 <= place <= size:
        raise IndexError(f'position {place} from error handler out of bounds')
    return replacement, place


def charmap_encode(str, errors=None, mapping=None, /):
    """Encode by a mapping of code points to bytes; Latin-1 without one."""
    _text_argument('charmap_encode', str)
    if mapping is None:
        return _codecs.encode(str, 'latin-1', errors or 'strict'), len(str)
    try:
        return bytes([mapping[ord(char)] for char in str]), len(str)
    except (LookupError, TypeError, ValueError):
        return _encode_with(str, errors or 'strict', mapping), len(str)


def _mapped_text(mapping, byte):
    """What a byte becomes; None if it has no meaning."""
    try:
        found = mapping[byte]
    except LookupError:
        return None
    if isinstance(found, int):
        if not 0 <= found <= 0x10FFFF:
            raise TypeError('character mapping must be in range(0x110000)')
        found = chr(found)
    if found is None or found == '\ufffe':
        return None
    if not isinstance(found, str):
        raise TypeError('character mapping must return integer, None or str')
    return found


def charmap_decode(data, errors=None, mapping=None, /):
    """Decode by a mapping of bytes to text, or a text with the character of each byte; Latin-1 without one."""
    if mapping is None:
        return latin_1_decode(data, errors)
    data = bytes(memoryview(data))
    out, place, handler = [], 0, None
    while place < len(data):
        found = _mapped_text(mapping, data[place])
        if found is not None:
            out.append(found)
            place += 1
            continue
        error = UnicodeDecodeError('charmap', data, place, place + 1, 'character maps to <undefined>')
        handler = handler or lookup_error(errors or 'strict')
        replacement, place = _answer(handler(error), 'decoding', (str,), len(data))
        out.append(replacement)
    return ''.join(out), len(data)


def charmap_build(map, /):
    """The mapping for charmap_encode() that undoes a text of 256 characters."""
    return {ord(char): byte for byte, char in enumerate(map) if char != '\ufffe'}


# --- the escapes of bytes ---

_PLAIN_ESCAPES = {ord('\\'): b'\\', ord("'"): b"'", ord('"'): b'"', ord('b'): b'\b', ord('f'): b'\f', ord('t'): b'\t',
                  ord('n'): b'\n', ord('r'): b'\r', ord('v'): b'\v', ord('a'): b'\a', ord('\n'): b''}
_HEX = b'0123456789abcdefABCDEF'


def _hex_escape(data, place, errors):
    r"""(what stands for \x with its digits at `place`, where to go on)"""
    digits = data[place:place + 2]
    if len(digits) == 2 and not digits.strip(_HEX):
        return bytes((int(digits, 16),)), place + 2
    if errors == 'strict':
        raise ValueError(f'invalid \\x escape at position {place - 2}')
    if errors not in ('replace', 'ignore'):
        raise ValueError(f'decoding error; unknown error handling code: {errors}')
    # One digit too few: it goes with the rest of the escape.
    return b'?' if errors == 'replace' else b'', place + (digits[:1] in _HEX and digits != b'')


def _warn(message):
    import warnings
    warnings.warn(message, DeprecationWarning, 3)


def escape_decode(data, errors=None, /):
    """The bytes that a literal of bytes with this text stands for."""
    data = data.encode() if isinstance(data, str) else bytes(memoryview(data))
    out, place, warned = [], 0, False
    while True:
        slash = data.find(b'\\', place)
        if slash < 0:
            out.append(data[place:])
            return b''.join(out), len(data)
        out.append(data[place:slash])
        if slash + 1 == len(data):
            raise ValueError('Trailing \\ in string')
        kind, place = data[slash + 1], slash + 2
        if kind in _PLAIN_ESCAPES:
            out.append(_PLAIN_ESCAPES[kind])
        elif kind == ord('x'):
            found, place = _hex_escape(data, place, errors or 'strict')
            out.append(found)
        elif ord('0') <= kind <= ord('7'):
            end = place
            while end < min(place + 2, len(data)) and ord('0') <= data[end] <= ord('7'):
                end += 1
            value = int(data[slash + 1:end], 8)
            if value > 0o377 and not warned:
                warned = True
                _warn(f"invalid octal escape sequence '\\{value:o}'")
            out.append(bytes((value & 255,)))
            place = end
        else:
            if not warned:
                warned = True
                _warn(f"invalid escape sequence '\\{chr(kind)}'")
            out.append(data[slash:place])


_ESCAPED = {ord('\\'): '\\\\', ord("'"): "\\'", ord('\t'): '\\t', ord('\n'): '\\n', ord('\r'): '\\r'}


def escape_encode(data, errors=None, /):
    """The text of a literal that stands for these bytes."""
    if not isinstance(data, bytes):
        raise TypeError(f'escape_encode() argument 1 must be bytes, not {type(data).__name__}')
    parts = [_ESCAPED.get(byte) or (chr(byte) if 32 <= byte < 127 else f'\\x{byte:02x}') for byte in data]
    return ''.join(parts).encode('latin-1'), len(data)
