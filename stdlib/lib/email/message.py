"""Messages: headers, and a payload that is text or a list of parts.

Message is the class of the old world, EmailMessage that of the new one (policies of email.policy), with calls for content
and attachments. Headers as a mapping are in _message_headers, what concerns their parameters in _message_params.
"""
import io
import quopri

from email import _uu, charset as _charset, utils
from email._encoded_words import decode_b
from email._message_headers import HeaderMapping
from email._message_params import ParameterMixin, formatparam as _formatparam, parse_params as _parseparam, split_param as _splitparam
from email._policybase import compat32
from email.iterators import walk as _walk

__all__ = ['Message', 'EmailMessage']

Charset = _charset.Charset
SEMISPACE = '; '
_UU_NAMES = ('x-uuencode', 'uuencode', 'uue', 'x-uue')


def _as_charset(charset):
    return charset if isinstance(charset, Charset) else Charset(charset)


def _smuggled(text):
    """The bytes that a text stands for. One that stands for none was put there by a program, and is no mail."""
    try:
        return text.encode('ascii', 'surrogateescape')
    except UnicodeEncodeError:
        return text.encode('raw-unicode-escape')


class Message(HeaderMapping, ParameterMixin):
    """A message of the old world."""

    def __init__(self, policy=compat32):
        self._headers, self._payload = [], None
        self._charset = self._unixfrom = None
        self._default_type = 'text/plain'
        self.policy, self.defects = policy, []
        # What stands before the first part of a multipart and behind the last one.
        self.preamble = self.epilogue = None

    # --- the whole ---

    def _written(self, kind, out, unixfrom, policy, **options):
        """What a class of email.generator makes of the message."""
        from email import generator
        writer = getattr(generator, kind)(out, mangle_from_=False, policy=policy or self.policy, **options)
        writer.flatten(self, unixfrom=unixfrom)
        return out.getvalue()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        """The whole message as text; bytes that are no text are encoded. With `unixfrom` the envelope is included."""
        return self._written('Generator', io.StringIO(), unixfrom, policy, maxheaderlen=maxheaderlen)

    def as_bytes(self, unixfrom=False, policy=None):
        """The whole message as bytes."""
        return self._written('BytesGenerator', io.BytesIO(), unixfrom, policy)

    def __str__(self):
        return self.as_string()

    def __bytes__(self):
        return self.as_bytes()

    def get_unixfrom(self):
        """The envelope ('From ...')."""
        return self._unixfrom

    def set_unixfrom(self, unixfrom):
        self._unixfrom = unixfrom

    # --- the payload ---

    def is_multipart(self):
        """Whether the message has parts."""
        return isinstance(self._payload, list)

    walk = _walk

    def attach(self, payload):
        """Add a part."""
        if self._payload is None:
            self._payload = []
        if not hasattr(self._payload, 'append'):
            raise TypeError('Attach is not valid on a message with a non-multipart payload')
        self._payload.append(payload)

    def get_payload(self, i=None, decode=False):
        """The payload: a list of parts, or text. With `i` one part, with `decode` the bytes without their encoding."""
        kept = self._payload
        if self.is_multipart():
            if decode:
                return None
            return kept if i is None else kept[i]
        if i is not None:
            raise TypeError(f'Expected list, got {type(kept)}')
        if not isinstance(kept, (str, bytes)) or not decode and isinstance(kept, bytes):
            return kept
        if decode:
            return self._decoded(kept if isinstance(kept, bytes) else _smuggled(kept))
        return self._readable(kept) if utils._has_surrogates(kept) else kept

    def _readable(self, text):
        """A text with bytes in it, as its charset has them."""
        try:
            data = text.encode('ascii', 'surrogateescape')
        except UnicodeEncodeError:
            return text
        try:
            return data.decode(self.get_content_charset('ascii'), 'replace')
        except LookupError:
            return data.decode('ascii', 'replace')

    def _decoded(self, data):
        """Bytes without the encoding that the headers name. What cannot be decoded stays as it is."""
        encoding = str(self.get('content-transfer-encoding', '')).lower()
        if encoding == 'base64':
            data, defects = decode_b(b''.join(data.splitlines()))
            for found in defects:
                self.policy.handle_defect(self, found)
        elif encoding == 'quoted-printable':
            data = quopri.decodestring(data)
        elif encoding in _UU_NAMES:
            try:
                data = _uu.decode(data)
            except ValueError:
                pass
        return data

    def set_payload(self, payload, charset=None):
        """Set the payload, and the charset if one is given."""
        is_text = hasattr(payload, 'encode')
        if charset is not None:
            charset = _as_charset(charset)
            payload = payload.encode(charset.output_charset) if is_text else payload
        if not hasattr(payload, 'decode'):
            # Parts, or text that is kept as it is.
            self._payload = payload
        else:
            self._payload = str(payload, 'ascii', 'surrogateescape')
        if charset is not None:
            self.set_charset(charset)

    def get_charset(self):
        return self._charset

    def set_charset(self, charset):
        """Set the charset of the payload: headers are added where needed and the payload is encoded. None removes it."""
        self._charset = None if charset is None else _as_charset(charset)
        if charset is None:
            self.del_param('charset')
            return
        name = self._charset.get_output_charset()
        if 'MIME-Version' not in self:
            self['MIME-Version'] = '1.0'
        if 'Content-Type' in self:
            self.set_param('charset', name)
        else:
            self['Content-Type'] = f"text/plain; {_formatparam('charset', name)}"
        if self._charset != name:
            self._payload = self._charset.body_encode(self._payload)
        if 'Content-Transfer-Encoding' not in self:
            self._encode_body(self._charset)

    def _encode_body(self, charset):
        """Encodes the payload as its charset wants it, and says so in a header."""
        encoding = charset.get_body_encoding()
        if callable(encoding):
            encoding(self)
            return
        body = self._payload
        if body:
            try:
                body = body.encode('ascii', 'surrogateescape')
            except UnicodeError:
                body = body.encode(charset.output_charset)
        self._payload = charset.body_encode(body)
        self['Content-Transfer-Encoding'] = encoding

    # --- the type ---

    def get_default_type(self):
        """What the type is when no header says it."""
        return self._default_type

    def set_default_type(self, ctype):
        self._default_type = ctype

    def get_content_type(self):
        """The type in lower case, without parameters; what is not valid counts as text/plain."""
        if 'content-type' not in self:
            return self.get_default_type()
        kind = _splitparam(self['content-type'])[0].lower()
        return kind if kind.count('/') == 1 else 'text/plain'

    def get_content_maintype(self):
        return self.get_content_type().partition('/')[0]

    def get_content_subtype(self):
        return self.get_content_type().partition('/')[2]

    def get_charsets(self, failobj=None):
        """The charsets of the message and all its parts."""
        return [message.get_content_charset(failobj) for message in self.walk()]

    def get_content_disposition(self):
        """'inline', 'attachment' or what else the header says; None without one."""
        header = self['content-disposition']
        return header if header is None else _splitparam(header)[0].lower()


# The kinds that a part cannot be made into any more, by the kind that is wanted.
_TOO_FAR = {'related': {'related', 'alternative', 'mixed'}, 'alternative': {'alternative', 'mixed'}, 'mixed': {'mixed'}}


class MIMEPart(Message):
    """A message or part of the new world: its content has a type, and is got and set as objects."""

    def __init__(self, policy=None):
        if policy is None:
            from email import policy as policies
            policy = policies.default
        Message.__init__(self, policy)

    def as_string(self, unixfrom=False, maxheaderlen=None, policy=None):
        """The whole message as text. Lines of headers are as long as the policy says."""
        limit = (policy or self.policy).max_line_length if maxheaderlen is None else maxheaderlen
        return Message.as_string(self, unixfrom, limit, policy)

    def __str__(self):
        return self.as_string(policy=self.policy.clone(utf8=True))

    # --- looking for parts ---

    def is_attachment(self):
        """Whether the Content-Disposition is attachment."""
        header = self['content-disposition']
        return header is not None and header.content_disposition == 'attachment'

    def iter_parts(self):
        """The parts; none, if there are none."""
        yield from self.get_payload() if self.is_multipart() else ()

    def _bodies(self, part, wanted):
        """Pairs (rank, part) of what could be the body."""
        main, sub = part.get_content_type().split('/')
        if part.is_attachment():
            return
        if main == 'text' or sub == 'related' and main == 'multipart' and self.is_multipart():
            if sub in wanted:
                yield wanted.index(sub), part
        if main != 'multipart' or not self.is_multipart():
            return
        inside = part.iter_parts() if sub != 'related' else filter(None.__ne__, [_root_of(part)])
        for inner in inside:
            yield from self._bodies(inner, wanted)

    def get_body(self, preferencelist=('related', 'html', 'plain')):
        """The part that is best shown as the body: the first of the kinds named that there is."""
        best = min(self._bodies(self, preferencelist), key=lambda found: found[0], default=(None, None))
        return best[1]

    def iter_attachments(self):
        """The parts that are not the body."""
        main, sub = self.get_content_type().split('/')
        # A broken message may say multipart and be none.
        if main != 'multipart' or sub == 'alternative' or not self.is_multipart():
            return
        parts = list(self.get_payload())
        if sub == 'related':
            root = _root_of(self)
            yield from (part for part in parts if part is not root)
            return
        # The first part of each kind that a body can have is taken for one.
        bodies = {'text/plain', 'text/html', 'multipart/related', 'multipart/alternative'}
        for part in parts:
            kind = part.get_content_type()
            if kind in bodies and not part.is_attachment():
                bodies.remove(kind)
            else:
                yield part

    # --- content ---

    def get_content(self, *args, content_manager=None, **kw):
        """The content as the object that its type suggests: text, bytes, a message."""
        manager = self.policy.content_manager if content_manager is None else content_manager
        return manager.get_content(self, *args, **kw)

    def set_content(self, *args, content_manager=None, **kw):
        """Make an object the content."""
        manager = self.policy.content_manager if content_manager is None else content_manager
        manager.set_content(self, *args, **kw)

    def clear_content(self):
        """Remove the content and the headers about it."""
        self._payload = None
        self._headers = self._without(_about_content)

    def clear(self):
        """Remove headers and content."""
        self._payload = None
        self._headers = []

    # --- parts ---

    def _wrap(self, subtype, boundary):
        """Becomes a multipart whose only part is what this message was."""
        main, now = self.get_content_type().split('/')
        if main == 'multipart' and now in _TOO_FAR[subtype]:
            raise ValueError(f'Cannot convert {now} to {subtype}')
        inner = type(self)(policy=self.policy)
        inner._headers = self._without(lambda name: not _about_content(name))
        inner._payload = self._payload
        self.clear_content()
        # Without a type there was no content.
        self._payload = [inner] if inner._headers else []
        self['Content-Type'] = f'multipart/{subtype}'
        if boundary is not None:
            self.set_param('boundary', boundary)

    def make_related(self, boundary=None):
        """Become multipart/related; what there was is the first part."""
        self._wrap('related', boundary)

    def make_alternative(self, boundary=None):
        """Become multipart/alternative; what there was is the first part."""
        self._wrap('alternative', boundary)

    def make_mixed(self, boundary=None):
        """Become multipart/mixed; what there was is the first part."""
        self._wrap('mixed', boundary)

    def _append(self, content, options, make, subtype, disposition=None):
        """Adds a part; before that the message becomes a multipart of that kind, by `make`."""
        if self.get_content_type() != f'multipart/{subtype}':
            make()
        added = type(self)(policy=self.policy)
        added.set_content(*content, **options)
        if disposition is not None and 'content-disposition' not in added:
            added['Content-Disposition'] = disposition
        self.attach(added)

    def add_related(self, *args, **kw):
        """Add a part that belongs to the first one (a picture of a page)."""
        self._append(args, kw, self.make_related, 'related', 'inline')

    def add_alternative(self, *args, **kw):
        """Add another form of the same content."""
        self._append(args, kw, self.make_alternative, 'alternative')

    def add_attachment(self, *args, **kw):
        """Add an attachment."""
        self._append(args, kw, self.make_mixed, 'mixed', 'attachment')


class EmailMessage(MIMEPart):
    """A message of the new world."""

    def set_content(self, *args, **kw):
        MIMEPart.set_content(self, *args, **kw)
        if 'MIME-Version' not in self:
            self['MIME-Version'] = '1.0'


def _about_content(name):
    """Whether a header, its name in lower case, is about the content."""
    return name.startswith('content-')


def _root_of(related):
    """The part of a multipart/related that the others belong to: the one that 'start' names, else the first."""
    parts = [*related.iter_parts()]
    start = related.get_param('start')
    named = [part for part in parts if part['content-id'] == start] if start else []
    return (named or parts or [None])[0]
