"""Apple's property lists: numbers, texts, bytes, dates, lists and dicts, as XML or in the binary format.

The XML half is here; the binary one is in _plist_binary.py.
"""
import binascii
import codecs
import datetime
import enum
import itertools
import re
from io import BytesIO
from xml.parsers.expat import ParserCreate

__all__ = ['InvalidFileException', 'FMT_XML', 'FMT_BINARY', 'load', 'dump', 'loads', 'dumps', 'UID']

PlistFormat = enum.Enum('PlistFormat', 'FMT_XML FMT_BINARY', module=__name__)
globals().update(PlistFormat.__members__)


class UID:
    """A reference to an object of an archive that NSKeyedArchiver wrote."""

    def __init__(self, data):
        if not isinstance(data, int):
            raise TypeError('data must be an int')
        if data >= 1 << 64:
            raise ValueError('UIDs cannot be >= 2**64')
        if data < 0:
            raise ValueError('UIDs must be positive')
        self.data = data

    def __index__(self):
        return self.data

    def __repr__(self):
        return f'{self.__class__.__name__}({self.data!r})'

    def __reduce__(self):
        return self.__class__, (self.data,)

    def __eq__(self, other):
        return self.data == other.data if isinstance(other, UID) else NotImplemented

    def __hash__(self):
        return hash(self.data)


class InvalidFileException(ValueError):
    """A file that is no property list."""

    def __init__(self, message='Invalid file'):
        super().__init__(message)


_DATE = re.compile(r'(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?)?)?)?Z', re.ASCII)
_FORBIDDEN = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f]')
_HEADER = b'''\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
'''


def _date_of(text):
    match = _DATE.match(text)
    if match is None:
        raise AttributeError("'NoneType' object has no attribute 'groupdict'")
    return datetime.datetime(*(int(part) for part in match.groups() if part is not None))


def _escaped(text):
    if _FORBIDDEN.search(text):
        raise ValueError("strings can't contain control characters; use bytes instead")
    text = text.replace('\r\n', '\n').replace('\r', '\n')
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')


class _XMLReader:
    """Builds the objects while expat goes through the text. The containers that are open are on the stack."""

    def __init__(self, dict_type):
        self.stack, self.key, self.root = [], None, None
        self.text = []
        self.dict_type = dict_type

    def parse(self, file):
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = lambda data: self.text.append(data)
        self.parser.EntityDeclHandler = self.entity
        self.parser.ParseFile(file)
        return self.root

    def entity(self, *declaration):
        raise InvalidFileException('XML entity declarations are not supported in plist files')

    def error(self, what):
        return ValueError(f'{what} at line {self.parser.CurrentLineNumber:d}')

    def start(self, element, attributes):
        self.text = []
        if element == 'dict' or element == 'array':
            container = self.dict_type() if element == 'dict' else []
            self.add(container)
            self.stack.append(container)

    def end(self, element):
        if element == 'key':
            self.end_key()
        elif element == 'dict':
            if self.key:
                raise self.error(f"missing value for key '{self.key}'")
            self.stack.pop()
        elif element == 'array':
            self.stack.pop()
        elif element in _SCALARS:
            self.add(_SCALARS[element](self.taken()))

    def taken(self):
        text, self.text = ''.join(self.text), []
        return text

    def end_key(self):
        if self.key or not isinstance(self.stack[-1], type(self.dict_type())):
            raise self.error('unexpected key')
        self.key = self.taken()

    def add(self, value):
        if self.key is not None:
            if not isinstance(self.stack[-1], type(self.dict_type())):
                raise self.error('unexpected element')
            self.stack[-1][self.key] = value
            self.key = None
        elif not self.stack:
            self.root = value
        elif not isinstance(self.stack[-1], list):
            raise self.error('unexpected element')
        else:
            self.stack[-1].append(value)


_SCALARS = {
    'true': lambda text: True,
    'false': lambda text: False,
    'integer': lambda text: int(text, 16 if text.startswith(('0x', '0X')) else 10),
    'real': float,
    'string': str,
    'data': lambda text: binascii.a2b_base64(text.encode('utf-8')),
    'date': _date_of,
}


class _XMLWriter:
    """Writes objects as elements, one line each, deeper ones behind more tabs."""

    def __init__(self, file, sort_keys, skipkeys):
        self.file, self.sort_keys, self.skipkeys = file, sort_keys, skipkeys
        self.depth = 0

    def document(self, value):
        self.file.write(_HEADER + b'<plist version="1.0">\n')
        self.value(value)
        self.line('</plist>')

    def line(self, text):
        self.file.write(b'\t' * self.depth + text.encode() + b'\n')

    def element(self, name, text):
        self.line(f'<{name}>{_escaped(text)}</{name}>')

    def value(self, value):
        if isinstance(value, str):
            self.element('string', value)
        elif value is True or value is False:
            self.line('<true/>' if value else '<false/>')
        elif isinstance(value, int):
            if not -1 << 63 <= value < 1 << 64:
                raise OverflowError(value)
            self.element('integer', f'{value:d}')
        elif isinstance(value, float):
            self.element('real', repr(value))
        elif isinstance(value, dict):
            self.dictionary(value)
        elif isinstance(value, (bytes, bytearray)):
            self.data(value)
        elif isinstance(value, datetime.datetime):
            self.element('date', f'{value.year:04d}-{value.month:02d}-{value.day:02d}T{value.hour:02d}:'
                                 f'{value.minute:02d}:{value.second:02d}Z')
        elif isinstance(value, (tuple, list)):
            self.container('array', value, self.value)
        else:
            raise TypeError(f'unsupported type: {type(value)}')

    def container(self, name, items, write):
        if not items:
            self.line(f'<{name}/>')
            return
        self.line(f'<{name}>')
        self.depth += 1
        for item in items:
            write(item)
        self.depth -= 1
        self.line(f'</{name}>')

    def dictionary(self, mapping):
        self.container('dict', sorted(mapping.items()) if self.sort_keys else mapping.items(), self.pair)

    def pair(self, item):
        key, value = item
        if isinstance(key, str):
            self.element('key', key)
            self.value(value)
        elif not self.skipkeys:
            raise TypeError('keys must be strings')

    def data(self, data):
        """Base64, in lines that end before column 76 if a tab is eight wide."""
        self.line('<data>')
        step = max(16, 76 - 8 * self.depth) // 4 * 3
        for start in range(0, len(data), step):
            self.line(binascii.b2a_base64(data[start:start + step], newline=False).decode())
        self.line('</data>')


def _looks_like_xml(header):
    starts = '<?xml', '<plist'
    marks = (b'', 'ascii'), (codecs.BOM_UTF8, 'utf-8'), (codecs.BOM_UTF16_BE, 'utf-16-be'), \
        (codecs.BOM_UTF16_LE, 'utf-16-le')
    return header.startswith(tuple(mark + start.encode(encoding)
                                   for (mark, encoding), start in itertools.product(marks, starts)))


def load(fp, *, fmt=None, dict_type=dict):
    """The object in a file that is open in binary mode. The format is found out unless fmt says it."""
    if fmt is None:
        header = fp.read(32)
        fp.seek(0)
        if _looks_like_xml(header):
            fmt = FMT_XML
        elif header.startswith(b'bplist00'):
            fmt = FMT_BINARY
        else:
            raise InvalidFileException()
    if fmt is FMT_XML:
        return _XMLReader(dict_type).parse(fp)
    from _plist_binary import Reader
    return Reader(dict_type).parse(fp)


def loads(value, *, fmt=None, dict_type=dict):
    """The object in a bytes object."""
    return load(BytesIO(value), fmt=fmt, dict_type=dict_type)


def dump(value, fp, *, fmt=FMT_XML, sort_keys=True, skipkeys=False):
    """Write an object to a file that is open in binary mode."""
    if fmt is FMT_XML:
        _XMLWriter(fp, sort_keys, skipkeys).document(value)
    elif fmt is FMT_BINARY:
        from _plist_binary import Writer
        Writer(fp, sort_keys, skipkeys).document(value)
    else:
        raise ValueError(f'Unsupported format: {fmt!r}')


def dumps(value, *, fmt=FMT_XML, skipkeys=False, sort_keys=True):
    """The bytes of an object."""
    file = BytesIO()
    dump(value, file, fmt=fmt, skipkeys=skipkeys, sort_keys=sort_keys)
    return file.getvalue()
