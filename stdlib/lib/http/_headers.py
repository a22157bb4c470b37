"""The header lines of a message: names without regard to case, in their order, each perhaps more than once."""


class HTTPMessage:
    """The headers of a request or answer."""

    def __init__(self, items=()):
        self._headers = list(items)

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._headers.append((name, str(value)))

    add_header = __setitem__

    def __delitem__(self, name):
        name = name.lower()
        self._headers = [item for item in self._headers if item[0].lower() != name]

    def __contains__(self, name):
        name = name.lower()
        return any(known.lower() == name for known, _ in self._headers)

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self._headers)

    def get(self, name, default=None):
        """The first value of a header."""
        name = name.lower()
        for known, value in self._headers:
            if known.lower() == name:
                return value
        return default

    def get_all(self, name, failobj=None):
        """Every value of a header, as a list."""
        name = name.lower()
        return [value for known, value in self._headers if known.lower() == name] or failobj

    def keys(self):
        return [name for name, _ in self._headers]

    def values(self):
        return [value for _, value in self._headers]

    def items(self):
        return list(self._headers)

    def get_content_type(self):
        """The type of the content, without parameters, in lower case."""
        kind = self.get('content-type', 'text/plain').partition(';')[0].strip().lower()
        return kind if kind.count('/') == 1 else 'text/plain'

    def get_content_maintype(self):
        return self.get_content_type().partition('/')[0]

    def get_content_subtype(self):
        return self.get_content_type().partition('/')[2]

    def get_param(self, name, failobj=None, header='content-type'):
        """A parameter of a header."""
        for part in (self.get(header) or '').split(';')[1:]:
            key, equals, value = part.partition('=')
            if key.strip().lower() == name.lower():
                return value.strip().strip('"')
        return failobj

    def get_content_charset(self, failobj=None):
        """The encoding that the content names."""
        charset = self.get_param('charset')
        return failobj if charset is None else charset.lower()

    def get_filename(self, failobj=None):
        """The name of the file that the content is, if it says so."""
        return self.get_param('filename', failobj, 'content-disposition')

    def as_string(self):
        return ''.join(f'{name}: {value}\n' for name, value in self._headers) + '\n'

    __str__ = as_string

    def __bytes__(self):
        return self.as_string().encode('latin-1')


def read_headers(file, too_long, too_many, longest=65536, most=100):
    """The header lines up to the empty one. too_long and too_many make the exceptions."""
    headers = []
    count = 0
    while True:
        line = file.readline(longest + 1)
        if len(line) > longest:
            raise too_long('header line')
        if line in (b'\r\n', b'\n', b''):
            return HTTPMessage(headers)
        count += 1
        if count > most:
            raise too_many('got more than %d headers' % most)
        text = line.decode('iso-8859-1').rstrip('\r\n')
        if text[:1] in ' \t' and headers:
            name, value = headers[-1]
            headers[-1] = name, f'{value}\n{text}'  # goes on with the line before
            continue
        name, colon, value = text.partition(':')
        if colon:
            headers.append((name, value.strip(' \t')))
