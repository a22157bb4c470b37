"""Bytes as printable text: Base16, Base32, Base64 (RFC 4648), Base85 and Ascii85."""
import binascii
import struct

__all__ = [
    'encode', 'decode', 'encodebytes', 'decodebytes', 'b64encode', 'b64decode', 'b32encode',
    'b32decode', 'b32hexencode', 'b32hexdecode', 'b16encode', 'b16decode', 'b85encode',
    'b85decode', 'a85encode', 'a85decode', 'standard_b64encode', 'standard_b64decode',
    'urlsafe_b64encode', 'urlsafe_b64decode']

bytes_types = (bytes, bytearray)

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3


def _as_bytes(data):
    if isinstance(data, str):
        try:
            return data.encode('ascii')
        except UnicodeEncodeError:
            raise ValueError('string argument should contain only ASCII characters')
    if isinstance(data, bytes_types):
        return data
    try:
        return memoryview(data).tobytes()
    except TypeError:
        raise TypeError('argument should be a bytes-like object or ASCII string, not '
                        f'{data.__class__.__name__!r}') from None


# --- Base64 ---

def b64encode(s, altchars=None):
    """The bytes in Base64; `altchars` are two characters instead of + and /."""
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is None:
        return encoded
    assert len(altchars) == 2, repr(altchars)
    return encoded.translate(bytes.maketrans(b'+/', altchars))


def b64decode(s, altchars=None, validate=False):
    """What the Base64 text stands for. Characters outside the alphabet are skipped, or an error with `validate`."""
    s = _as_bytes(s)
    if altchars is not None:
        altchars = _as_bytes(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b'+/'))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


_TO_URLSAFE = bytes.maketrans(b'+/', b'-_')
_FROM_URLSAFE = bytes.maketrans(b'-_', b'+/')


def urlsafe_b64encode(s):
    """Base64 with - and _ instead of + and /."""
    return b64encode(s).translate(_TO_URLSAFE)


def urlsafe_b64decode(s):
    return b64decode(_as_bytes(s).translate(_FROM_URLSAFE))


# --- Base32 ---

_B32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
_B32HEX = b'0123456789ABCDEFGHIJKLMNOPQRSTUV'
_pairs = {}
_values = {}


def _encode32(alphabet, s):
    pairs = _pairs.get(alphabet)
    if pairs is None:
        letters = [bytes((c,)) for c in alphabet]
        pairs = _pairs[alphabet] = [a + b for a in letters for b in letters]
    if not isinstance(s, bytes_types):
        s = memoryview(s).tobytes()
    missing = -len(s) % 5
    if missing:
        s = s + b'\0' * missing
    pieces = []
    for i in range(0, len(s), 5):
        number = int.from_bytes(s[i:i + 5], 'big')
        pieces += (pairs[number >> 30], pairs[number >> 20 & 1023], pairs[number >> 10 & 1023],
                   pairs[number & 1023])
    encoded = b''.join(pieces)
    if missing:
        pads = missing * 8 // 5
        encoded = encoded[:-pads] + b'=' * pads
    return encoded


def _decode32(alphabet, s, casefold, map01=None):
    values = _values.get(alphabet)
    if values is None:
        values = _values[alphabet] = {c: i for i, c in enumerate(alphabet)}
    s = _as_bytes(s)
    if len(s) % 8:
        raise binascii.Error('Incorrect padding')
    if map01 is not None:
        map01 = _as_bytes(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b'01', b'O' + map01))
    if casefold:
        s = s.upper()
    size = len(s)
    s = s.rstrip(b'=')
    pads = size - len(s)
    decoded = bytearray()
    number = 0
    for i in range(0, len(s), 8):
        number = 0
        group = s[i:i + 8]
        for c in group:
            try:
                number = number << 5 | values[c]
            except KeyError:
                raise binascii.Error('Non-base32 digit found') from None
        number <<= 5 * (8 - len(group))
        decoded += number.to_bytes(5, 'big')
    if pads not in (0, 1, 3, 4, 6):
        raise binascii.Error('Incorrect padding')
    if pads and decoded:
        del decoded[-((5 * pads + 7) // 8):]
    return bytes(decoded)


def b32encode(s):
    """The bytes in Base32."""
    return _encode32(_B32, s)


def b32decode(s, casefold=False, map01=None):
    """What the Base32 text stands for. `map01`: the letter that the digit 1 means; 0 then means O."""
    return _decode32(_B32, s, casefold, map01)


def b32hexencode(s):
    """The bytes in the Base32 alphabet that keeps their order."""
    return _encode32(_B32HEX, s)


def b32hexdecode(s, casefold=False):
    return _decode32(_B32HEX, s, casefold)


# --- Base16 ---

def b16encode(s):
    """The bytes as upper-case hexadecimal digits."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _as_bytes(s)
    if casefold:
        s = s.upper()
    if s.translate(None, b'0123456789ABCDEF'):
        raise binascii.Error('Non-base16 digit found')
    return binascii.unhexlify(s)


# --- Base85 ---

_B85 = (b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
        b'!#$%&()*+-;<=>?@^_`{|}~')
_A85 = bytes(range(33, 118))
_b85_values = None


def _encode85(b, alphabet, pad, fold_zeros, fold_spaces):
    if not isinstance(b, bytes_types):
        b = memoryview(b).tobytes()
    missing = -len(b) % 4
    if missing:
        b = b + b'\0' * missing
    pairs = _pairs.get(alphabet)
    if pairs is None:
        letters = [bytes((c,)) for c in alphabet]
        pairs = _pairs[alphabet] = [x + y for x in letters for y in letters]
    pieces = []
    for word in struct.unpack(f'!{len(b) // 4}I', b):
        if fold_zeros and not word:
            pieces.append(b'z')
        elif fold_spaces and word == 0x20202020:
            pieces.append(b'y')
        else:
            word, last = divmod(word, 85)
            pieces.append(pairs[word // 7225] + pairs[word % 7225] + alphabet[last:last + 1])
    if missing and not pad:
        if pieces[-1] == b'z':
            pieces[-1] = alphabet[:1] * 5
        pieces[-1] = pieces[-1][:-missing]
    return b''.join(pieces)


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """The bytes in Ascii85. `adobe` frames the result with <~ and ~>."""
    encoded = _encode85(b, _A85, pad, True, foldspaces)
    if adobe:
        encoded = b'<~' + encoded
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [encoded[i:i + wrapcol] for i in range(0, len(encoded), wrapcol)]
        if adobe and lines and len(lines[-1]) + 2 > wrapcol:
            lines.append(b'')
        encoded = b'\n'.join(lines)
    if adobe:
        encoded += b'~>'
    return encoded


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    """What the Ascii85 text stands for."""
    b = _as_bytes(b)
    if adobe:
        if not b.endswith(b'~>'):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b'<~') else b[:-2]
    decoded = bytearray()
    group = []
    for c in b + b'u' * 4:
        if 33 <= c <= 117:
            group.append(c - 33)
            if len(group) == 5:
                word = 0
                for digit in group:
                    word = word * 85 + digit
                if word >= 1 << 32:
                    raise ValueError('Ascii85 overflow')
                decoded += word.to_bytes(4, 'big')
                group.clear()
        elif c == 122:
            if group:
                raise ValueError('z inside Ascii85 5-tuple')
            decoded += b'\0\0\0\0'
        elif foldspaces and c == 121:
            if group:
                raise ValueError('y inside Ascii85 5-tuple')
            decoded += b'    '
        elif c not in ignorechars:
            raise ValueError('Non-Ascii85 digit found: %c' % c)
    # Of the four filling digits, those that found no group tell how short the last one was.
    surplus = 4 - len(group)
    if surplus:
        del decoded[-surplus:]
    return bytes(decoded)


def b85encode(b, pad=False):
    """The bytes in the Base85 of git and Mercurial."""
    return _encode85(b, _B85, pad, False, False)


def b85decode(b):
    """What the Base85 text stands for."""
    global _b85_values
    if _b85_values is None:
        _b85_values = [None] * 256
        for i, c in enumerate(_B85):
            _b85_values[c] = i
    b = _as_bytes(b)
    missing = -len(b) % 5
    b = b + b'~' * missing
    decoded = bytearray()
    for i in range(0, len(b), 5):
        word = 0
        for j, c in enumerate(b[i:i + 5]):
            digit = _b85_values[c]
            if digit is None:
                raise ValueError(f'bad base85 character at position {i + j}')
            word = word * 85 + digit
        if word >= 1 << 32:
            raise ValueError(f'base85 overflow in hunk starting at byte {i}')
        decoded += word.to_bytes(4, 'big')
    if missing:
        del decoded[-missing:]
    return bytes(decoded)


# --- lines and files, as in mail ---

def _check_input(s):
    try:
        view = memoryview(s)
    except TypeError as error:
        raise TypeError(f'expected bytes-like object, not {s.__class__.__name__}') from error
    if view.format not in ('c', 'b', 'B'):
        raise TypeError(f'expected single byte elements, not {view.format!r} from {s.__class__.__name__}')
    if view.ndim != 1:
        raise TypeError(f'expected 1-D data, not {view.ndim}-D data from {s.__class__.__name__}')


def encodebytes(s):
    """The bytes in Base64, in lines of 76 characters."""
    _check_input(s)
    return b''.join([binascii.b2a_base64(s[i:i + MAXBINSIZE]) for i in range(0, len(s), MAXBINSIZE)])


def decodebytes(s):
    _check_input(s)
    return binascii.a2b_base64(s)


def encode(input, output):
    """Encodes one binary file into another."""
    while piece := input.read(MAXBINSIZE):
        while len(piece) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(piece))):
            piece += more
        output.write(binascii.b2a_base64(piece))


def decode(input, output):
    """Decodes one binary file into another."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def main():
    """python -m base64 [-e|-d|-u] [file|-]: encodes (or decodes) a file or stdin."""
    import getopt
    import sys
    usage = f'usage: {sys.argv[0]} [-h|-d|-e|-u|-t] [file|-]'
    try:
        options, arguments = getopt.getopt(sys.argv[1:], 'hdeut')
    except getopt.error as error:
        print(error, usage, sep='\n', file=sys.stderr)
        sys.exit(2)
    work = encode
    for option, _ in options:
        if option == '-e':
            work = encode
        elif option in ('-d', '-u'):
            work = decode
        elif option == '-h':
            print(usage)
            return
    if arguments and arguments[0] != '-':
        with open(arguments[0], 'rb') as file:
            work(file, sys.stdout.buffer)
    else:
        work(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == '__main__':
    main()
