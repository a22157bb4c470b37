"""Payloads that are uuencoded."""
import binascii


def _begins(line):
    """Whether it is the first line, `begin MODE NAME`."""
    word, _, rest = line.partition(b' ')
    mode = rest.partition(b' ')[0]
    try:
        return word == b'begin' and int(mode, 8) >= 0
    except ValueError:
        return False


def _bytes_of(line):
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some encoders leave too much at the end: the first character says how many bytes there are.
        count = (line[0] - 32) % 64
        return binascii.a2b_uu(line[:(4 * count + 5) // 3])


def decode(encoded):
    """The bytes between `begin` and `end`. ValueError when there is no beginning, or an empty line inside."""
    lines = iter(encoded.splitlines())
    if not any(map(_begins, lines)):
        raise ValueError('`begin` line not found')
    data = bytearray()
    for line in lines:
        if not line:
            raise ValueError('Truncated input')
        if line.strip(b' \t\r\n\f') == b'end':
            break
        data += _bytes_of(line)
    return bytes(data)
