"""Messages: headers, which are a mapping that may hold a name several times, and a payload: text, or a list of parts.

Message is the class of the old world, EmailMessage that of the new one (policies of email.policy), with calls for content
and attachments. What concerns parameters of headers is in _message_params.
"""
import binascii
import quopri
from io import BytesIO, StringIO

from email import charset as _charset, errors, utils
from email._encoded_words import decode_b
from email._message_params import ParameterMixin, formatparam as _formatparam, parse_params as _parseparam, split_param as _splitparam
from email._policybase import compat32
from email.iterators import walk as _walk

__all__ = ['Message', 'EmailMessage']

Charset = _charset.Charset
SEMISPACE = '; '
_UU_NAMES = ('x-uuencode', 'uuencode', 'uue', 'x-uue')


def _decode_uu(encoded):
    """The bytes of uuencoded lines; broken lines are mended as far as they can be."""
    lines = iter(encoded.splitlines())
    for line in lines:
        if line.startswith(b'begin '):
            mode, _, name = line.removeprefix(b'begin ').partition(b' ')
            try:
                int(mode, base=8)
            except ValueError:
                continue
            break
    else:
        raise ValueError('`begin` line not found')
    pieces = []
    for line in lines:
        if not line:
            raise ValueError('Truncated input')
        if line.strip(b' \t\r\n\f') == b'end':
            break
        try:
            piece = binascii.a2b_uu(line)
        except binascii.Error:
            # Some encoders count wrongly: the first character says how much there is.
            size = (((line[0] - 32) & 63) * 4 + 5) // 3
            piece = binascii.a2b_uu(line[:size])
        pieces.append(piece)
    return b''.join(pieces)


class Message(ParameterMixin):
    """A message of the old world."""

    def __init__(self, policy=compat32):
        self.policy = policy
        self._headers = []
        self._unixfrom = None
        self._payload = None
        self._charset = None
        # What stands before the first part of a multipart and behind the last one.
        self.preamble = self.epilogue = None
        self.defects = []
        self._default_type = 'text/plain'

    def __str__(self):
        """The whole message as text."""
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        """The whole message as text; bytes that are no text are encoded. With `unixfrom` the envelope is included."""
        from email.generator import Generator
        out = StringIO()
        Generator(out, mangle_from_=False, maxheaderlen=maxheaderlen,
                  policy=self.policy if policy is None else policy).flatten(self, unixfrom=unixfrom)
        return out.getvalue()

    def __bytes__(self):
        """The whole message as bytes."""
        return self.as_bytes()

    def as_bytes(self, unixfrom=False, policy=None):
        """The whole message as bytes."""
        from email.generator import BytesGenerator
        out = BytesIO()
        BytesGenerator(out, mangle_from_=False,
                       policy=self.policy if policy is None else policy).flatten(self, unixfrom=unixfrom)
        return out.getvalue()

    def is_multipart(self):
        """Whether the message has parts."""
        return isinstance(self._payload, list)

    def set_unixfrom(self, unixfrom):
        """Set the envelope ('From ...')."""
        self._unixfrom = unixfrom

    def get_unixfrom(self):
        return self._unixfrom

    # --- the payload ---

    def attach(self, payload):
        """Add a part."""
        if self._payload is None:
            self._payload = [payload]
            return
        try:
            self._payload.append(payload)
        except AttributeError:
            raise TypeError('Attach is not valid on a message with a non-multipart payload')

    def get_payload(self, i=None, decode=False):
        """The payload: a list of parts, or text. With `i` one part, with `decode` the bytes without their encoding."""
        if self.is_multipart():
            if decode:
                return None
            return self._payload if i is None else self._payload[i]
        if i is not None and not isinstance(self._payload, list):
            raise TypeError(f'Expected list, got {type(self._payload)}')
        payload = self._payload
        encoding = str(self.get('content-transfer-encoding', '')).lower()
        if not isinstance(payload, str):
            return self._decoded(payload, encoding) if decode and isinstance(payload, bytes) else payload
        data = None
        if utils._has_surrogates(payload):
            try:
                data = payload.encode('ascii', 'surrogateescape')
            except UnicodeEncodeError:
                return payload.encode('raw-unicode-escape') if decode else payload
            if not decode:
                try:
                    return data.decode(self.get_content_charset('ascii'), 'replace')
                except LookupError:
                    return data.decode('ascii', 'replace')
        if not decode:
            return payload
        if data is None:
            try:
                data = payload.encode('ascii')
            except UnicodeError:
                # Not from a parser: a program put this here, and it is no mail.
                data = payload.encode('raw-unicode-escape')
        return self._decoded(data, encoding)

    def _decoded(self, data, encoding):
        if encoding == 'quoted-printable':
            return quopri.decodestring(data)
        if encoding == 'base64':
            value, defects = decode_b(b''.join(data.splitlines()))
            for defect in defects:
                self.policy.handle_defect(self, defect)
            return value
        if encoding in _UU_NAMES:
            try:
                return _decode_uu(data)
            except ValueError:
                return data
        return data

    def set_payload(self, payload, charset=None):
        """Set the payload, and the charset if one is given."""
        if hasattr(payload, 'encode'):
            if charset is None:
                self._payload = payload
                return
            if not isinstance(charset, Charset):
                charset = Charset(charset)
            payload = payload.encode(charset.output_charset)
        if hasattr(payload, 'decode'):
            self._payload = payload.decode('ascii', 'surrogateescape')
        else:
            self._payload = payload
        if charset is not None:
            self.set_charset(charset)

    def set_charset(self, charset):
        """Set the charset of the payload: headers are added where needed and the payload is encoded. None removes it."""
        if charset is None:
            self.del_param('charset')
            self._charset = None
            return
        if not isinstance(charset, Charset):
            charset = Charset(charset)
        self._charset = charset
        if 'MIME-Version' not in self:
            self.add_header('MIME-Version', '1.0')
        if 'Content-Type' not in self:
            self.add_header('Content-Type', 'text/plain', charset=charset.get_output_charset())
        else:
            self.set_param('charset', charset.get_output_charset())
        if charset != charset.get_output_charset():
            self._payload = charset.body_encode(self._payload)
        if 'Content-Transfer-Encoding' in self:
            return
        encoding = charset.get_body_encoding()
        try:
            encoding(self)
        except TypeError:
            # It is no function but a name.
            payload = self._payload
            if payload:
                try:
                    payload = payload.encode('ascii', 'surrogateescape')
                except UnicodeError:
                    payload = payload.encode(charset.output_charset)
            self._payload = charset.body_encode(payload)
            self.add_header('Content-Transfer-Encoding', encoding)

    def get_charset(self):
        return self._charset

    # --- the headers ---

    def __len__(self):
        return len(self._headers)

    def __getitem__(self, name):
        """The first header of a name; None when there is none."""
        return self.get(name)

    def __setitem__(self, name, val):
        """Add a header. Those of the same name stay, as long as the policy allows several."""
        limit = self.policy.header_max_count(name)
        if limit:
            same = sum(1 for known, _ in self._headers if known.lower() == name.lower())
            if same >= limit:
                raise ValueError(f'There may be at most {limit} {name} headers in a message')
        self._headers.append(self.policy.header_store_parse(name, val))

    def __delitem__(self, name):
        """Remove all headers of a name. It is no error when there is none."""
        name = name.lower()
        self._headers = [pair for pair in self._headers if pair[0].lower() != name]

    def __contains__(self, name):
        name = name.lower()
        return any(known.lower() == name for known, _ in self._headers)

    def __iter__(self):
        for name, _ in self._headers:
            yield name

    def keys(self):
        """The names, in order, as often as they occur."""
        return [name for name, _ in self._headers]

    def values(self):
        return [self.policy.header_fetch_parse(name, value) for name, value in self._headers]

    def items(self):
        return [(name, self.policy.header_fetch_parse(name, value)) for name, value in self._headers]

    def get(self, name, failobj=None):
        """The first header of a name."""
        name = name.lower()
        for known, value in self._headers:
            if known.lower() == name:
                return self.policy.header_fetch_parse(known, value)
        return failobj

    def set_raw(self, name, value):
        """Keep a header as it is. For parsers."""
        self._headers.append((name, value))

    def raw_items(self):
        """The headers as they are kept. For generators."""
        return iter(self._headers.copy())

    def get_all(self, name, failobj=None):
        """All headers of a name."""
        name = name.lower()
        found = [self.policy.header_fetch_parse(known, value) for known, value in self._headers if known.lower() == name]
        return found or failobj

    def add_header(self, _name, _value, **_params):
        """Add a header with parameters. Underscores in their names become dashes; None: a parameter without a value."""
        parts = [] if _value is None else [_value]
        for key, value in _params.items():
            key = key.replace('_', '-')
            parts.append(key if value is None else _formatparam(key, value))
        self[_name] = SEMISPACE.join(parts)

    def replace_header(self, _name, _value):
        """Change the first header of a name where it is. KeyError when there is none."""
        wanted = _name.lower()
        for index, (name, _) in enumerate(self._headers):
            if name.lower() == wanted:
                self._headers[index] = self.policy.header_store_parse(name, _value)
                return
        raise KeyError(_name)

    # --- the type ---

    def get_content_type(self):
        """The type in lower case, without parameters; what is not valid counts as text/plain."""
        missing = object()
        value = self.get('content-type', missing)
        if value is missing:
            return self.get_default_type()
        kind = _splitparam(value)[0].lower()
        return kind if kind.count('/') == 1 else 'text/plain'

    def get_content_maintype(self):
        return self.get_content_type().split('/')[0]

    def get_content_subtype(self):
        return self.get_content_type().split('/')[1]

    def get_default_type(self):
        """What the type is when no header says it."""
        return self._default_type

    def set_default_type(self, ctype):
        self._default_type = ctype

    def get_charsets(self, failobj=None):
        """The charsets of the message and all its parts."""
        return [part.get_content_charset(failobj) for part in self.walk()]

    def get_content_disposition(self):
        """'inline', 'attachment' or what else the header says; None without one."""
        value = self.get('content-disposition')
        return None if value is None else _splitparam(value)[0].lower()

    walk = _walk


class MIMEPart(Message):
    """A message or part of the new world: its content has a type, and is got and set as objects."""

    _body_types = {('text', 'plain'), ('text', 'html'), ('multipart', 'related'), ('multipart', 'alternative')}

    def __init__(self, policy=None):
        if policy is None:
            from email.policy import default
            policy = default
        super().__init__(policy)

    def as_string(self, unixfrom=False, maxheaderlen=None, policy=None):
        """The whole message as text. Lines of headers are as long as the policy says."""
        policy = self.policy if policy is None else policy
        if maxheaderlen is None:
            maxheaderlen = policy.max_line_length
        return super().as_string(unixfrom, maxheaderlen, policy)

    def __str__(self):
        return self.as_string(policy=self.policy.clone(utf8=True))

    def is_attachment(self):
        """Whether the Content-Disposition is attachment."""
        disposition = self.get('content-disposition')
        return False if disposition is None else disposition.content_disposition == 'attachment'

    def _find_body(self, part, wanted):
        """Pairs (rank, part) of what could be the body."""
        if part.is_attachment():
            return
        maintype, subtype = part.get_content_type().split('/')
        if maintype == 'text':
            if subtype in wanted:
                yield wanted.index(subtype), part
            return
        if maintype != 'multipart' or not self.is_multipart():
            return
        if subtype != 'related':
            for inner in part.iter_parts():
                yield from self._find_body(inner, wanted)
            return
        if 'related' in wanted:
            yield wanted.index('related'), part
        root = _root_of(part)
        if root is not None:
            yield from self._find_body(root, wanted)

    def get_body(self, preferencelist=('related', 'html', 'plain')):
        """The part that is best shown as the body: the first of the kinds named that there is."""
        best_rank, body = len(preferencelist), None
        for rank, part in self._find_body(self, preferencelist):
            if rank < best_rank:
                best_rank, body = rank, part
                if rank == 0:
                    break
        return body

    def iter_attachments(self):
        """The parts that are not the body."""
        maintype, subtype = self.get_content_type().split('/')
        if maintype != 'multipart' or subtype == 'alternative':
            return
        payload = self.get_payload()
        # A broken message may say multipart and be none.
        if not isinstance(payload, list):
            return
        parts = payload.copy()
        if subtype == 'related':
            root = _root_of(self)
            if root is not None:
                parts = [part for part in parts if part is not root]
            yield from parts
            return
        # The first part of each kind that could be the body is passed over.
        seen = []
        for part in parts:
            kind = tuple(part.get_content_type().split('/'))
            if kind in self._body_types and not part.is_attachment() and kind not in seen:
                seen.append(kind)
                continue
            yield part

    def iter_parts(self):
        """The parts; none, if there are none."""
        if self.is_multipart():
            yield from self.get_payload()

    def get_content(self, *args, content_manager=None, **kw):
        """The content as the object that its type suggests: text, bytes, a message."""
        if content_manager is None:
            content_manager = self.policy.content_manager
        return content_manager.get_content(self, *args, **kw)

    def set_content(self, *args, content_manager=None, **kw):
        """Make an object the content."""
        if content_manager is None:
            content_manager = self.policy.content_manager
        content_manager.set_content(self, *args, **kw)

    def _make_multipart(self, subtype, refused, boundary):
        """Becomes a multipart whose only part is what this message was."""
        if self.get_content_maintype() == 'multipart':
            existing = self.get_content_subtype()
            if existing in (*refused, subtype):
                raise ValueError(f'Cannot convert {existing} to {subtype}')
        kept, moved = [], []
        for name, value in self._headers:
            (moved if name.lower().startswith('content-') else kept).append((name, value))
        if moved:
            part = type(self)(policy=self.policy)
            part._headers = moved
            part._payload = self._payload
            self._payload = [part]
        else:
            self._payload = []
        self._headers = kept
        self['Content-Type'] = 'multipart/' + subtype
        if boundary is not None:
            self.set_param('boundary', boundary)

    def make_related(self, boundary=None):
        """Become multipart/related; what there was is the first part."""
        self._make_multipart('related', ('alternative', 'mixed'), boundary)

    def make_alternative(self, boundary=None):
        """Become multipart/alternative; what there was is the first part."""
        self._make_multipart('alternative', ('mixed',), boundary)

    def make_mixed(self, boundary=None):
        """Become multipart/mixed; what there was is the first part."""
        self._make_multipart('mixed', (), boundary)

    def _add_multipart(self, _subtype, *args, _disp=None, **kw):
        if self.get_content_maintype() != 'multipart' or self.get_content_subtype() != _subtype:
            getattr(self, 'make_' + _subtype)()
        part = type(self)(policy=self.policy)
        part.set_content(*args, **kw)
        if _disp and 'content-disposition' not in part:
            part['Content-Disposition'] = _disp
        self.attach(part)

    def add_related(self, *args, **kw):
        """Add a part that belongs to the first one (a picture of a page)."""
        self._add_multipart('related', *args, _disp='inline', **kw)

    def add_alternative(self, *args, **kw):
        """Add another form of the same content."""
        self._add_multipart('alternative', *args, **kw)

    def add_attachment(self, *args, **kw):
        """Add an attachment."""
        self._add_multipart('mixed', *args, _disp='attachment', **kw)

    def clear(self):
        """Remove headers and content."""
        self._headers = []
        self._payload = None

    def clear_content(self):
        """Remove the content and the headers about it."""
        self._headers = [pair for pair in self._headers if not pair[0].lower().startswith('content-')]
        self._payload = None


class EmailMessage(MIMEPart):
    """A message of the new world."""

    def set_content(self, *args, **kw):
        super().set_content(*args, **kw)
        if 'MIME-Version' not in self:
            self['MIME-Version'] = '1.0'


def _root_of(related):
    """The part of a multipart/related that the others belong to: the one that 'start' names, else the first."""
    start = related.get_param('start')
    parts = list(related.iter_parts())
    if start:
        for part in parts:
            if part['content-id'] == start:
                return part
    return parts[0] if parts else None
