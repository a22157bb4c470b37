"""Content as objects: text, bytes and messages, got from a message or made its payload.

A ContentManager holds the functions that do it, by the type of the content or by the class of the object.
raw_data_manager has those for the usual ones.
"""
import binascii

import email.charset
import email.errors
import email.message
from email import quoprimime


class ContentManager:
    """A registry of getters and setters."""

    def __init__(self):
        self.get_handlers = {}
        self.set_handlers = {}

    def add_get_handler(self, key, handler):
        """Use handler(msg, ...) for a type ('text/plain'), a main type ('text') or anything ('')."""
        self.get_handlers[key] = handler

    def get_content(self, msg, *args, **kw):
        """The content of a message."""
        kind = msg.get_content_type()
        for key in (kind, msg.get_content_maintype(), ''):
            if key in self.get_handlers:
                return self.get_handlers[key](msg, *args, **kw)
        raise KeyError(kind)

    def add_set_handler(self, typekey, handler):
        """Use handler(msg, obj, ...) for a class, for its name, or for anything (None)."""
        self.set_handlers[typekey] = handler

    def set_content(self, msg, obj, *args, **kw):
        """Make an object the content of a message."""
        if msg.get_content_maintype() == 'multipart':
            raise TypeError('set_content not valid on multipart')
        handler = self._find_set_handler(msg, obj)
        msg.clear_content()
        handler(msg, obj, *args, **kw)

    def _find_set_handler(self, msg, obj):
        full_name = ''
        for cls in type(obj).__mro__:
            qualified = f'{cls.__module__}.{cls.__qualname__}' if cls.__module__ else cls.__qualname__
            full_name = full_name or qualified
            for key in (cls, qualified, cls.__qualname__, cls.__name__):
                if key in self.set_handlers:
                    return self.set_handlers[key]
        if None in self.set_handlers:
            return self.set_handlers[None]
        raise KeyError(full_name)


raw_data_manager = ContentManager()


# --- getting ---


def get_text_content(msg, errors='replace'):
    """Text, decoded."""
    return msg.get_payload(decode=True).decode(msg.get_param('charset', 'ASCII'), errors=errors)


def get_non_text_content(msg):
    """Bytes, without their encoding."""
    return msg.get_payload(decode=True)


def get_message_content(msg):
    """A message."""
    return msg.get_payload(0)


def get_and_fixup_unknown_message_content(msg):
    """A message of a kind that nobody knows: its bytes."""
    return bytes(msg.get_payload(0))


raw_data_manager.add_get_handler('text', get_text_content)
for _key in ('audio', 'image', 'video', 'application'):
    raw_data_manager.add_get_handler(_key, get_non_text_content)
for _key in ('message/rfc822', 'message/external-body'):
    raw_data_manager.add_get_handler(_key, get_message_content)
raw_data_manager.add_get_handler('message', get_and_fixup_unknown_message_content)


# --- setting ---


def _put(msg, kind, payload, encoding, headers, disposition, filename, cid, params, charset=None):
    """Sets type, headers, payload and encoding, in the order in which they shall stand."""
    msg['Content-Type'] = kind
    if headers:
        _add_headers(msg, headers)
    # The payload may depend on the type being known.
    msg.set_payload(payload)
    if charset is not None:
        msg.set_param('charset', charset, replace=True)
    msg['Content-Transfer-Encoding'] = encoding
    if disposition is None and filename is not None:
        disposition = 'attachment'
    if disposition is not None:
        msg['Content-Disposition'] = disposition
    if filename is not None:
        msg.set_param('filename', filename, header='Content-Disposition', replace=True)
    if cid is not None:
        msg['Content-ID'] = cid
    for name, value in (params or {}).items():
        msg.set_param(name, value)


def _add_headers(msg, headers):
    policy = msg.policy
    if not hasattr(headers[0], 'name'):
        headers = [policy.header_factory(*policy.header_source_parse([line])) for line in headers]
    for header in headers:
        if header.defects and isinstance(header.defects[0], email.errors.HeaderDefect):
            raise ValueError(f'Invalid header: {header.fold(policy=policy)}') from header.defects[0]
        if header.defects:
            raise header.defects[0]
        try:
            msg[header.name] = header
        except email.errors.HeaderDefect as error:
            raise ValueError(f'Invalid header: {header.fold(policy=policy)}') from error


def _base64_lines(data, limit):
    step = limit // 4 * 3
    return ''.join(binascii.b2a_base64(data[begin:begin + step]).decode('ascii') for begin in range(0, len(data), step))


def _encoded_text(text, charset, encoding, policy):
    """(encoding, payload): as it is if that will do, else in the shorter one of two ways."""
    lines = text.encode(charset).splitlines()
    plain = b'\n'.join(lines) + b'\n'
    outgoing_end = policy.linesep.encode('ascii')
    limit = policy.max_line_length
    if encoding is None:
        if max(map(len, lines), default=0) <= limit:
            if plain.isascii():
                return '7bit', plain.decode('ascii')
            if policy.cte_type == '8bit':
                return '8bit', plain.decode('ascii', 'surrogateescape')
        sample = outgoing_end.join(lines[:10]) + outgoing_end
        quoted = quoprimime.body_encode(sample.decode('latin-1'), limit)
        if len(quoted) > len(binascii.b2a_base64(sample)):
            encoding = 'base64'
        elif len(lines) <= 10:
            return 'quoted-printable', quoted
        else:
            encoding = 'quoted-printable'
    if encoding == '7bit':
        return encoding, plain.decode('ascii')
    if encoding == '8bit':
        return encoding, plain.decode('ascii', 'surrogateescape')
    if encoding == 'quoted-printable':
        return encoding, quoprimime.body_encode(plain.decode('latin-1'), limit)
    if encoding == 'base64':
        return encoding, _base64_lines(outgoing_end.join(lines) + outgoing_end, limit)
    raise ValueError(f'Unknown content transfer encoding {encoding}')


def set_text_content(msg, string, subtype='plain', charset='utf-8', cte=None, disposition=None, filename=None, cid=None,
                     params=None, headers=None):
    """Text."""
    cte, payload = _encoded_text(string, charset, cte, msg.policy)
    _put(msg, f'text/{subtype}', payload, cte, headers, disposition, filename, cid, params,
         charset=email.charset.ALIASES.get(charset, charset))


def set_message_content(msg, message, subtype='rfc822', cte=None, disposition=None, filename=None, cid=None, params=None,
                        headers=None):
    """A message within the message."""
    if subtype == 'partial':
        raise ValueError('message/partial is not supported for Message objects')
    # RFC 2046 says which encodings are allowed: 5.2.1 and 5.2.3.
    allowed = {'rfc822': (None, '7bit', '8bit', 'binary'), 'external-body': (None, '7bit')}.get(subtype)
    if allowed and cte not in allowed:
        raise ValueError(f'message/{subtype} parts do not support cte={cte}')
    if cte is None:
        cte = '8bit' if subtype == 'rfc822' else '7bit'
    _put(msg, f'message/{subtype}', [message], cte, headers, disposition, filename, cid, params)


def set_bytes_content(msg, data, maintype, subtype, cte='base64', disposition=None, filename=None, cid=None, params=None,
                      headers=None):
    """Bytes of any type."""
    if cte == 'base64':
        payload = _base64_lines(data, msg.policy.max_line_length)
    elif cte == 'quoted-printable':
        payload = binascii.b2a_qp(data, istext=False, header=False, quotetabs=True).decode('ascii')
    elif cte == '7bit':
        payload = data.decode('ascii')
    elif cte in ('8bit', 'binary'):
        payload = data.decode('ascii', 'surrogateescape')
    else:
        payload = data
    _put(msg, f'{maintype}/{subtype}', payload, cte, headers, disposition, filename, cid, params)


raw_data_manager.add_set_handler(str, set_text_content)
raw_data_manager.add_set_handler(email.message.Message, set_message_content)
for _key in (bytes, bytearray, memoryview):
    raw_data_manager.add_set_handler(_key, set_bytes_content)
del _key
