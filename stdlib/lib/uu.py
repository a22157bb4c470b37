"""Uuencode: bytes as printable lines, the way they once were mailed."""
import binascii
import contextlib
import os
import sys
import warnings

warnings.warn("'uu' is deprecated and slated for removal in Python 3.13", DeprecationWarning, stacklevel=2)

__all__ = ['Error', 'encode', 'decode']


class Error(Exception):
    """What is to be decoded is no uuencoded file."""


@contextlib.contextmanager
def _opened(file, mode, standard):
    """The file; one that is opened here, by its name, is closed in the end."""
    if file == '-':
        yield standard.buffer
    elif isinstance(file, str):
        with open(file, mode) as opened:
            yield opened
    else:
        yield file


def encode(in_file, out_file, name=None, mode=None, *, backtick=False):
    """Encode a file. Files are names, '-' or binary files; `name` and `mode` go into the first line."""
    if in_file == '-':
        name = '-' if name is None else name
    elif isinstance(in_file, str):
        name = os.path.basename(in_file) if name is None else name
        if mode is None:
            try:
                mode = os.stat(in_file).st_mode
            except AttributeError:
                pass
    with _opened(in_file, 'rb', sys.stdin) as source, _opened(out_file, 'wb', sys.stdout) as target:
        name = '-' if name is None else name.replace('\n', '\\n').replace('\r', '\\r')
        mode = 0o666 if mode is None else mode
        target.write(f'begin {mode & 0o777:o} {name}\n'.encode('ascii'))
        while data := source.read(45):
            target.write(binascii.b2a_uu(data, backtick=backtick))
        target.write(b'`\nend\n' if backtick else b' \nend\n')


def decode(in_file, out_file=None, mode=None, quiet=False):
    """Decode a file. Without `out_file` the first line says the name; no file is overwritten then."""
    with _opened(in_file, 'rb', sys.stdin) as source:
        said_mode, said_name = _header(source)
        if out_file is None:
            out_file = said_name.rstrip(b' \t\r\n\f').decode('ascii')
            if os.path.exists(out_file):
                raise Error(f'Cannot overwrite existing file: {out_file}')
            if out_file.startswith(os.sep) or f'..{os.sep}' in out_file:
                raise Error(f'Refusing to write to {out_file} due to directory traversal')
        if mode is None:
            mode = said_mode
        with _opened(out_file, 'wb', sys.stdout) as target:
            if isinstance(out_file, str) and out_file != '-':
                os.chmod(out_file, mode)
            _body(source, target, quiet)


def _header(source):
    """Mode and name, from the first line that begins with 'begin'."""
    while True:
        line = source.readline()
        if not line:
            raise Error('No valid begin line found in input file')
        if not line.startswith(b'begin'):
            continue
        words = line.split(b' ', 2)
        if len(words) == 3 and words[0] == b'begin':
            try:
                return int(words[1], 8), words[2]
            except ValueError:
                pass


def _body(source, target, quiet):
    line = source.readline()
    while line and line.strip(b' \t\r\n\f') != b'end':
        try:
            data = binascii.a2b_uu(line)
        except binascii.Error as error:
            # Some encoders count wrongly: the first character says how much there is.
            size = (((line[0] - 32) & 63) * 4 + 5) // 3
            data = binascii.a2b_uu(line[:size])
            if not quiet:
                sys.stderr.write(f'Warning: {error}\n')
        target.write(data)
        line = source.readline()
    if not line:
        raise Error('Truncated input file')


def test():
    """The command line: uuencode, or uudecode with -d; text is converted with -t."""
    import optparse
    parser = optparse.OptionParser(usage='usage: %prog [-d] [-t] [input [output]]')
    parser.add_option('-d', '--decode', dest='decode', help='Decode (instead of encode)?', default=False,
                      action='store_true')
    parser.add_option('-t', '--text', dest='text',
                      help='data is text, encoded format unix-compatible text?', default=False, action='store_true')
    options, args = parser.parse_args()
    if len(args) > 2:
        parser.error('incorrect number of arguments')
    source = args[0] if args else sys.stdin.buffer
    target = args[1] if len(args) > 1 else sys.stdout.buffer
    if options.decode:
        if options.text:
            if not isinstance(target, str):
                print(sys.argv[0], ': cannot do -t to stdout')
                sys.exit(1)
            target = open(target, 'wb')
        decode(source, target)
    else:
        if options.text:
            if not isinstance(source, str):
                print(sys.argv[0], ': cannot do -t from stdin')
                sys.exit(1)
            source = open(source, 'rb')
        encode(source, target)


if __name__ == '__main__':
    test()
