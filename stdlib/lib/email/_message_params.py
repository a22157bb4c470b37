"""The parameters of the headers of a message (Content-Type: text/plain; charset=utf-8), for the class Message."""
from email import errors, utils

_QUOTED_CHARS = frozenset(' ()<>@,;:\\"/[]?=')


def split_param(param):
    """The value of a header without its parameters, and these as text (None: there are none)."""
    value, semicolon, rest = str(param).partition(';')
    return value.strip(), rest.strip() if semicolon else None


def formatparam(param, value=None, quote=True):
    """`param=value`, in quotes where they are needed (or always). Triples and what is not ASCII: after RFC 2231."""
    if value is None or len(value) == 0:
        return param
    if isinstance(value, tuple):
        charset, language, text = value
        return f'{param}*={utils.encode_rfc2231(text, charset, language)}'
    if not value.isascii():
        return f"{param}*={utils.encode_rfc2231(value, 'utf-8', '')}"
    if quote or not _QUOTED_CHARS.isdisjoint(value):
        return f'{param}="{utils.quote(value)}"'
    return f'{param}={value}'


def parse_params(s):
    """The text from the first semicolon on, as a list of 'name=value'; names in lower case."""
    found = []
    s = str(s)
    begin = 0
    while begin < len(s) and s[begin] == ';':
        begin += 1
        end = s.find(';', begin)
        # A semicolon within quotes does not count.
        while end > 0 and (s.count('"', begin, end) - s.count('\\"', begin, end)) % 2:
            end = s.find(';', end + 1)
        if end < 0:
            end = len(s)
        name, equals, value = s[begin:end].partition('=')
        found.append(f'{name.strip().lower()}={value.strip()}'.strip() if equals else name.strip())
        begin = end
    return found


def unquoted(value):
    """A value of a parameter without quotes; triples stay triples."""
    if isinstance(value, tuple):
        return value[0], value[1], utils.unquote(value[2])
    return utils.unquote(value)


class ParameterMixin:
    """Getting, setting and removing parameters."""

    def _get_params_preserve(self, failobj, header):
        """The value and the parameters of a header as (name, value) pairs, quotes kept."""
        missing = object()
        value = self.get(header, missing)
        if value is missing:
            return failobj
        pairs = []
        for param in parse_params(';' + str(value)) if not hasattr(value, 'params') else parse_params(';' + value):
            name, equals, text = param.partition('=')
            pairs.append((name.strip(), text.strip() if equals else ''))
        return utils.decode_params(pairs)

    def get_params(self, failobj=None, header='content-type', unquote=True):
        """All parameters as (name, value) pairs; the first is the value of the header itself, with ''."""
        missing = object()
        params = self._get_params_preserve(missing, header)
        if params is missing:
            return failobj
        return [(name, unquoted(value)) for name, value in params] if unquote else params

    def get_param(self, param, failobj=None, header='content-type', unquote=True):
        """The value of one parameter: a string, or (charset, language, text) if it was encoded after RFC 2231."""
        if header not in self:
            return failobj
        for name, value in self._get_params_preserve(failobj, header):
            if name.lower() == param.lower():
                return unquoted(value) if unquote else value
        return failobj

    def set_param(self, param, value, header='Content-Type', requote=True, charset=None, language='', replace=False):
        """Set a parameter of a header, or add it. With `replace` the header keeps its place among the others."""
        if not isinstance(value, tuple) and charset:
            value = (charset, language, value)
        if header not in self and header.lower() == 'content-type':
            whole = 'text/plain'
        else:
            whole = self.get(header)
        if not self.get_param(param, header=header):
            added = formatparam(param, value, requote)
            whole = f'{whole}; {added}' if whole else added
        else:
            parts = []
            for name, old in self.get_params(header=header, unquote=requote):
                parts.append(formatparam(name, value if name.lower() == param.lower() else old, requote))
            whole = '; '.join(parts)
        if whole != self.get(header):
            if replace:
                self.replace_header(header, whole)
            else:
                del self[header]
                self[header] = whole

    def del_param(self, param, header='content-type', requote=True):
        """Remove a parameter. The others are quoted anew, unless `requote` is false."""
        if header not in self:
            return
        kept = [formatparam(name, value, requote) for name, value in self.get_params(header=header, unquote=requote)
                if name.lower() != param.lower()]
        whole = '; '.join(kept)
        if whole != self.get(header):
            del self[header]
            self[header] = whole

    def set_type(self, type, header='Content-Type', requote=True):
        """Set main type and subtype; the parameters stay."""
        if not type.count('/') == 1:
            raise ValueError
        if header.lower() == 'content-type':
            del self['mime-version']
            self['MIME-Version'] = '1.0'
        if header not in self:
            self[header] = type
            return
        params = self.get_params(header=header, unquote=requote)
        del self[header]
        self[header] = type
        for name, value in params[1:]:
            self.set_param(name, value, header, requote)

    def get_filename(self, failobj=None):
        """The file name of Content-Disposition, or the name of Content-Type."""
        missing = object()
        name = self.get_param('filename', missing, 'content-disposition')
        if name is missing:
            name = self.get_param('name', missing, 'content-type')
        return failobj if name is missing else utils.collapse_rfc2231_value(name).strip()

    def get_boundary(self, failobj=None):
        """The boundary between parts."""
        missing = object()
        boundary = self.get_param('boundary', missing)
        # RFC 2046 says that it cannot end in white space.
        return failobj if boundary is missing else utils.collapse_rfc2231_value(boundary).rstrip()

    def set_boundary(self, boundary):
        """Set the boundary; the header stays where it is. HeaderParseError without a Content-Type."""
        missing = object()
        params = self._get_params_preserve(missing, 'content-type')
        if params is missing:
            raise errors.HeaderParseError('No Content-Type header found')
        fresh = [(name, f'"{boundary}"' if name.lower() == 'boundary' else value) for name, value in params]
        if not any(name.lower() == 'boundary' for name, _ in params):
            # The first pair is the type.
            fresh.append(('boundary', f'"{boundary}"'))
        whole = '; '.join(name if value == '' else f'{name}={value}' for name, value in fresh)
        self._headers = [self.policy.header_store_parse(name, whole) if name.lower() == 'content-type' else (name, value)
                         for name, value in self._headers]

    def get_content_charset(self, failobj=None):
        """The charset of Content-Type, in lower case."""
        missing = object()
        charset = self.get_param('charset', missing)
        if charset is missing:
            return failobj
        if isinstance(charset, tuple):
            name = charset[0] or 'us-ascii'
            try:
                charset = str(charset[2].encode('raw-unicode-escape'), name)
            except (LookupError, UnicodeError):
                charset = charset[2]
        try:
            charset.encode('us-ascii')
        except UnicodeError:
            return failobj
        return charset.lower()
