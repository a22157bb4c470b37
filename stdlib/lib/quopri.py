"""Quoted-printable (RFC 1521): text with a few bytes escaped. Files and bytes; binascii does the work for bytes."""
import sys
from binascii import a2b_qp, b2a_qp

__all__ = ['encode', 'decode', 'encodestring', 'decodestring']

ESCAPE = b'='
MAXLINESIZE = 76
HEX = b'0123456789ABCDEF'
EMPTYSTRING = b''


def encode(input, output, quotetabs, header=False):
    """From one binary file to another. With `quotetabs` also spaces and tabs are escaped, with `header` spaces are '_'."""
    output.write(b2a_qp(input.read(), quotetabs=quotetabs, header=header))


def encodestring(s, quotetabs=False, header=False):
    return b2a_qp(s, quotetabs=quotetabs, header=header)


def decode(input, output, header=False):
    """From one binary file to another. With `header` a '_' is a space."""
    output.write(a2b_qp(input.read(), header=header))


def decodestring(s, header=False):
    return a2b_qp(s, header=header)


def ishex(c):
    """Whether a byte is a hexadecimal digit."""
    assert isinstance(c, bytes)
    return c in (b'%c' % digit for digit in b'0123456789abcdefABCDEF')


def unhex(s):
    """The number of some hexadecimal digits."""
    return int(s, 16)


def quote(c):
    """The escape of one byte."""
    assert isinstance(c, bytes) and len(c) == 1
    return b'=%02X' % ord(c)


def needsquoting(c, quotetabs, header):
    """Whether a byte must be escaped."""
    assert isinstance(c, bytes)
    if c in b' \t':
        return quotetabs
    if c == b'_':
        return header
    return c == ESCAPE or not b' ' <= c <= b'~'


def main():
    import getopt
    try:
        options, files = getopt.getopt(sys.argv[1:], 'td')
    except getopt.error as message:
        print(message, 'usage: quopri [-t | -d] [file] ...', '-t: quote tabs', '-d: decode; default encode',
              sep='\n', file=sys.stderr)
        sys.exit(2)
    switches = {switch for switch, _ in options}
    if switches == {'-t', '-d'}:
        print('-t and -d are mutually exclusive', file=sys.stderr)
        sys.exit(2)
    status = 0
    for name in files or ['-']:
        try:
            source = sys.stdin.buffer if name == '-' else open(name, 'rb')
        except OSError as error:
            sys.stderr.write(f"{name}: can't open ({error})\n")
            status = 1
            continue
        try:
            if '-d' in switches:
                decode(source, sys.stdout.buffer)
            else:
                encode(source, sys.stdout.buffer, '-t' in switches)
        finally:
            if source is not sys.stdin.buffer:
                source.close()
    if status:
        sys.exit(status)


if __name__ == '__main__':
    main()
