"""CGI scripts: what a web server hands to a program that makes a page. Deprecated.

FieldStorage reads the fields of a form, from the query or from what was sent, and files among them.
"""
import html
import locale
import os
import sys
import tempfile
import traceback
import urllib.parse
import warnings
from collections.abc import Mapping
from email.message import Message
from email.parser import FeedParser
from io import BytesIO, StringIO, TextIOWrapper

__all__ = ['MiniFieldStorage', 'FieldStorage', 'parse', 'parse_multipart', 'parse_header', 'test', 'print_exception',
           'print_environ', 'print_form', 'print_directory', 'print_arguments', 'print_environ_usage']
__version__ = '2.6'

warnings._deprecated(__name__, remove=(3, 13))

logfile, logfp = '', None
maxlen = 0  # the most that is read of what is sent; 0 for no limit


def initlog(*allargs):
    """Open the log that logfile names, and from then on write to it by log()."""
    global log, logfile, logfp
    warnings.warn('cgi.log() is deprecated as of 3.10. Use logging instead', DeprecationWarning, stacklevel=2)
    if logfile and not logfp:
        try:
            logfp = open(logfile, 'a', encoding='locale')
        except OSError:
            pass
    log = dolog if logfp else nolog
    log(*allargs)


def dolog(fmt, *args):
    logfp.write(fmt % args + '\n')


def nolog(*allargs):
    """What log() is without a log."""


def closelog():
    global log, logfile, logfp
    logfile = ''
    if logfp:
        logfp.close()
        logfp = None
    log = initlog


log = initlog


def parse(fp=None, environ=os.environ, keep_blank_values=0, strict_parsing=0, separator='&'):
    """The fields of a form: a dict of lists."""
    fp = sys.stdin if fp is None else fp
    encoding = getattr(fp, 'encoding', 'latin-1')
    if isinstance(fp, TextIOWrapper):
        fp = fp.buffer
    if 'REQUEST_METHOD' not in environ:
        environ['REQUEST_METHOD'] = 'GET'  # for trying it by hand
    if environ['REQUEST_METHOD'] == 'POST':
        kind, params = parse_header(environ['CONTENT_TYPE'])
        if kind == 'multipart/form-data':
            return parse_multipart(fp, params, separator=separator)
        query = ''
        if kind == 'application/x-www-form-urlencoded':
            length = int(environ['CONTENT_LENGTH'])
            if maxlen and length > maxlen:
                raise ValueError('Maximum content length exceeded')
            query = fp.read(length).decode(encoding)
        more = environ.get('QUERY_STRING') or (sys.argv[1] if sys.argv[1:] else '')
        query = '&'.join(filter(None, (query, more)))
    elif 'QUERY_STRING' in environ:
        query = environ['QUERY_STRING']
    else:
        query = environ['QUERY_STRING'] = sys.argv[1] if sys.argv[1:] else ''
    return urllib.parse.parse_qs(query, keep_blank_values, strict_parsing, encoding=encoding, separator=separator)


def parse_multipart(fp, pdict, encoding='utf-8', errors='replace', separator='&'):
    """The fields of a multipart message: a dict of lists of texts, and of bytes for files."""
    boundary = pdict['boundary'].decode('ascii')
    headers = Message()
    headers.set_type(f'multipart/form-data; boundary={boundary}')
    if 'CONTENT-LENGTH' in pdict:
        headers['Content-Length'] = pdict['CONTENT-LENGTH']
    form = FieldStorage(fp, headers=headers, encoding=encoding, errors=errors, environ={'REQUEST_METHOD': 'POST'},
                        separator=separator)
    return {name: form.getlist(name) for name in form}


def _parameters(text):
    """The parts of a header between semicolons; quoted strings may hold some."""
    part, quoted, at = '', False, 0
    while at < len(text):
        char = text[at]
        if char == '\\' and quoted:
            part += text[at:at + 2]
            at += 2
            continue
        if char == '"':
            quoted = not quoted
        if char == ';' and not quoted:
            yield part.strip()
            part = ''
        else:
            part += char
        at += 1
    yield part.strip()


def parse_header(line):
    """(what stands first, a dict of the parameters after it) of a header."""
    first, *others = _parameters(line)
    params = {}
    for part in others:
        name, equals, value = part.partition('=')
        if equals:
            value = value.strip()
            if len(value) >= 2 and value[0] == value[-1] == '"':
                value = value[1:-1].replace('\\\\', '\\').replace('\\"', '"')
            params[name.strip().lower()] = value
    return first, params


class MiniFieldStorage:
    """A field of a query: a name and a value."""

    filename = list = type = file = None
    type_options, disposition, disposition_options, headers = {}, None, {}, {}

    def __init__(self, name, value):
        self.name, self.value = name, value

    def __repr__(self):
        return f'MiniFieldStorage({self.name!r}, {self.value!r})'


class FieldStorage:
    """A form, or a field of one. A form is like a dict of fields; a field has a name, and a value or a file."""

    bufsize = 8 * 1024

    def __init__(self, fp=None, headers=None, outerboundary=b'', environ=os.environ, keep_blank_values=0,
                 strict_parsing=0, limit=None, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
        self.keep_blank_values, self.strict_parsing = keep_blank_values, strict_parsing
        self.max_num_fields, self.separator = max_num_fields, separator
        self.encoding, self.errors = encoding, errors
        if not isinstance(outerboundary, bytes):
            raise TypeError('outerboundary must be bytes, not %s' % type(outerboundary).__name__)
        self.outerboundary, self.limit = outerboundary, limit
        self.qs_on_post = None
        method = environ.get('REQUEST_METHOD', 'GET').upper()
        if method in ('GET', 'HEAD'):
            query = environ['QUERY_STRING'] if 'QUERY_STRING' in environ else (sys.argv[1] if sys.argv[1:] else '')
            fp = BytesIO(query.encode(locale.getpreferredencoding(), 'surrogateescape'))
            if headers is None:
                headers = {'content-type': 'application/x-www-form-urlencoded'}
        if headers is None:
            headers = self._headers_of(method, environ)
        elif not isinstance(headers, (Mapping, Message)):
            raise TypeError('headers must be mapping or an instance of email.message.Message')
        self.headers = headers
        self.fp = self._binary(fp)
        self.done = self._binary_file = False
        self.file = self.list = None
        self.bytes_read = 0
        self._read_headers()
        if self.type == 'application/x-www-form-urlencoded':
            self.read_urlencoded()
        elif self.type.startswith('multipart/'):
            self.read_multi(environ, keep_blank_values, strict_parsing)
        else:
            self.read_single()

    def _headers_of(self, method, environ):
        headers = {}
        if method == 'POST':
            headers['content-type'] = 'application/x-www-form-urlencoded'
        if 'CONTENT_TYPE' in environ:
            headers['content-type'] = environ['CONTENT_TYPE']
        if 'QUERY_STRING' in environ:
            self.qs_on_post = environ['QUERY_STRING']
        if 'CONTENT_LENGTH' in environ:
            headers['content-length'] = environ['CONTENT_LENGTH']
        return headers

    @staticmethod
    def _binary(fp):
        if fp is None:
            return sys.stdin.buffer
        if isinstance(fp, TextIOWrapper):
            return fp.buffer
        if not (hasattr(fp, 'read') and hasattr(fp, 'readline')):
            raise TypeError('fp must be file pointer')
        return fp

    def _read_headers(self):
        disposition, options = '', {}
        if 'content-disposition' in self.headers:
            disposition, options = parse_header(self.headers['content-disposition'])
        self.disposition, self.disposition_options = disposition, options
        self.name, self.filename = options.get('name'), options.get('filename')
        self._binary_file = self.filename is not None
        if 'content-type' in self.headers:
            kind, options = parse_header(self.headers['content-type'])
        else:
            kind, options = 'text/plain', {}
        self.type, self.type_options = kind, options
        self.innerboundary = options['boundary'].encode(self.encoding, self.errors) if 'boundary' in options else b''
        length = -1
        if 'content-length' in self.headers:
            try:
                length = int(self.headers['content-length'])
            except ValueError:
                pass
            if maxlen and length > maxlen:
                raise ValueError('Maximum content length exceeded')
        self.length = length
        if self.limit is None and length >= 0:
            self.limit = length

    def __del__(self):
        try:
            self.file.close()
        except AttributeError:
            pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.file.close()

    def __repr__(self):
        return f'FieldStorage({self.name!r}, {self.filename!r}, {self.value!r})'

    def __iter__(self):
        return iter(self.keys())

    def __getattr__(self, name):
        if name != 'value':
            raise AttributeError(name)
        if self.file:
            self.file.seek(0)
            value = self.file.read()
            self.file.seek(0)
            return value
        return self.list

    # A form

    def _fields(self):
        if self.list is None:
            raise TypeError('not indexable')
        return self.list

    def __getitem__(self, key):
        """The field of a name, a list if there are several."""
        found = [field for field in self._fields() if field.name == key]
        if not found:
            raise KeyError(key)
        return found[0] if len(found) == 1 else found

    def getvalue(self, key, default=None):
        """The value of a field, a list if there are several."""
        if key not in self:
            return default
        found = self[key]
        return [field.value for field in found] if isinstance(found, list) else found.value

    def getfirst(self, key, default=None):
        """The value of the first field of a name."""
        return next((field.value for field in self._fields() if field.name == key), default)

    def getlist(self, key):
        """The values of all fields of a name."""
        return [field.value for field in self._fields() if field.name == key]

    def keys(self):
        return list({field.name for field in self._fields()})

    def __contains__(self, key):
        return any(field.name == key for field in self._fields())

    def __len__(self):
        return len(self.keys())

    def __bool__(self):
        if self.list is None:
            raise TypeError('Cannot be converted to bool.')
        return bool(self.list)

    # Reading

    def read_urlencoded(self):
        """The fields of a query, or of a form that was sent as one."""
        query = self.fp.read(self.length)
        if not isinstance(query, bytes):
            raise ValueError('%s should return bytes, got %s' % (self.fp, type(query).__name__))
        query = query.decode(self.encoding, self.errors)
        if self.qs_on_post:
            query += '&' + self.qs_on_post
        self.list = self._pairs(query)
        self.skip_lines()

    def _pairs(self, query):
        pairs = urllib.parse.parse_qsl(query, self.keep_blank_values, self.strict_parsing, encoding=self.encoding,
                                       errors=self.errors, max_num_fields=self.max_num_fields,
                                       separator=self.separator)
        return [MiniFieldStorage(name, value) for name, value in pairs]

    FieldStorageClass = None  # the class of the fields; this one if None

    def read_multi(self, environ, keep_blank_values, strict_parsing):
        """The fields of a multipart message."""
        boundary = self.innerboundary
        if not valid_boundary(boundary):
            raise ValueError('Invalid boundary in multipart form: %r' % (boundary,))
        self.list = self._pairs(self.qs_on_post) if self.qs_on_post else []
        kind = self.FieldStorageClass or self.__class__
        line = self.fp.readline()
        if not isinstance(line, bytes):
            raise ValueError('%s should return bytes, got %s' % (self.fp, type(line).__name__))
        self.bytes_read += len(line)
        while line and line.strip() != b'--' + boundary:
            line = self.fp.readline()
            self.bytes_read += len(line)
        left = self.max_num_fields
        if left is not None:
            left -= len(self.list)
        while True:
            headers = self._part_headers()
            if headers is None:
                break
            # A length that a part says is not to be trusted: the boundary ends it.
            if 'content-length' in headers:
                del headers['content-length']
            limit = None if self.limit is None else self.limit - self.bytes_read
            part = kind(self.fp, headers, boundary, environ, keep_blank_values, strict_parsing, limit, self.encoding,
                        self.errors, left, self.separator)
            if left is not None:
                left -= 1
                if part.list:
                    left -= len(part.list)
                if left < 0:
                    raise ValueError('Max number of fields exceeded')
            self.bytes_read += part.bytes_read
            self.list.append(part)
            if part.done or self.bytes_read >= self.length > 0:
                break
        self.skip_lines()

    def _part_headers(self):
        parser = FeedParser()
        lines = b''
        while data := self.fp.readline():
            lines += data
            if not data.strip():
                break
        self.bytes_read += len(lines)
        if not lines:
            return None
        parser.feed(lines.decode(self.encoding, self.errors))
        return parser.close()

    def read_single(self):
        """A value, or a file."""
        if self.length >= 0:
            self.read_binary()
            self.skip_lines()
        else:
            self.read_lines()
        self.file.seek(0)

    def read_binary(self):
        """So many bytes as the length says."""
        self.file = self.make_file()
        left = self.length
        while left > 0:
            data = self.fp.read(min(left, self.bufsize))
            if not isinstance(data, bytes):
                raise ValueError('%s should return bytes, got %s' % (self.fp, type(data).__name__))
            self.bytes_read += len(data)
            if not data:
                self.done = -1
                break
            self.file.write(data)
            left -= len(data)

    def read_lines(self):
        """Lines up to the boundary, or to the end. What is short stays in memory."""
        self.file = self.__file = BytesIO() if self._binary_file else StringIO()
        if self.outerboundary:
            self.read_lines_to_outerboundary()
        else:
            self.read_lines_to_eof()

    def __write(self, line):
        if self.__file is not None and self.__file.tell() + len(line) > 1000:
            self.file = self.make_file()
            self.file.write(self.__file.getvalue())
            self.__file = None
        self.file.write(line if self._binary_file else line.decode(self.encoding, self.errors))

    def read_lines_to_eof(self):
        while line := self.fp.readline(1 << 16):
            self.bytes_read += len(line)
            self.__write(line)
        self.done = -1

    def _boundary_lines(self, write):
        """Lines up to the boundary; the end of the last line belongs to the boundary."""
        middle, last = b'--' + self.outerboundary, b'--' + self.outerboundary + b'--'
        held, at_line_start, read = b'', True, 0
        while self.limit is None or 0 <= read < self.limit:
            line = self.fp.readline(1 << 16)
            self.bytes_read += len(line)
            read += len(line)
            if not line:
                self.done = -1
                break
            if held == b'\r':
                line, held = held + line, b''
            if line.startswith(b'--') and at_line_start:
                stripped = line.rstrip()
                if stripped == middle:
                    break
                if stripped == last:
                    self.done = 1
                    break
            before = held
            if line.endswith(b'\r\n'):
                held, line, at_line_start = b'\r\n', line[:-2], True
            elif line.endswith(b'\n'):
                held, line, at_line_start = b'\n', line[:-1], True
            elif line.endswith(b'\r'):
                held, line, at_line_start = b'\r', line[:-1], False
            else:
                held, at_line_start = b'', False
            write(before + line)

    def read_lines_to_outerboundary(self):
        self._boundary_lines(self.__write)

    def skip_lines(self):
        """Skip what is left up to the boundary."""
        if self.outerboundary and not self.done:
            self._boundary_lines(lambda line: None)

    def make_file(self):
        """The file for a value that is not short; subclasses may know a better place."""
        if self._binary_file:
            return tempfile.TemporaryFile('wb+')
        return tempfile.TemporaryFile('w+', encoding=self.encoding, newline='\n')


def valid_boundary(s):
    import re
    if isinstance(s, bytes):
        return re.match(b'^[ -~]{0,200}[!-~]$', s)
    return re.match('^[ -~]{0,200}[!-~]$', s)


# For trying things out

def test(environ=os.environ):
    """A page with all that a script is told."""
    print('Content-type: text/html\n')
    sys.stderr = sys.stdout
    try:
        print_form(FieldStorage())
        print_environ(environ)
        print_directory()
        print_arguments()
        print_environ_usage()
    except Exception:
        print_exception()


def print_exception(type=None, value=None, tb=None, limit=None):
    if type is None:
        type, value, tb = sys.exc_info()
    lines = traceback.format_tb(tb, limit) + traceback.format_exception_only(type, value)
    print('\n<H3>Traceback (most recent call last):</H3>')
    print(f'<PRE>{html.escape("".join(lines[:-1]))}<B>{html.escape(lines[-1])}</B></PRE>')


def _list(title, pairs):
    print(f'\n<H3>{title}</H3>\n<DL>')
    for name, value in pairs:
        print(f'<DT> {html.escape(name)} <DD> {value}')
    print('</DL>\n')


def print_environ(environ=os.environ):
    _list('Shell Environment:', ((name, html.escape(environ[name])) for name in sorted(environ)))


def print_form(form):
    _list('Form Contents:', ((f'{name}: {type(form[name])}', html.escape(repr(form[name]))) for name in sorted(form)))


def print_directory():
    try:
        here = html.escape(os.getcwd())
    except OSError as error:
        here = 'OSError: ' + html.escape(str(error))
    print(f'\n<H3>Current Working Directory:</H3>\n{here}\n')


def print_arguments():
    print(f'\n<H3>Command Line Arguments:</H3>\n\n{sys.argv}\n')


def print_environ_usage():
    """The variables that a server may set."""
    names = ('AUTH_TYPE CONTENT_LENGTH CONTENT_TYPE DATE_GMT DATE_LOCAL DOCUMENT_NAME DOCUMENT_ROOT DOCUMENT_URI '
             'GATEWAY_INTERFACE LAST_MODIFIED PATH PATH_INFO PATH_TRANSLATED QUERY_STRING REMOTE_ADDR REMOTE_HOST '
             'REMOTE_IDENT REMOTE_USER REQUEST_METHOD SCRIPT_NAME SERVER_NAME SERVER_PORT SERVER_PROTOCOL SERVER_ROOT '
             'SERVER_SOFTWARE').split()
    print('\n<H3>These environment variables could have been set:</H3>\n<UL>')
    for name in names:
        print(f'<LI>{name}')
    print('</UL>\n')


if __name__ == '__main__':
    test()
