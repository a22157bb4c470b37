"""Writing messages: Generator as text, BytesGenerator as bytes, DecodedGenerator for people.

A message is written from the inside: the parts first, into buffers, for the boundary must be none of their lines; then the
headers. `write` takes text that comes from the message; what is in a buffer already has gone through it.
"""
import random
import re
import sys
import time
from copy import deepcopy
from io import BytesIO, StringIO

from email.errors import HeaderWriteError
from email.utils import _has_surrogates

__all__ = ['Generator', 'DecodedGenerator', 'BytesGenerator']

_LINE_END = re.compile(r'\r\n|\r|\n')
_FROM = re.compile(r'^From ', re.MULTILINE)
# A line end that does not go on with white space: the header would end there.
_BARE_END = re.compile(r'\r\n[^ \t]|\r[^ \n\t]|\n[^ \t]')
_BARE_END_BYTES = re.compile(br'\r\n[^ \t]|\r[^ \n\t]|\n[^ \t]')
_BOUNDARY_WIDTH = len(repr(sys.maxsize - 1))


class Generator:
    """Writes messages to a text file.

    mangle_from_   put '>' before lines of bodies that begin with 'From '
    maxheaderlen   how long lines of headers may become; 0: no limit
    policy         instead of the one of the message
    """

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, *, policy=None):
        if mangle_from_ is None:
            mangle_from_ = True if policy is None else policy.mangle_from_
        self._fp = outfp
        self._mangle_from_ = mangle_from_
        self.maxheaderlen = maxheaderlen
        self.policy = policy

    def write(self, s):
        """Write text of the message."""
        self._fp.write(s)

    def flatten(self, msg, unixfrom=False, linesep=None):
        """Write a message. With `unixfrom` the envelope comes first; `linesep` ends the lines."""
        policy = msg.policy if self.policy is None else self.policy
        if linesep is not None:
            policy = policy.clone(linesep=linesep)
        if self.maxheaderlen is not None:
            policy = policy.clone(max_line_length=self.maxheaderlen)
        self._NL = policy.linesep
        self._encoded_NL = self._encode(self._NL)
        kept = self.policy, msg.policy
        try:
            # The headers of the message must be read the same way as they are written.
            self.policy = msg.policy = policy
            if unixfrom:
                envelope = msg.get_unixfrom() or 'From nobody ' + time.ctime(time.time())
                self.write(envelope + self._NL)
            self._write(msg)
        finally:
            self.policy, msg.policy = kept

    def clone(self, fp):
        """A generator with the same settings for another file."""
        return self.__class__(fp, self._mangle_from_, None, policy=self.policy)

    # --- what the subclass for bytes does differently ---

    def _new_buffer(self):
        return StringIO()

    def _encode(self, s):
        return s

    def _folded(self, name, value):
        return self.policy.fold(name, value)

    def _check_header(self, folded):
        self._check(folded, self.policy.linesep, _BARE_END)

    def _check(self, folded, linesep, bare_end):
        if not folded.endswith(linesep):
            raise HeaderWriteError(f'folded header does not end with {linesep!r}: {folded!r}')
        if bare_end.search(folded.removesuffix(linesep)):
            raise HeaderWriteError(f'folded header contains newline: {folded!r}')

    # --- messages ---

    def _text_of(self, msg):
        """A part as it is to be written."""
        buffer = self._new_buffer()
        self.clone(buffer).flatten(msg, unixfrom=False, linesep=self._NL)
        return buffer.getvalue()

    def _write(self, msg):
        outer = self._fp
        # The body may find out that it needs another encoding: (Content-Transfer-Encoding, Content-Type).
        self._munge_cte = None
        try:
            self._fp = body = self._new_buffer()
            self._dispatch(msg)
        finally:
            self._fp = outer
            munged = self._munge_cte
            del self._munge_cte
        if munged:
            msg = deepcopy(msg)
            encoding, kind = munged
            if msg.get('content-transfer-encoding') is None:
                msg['Content-Transfer-Encoding'] = encoding
            else:
                msg.replace_header('content-transfer-encoding', encoding)
            msg.replace_header('content-type', kind)
        own = getattr(msg, '_write_headers', None)
        if own is None:
            self._write_headers(msg)
        else:
            own(self)
        self._fp.write(body.getvalue())

    def _write_headers(self, msg):
        for name, value in msg.raw_items():
            folded = self._folded(name, value)
            if self.policy.verify_generated_headers:
                self._check_header(folded)
            self._fp.write(folded)
        self.write(self._NL)

    def _dispatch(self, msg):
        """Write the body with the method for its type, for its main type, or for text."""
        main, sub = msg.get_content_maintype(), msg.get_content_subtype()
        for kind in (f'{main}_{sub}', main):
            method = getattr(self, '_handle_' + kind.replace('-', '_'), None)
            if method is not None:
                break
        else:
            method = self._writeBody
        method(msg)

    def _write_lines(self, lines):
        """Write text, with the line ends of the output."""
        if not lines:
            return
        *whole, last = _LINE_END.split(lines)
        for line in whole:
            self.write(line)
            self.write(self._NL)
        if last:
            self.write(last)

    def _mangled(self, text):
        return _FROM.sub('>From ', text) if self._mangle_from_ else text

    # --- types ---

    def _handle_text(self, msg):
        payload = msg.get_payload()
        if payload is None:
            return
        if not isinstance(payload, str):
            raise TypeError(f'string payload expected: {type(payload)}')
        if _has_surrogates(msg._payload):
            charset = msg.get_param('charset')
            if charset is not None:
                # It is no text as it is: encode a copy, and tell the headers.
                msg = deepcopy(msg)
                del msg['content-transfer-encoding']
                msg.set_payload(payload, charset)
                payload = msg.get_payload()
                self._munge_cte = msg['content-transfer-encoding'], msg['content-type']
        self._write_lines(self._mangled(payload))

    _writeBody = _handle_text

    def _handle_multipart(self, msg):
        parts = msg.get_payload()
        if isinstance(parts, str):
            # It says that it is a multipart, and no part was found.
            self.write(parts)
            return
        if parts is None:
            parts = []
        elif not isinstance(parts, list):
            parts = [parts]
        texts = [self._text_of(part) for part in parts]
        boundary = msg.get_boundary()
        if not boundary:
            boundary = self._make_boundary(self._encoded_NL.join(texts))
            msg.set_boundary(boundary)
        if msg.preamble is not None:
            self._write_lines(self._mangled(msg.preamble))
            self.write(self._NL)
        self.write(f'--{boundary}{self._NL}')
        for number, text in enumerate(texts):
            if number:
                self.write(f'{self._NL}--{boundary}{self._NL}')
            self._fp.write(text)
        self.write(f'{self._NL}--{boundary}--{self._NL}')
        if msg.epilogue is not None:
            self._write_lines(self._mangled(msg.epilogue))

    def _handle_multipart_signed(self, msg):
        # What is signed must stay as it is: no header is folded anew.
        policy = self.policy
        self.policy = policy.clone(max_line_length=0)
        try:
            self._handle_multipart(msg)
        finally:
            self.policy = policy

    def _handle_message_delivery_status(self, msg):
        # Blocks of headers, with an empty line between them and none at the end.
        end = self._encoded_NL
        blocks = []
        for part in msg.get_payload():
            text = self._text_of(part)
            lines = text.split(end)
            blocks.append(text if lines[-1] else end.join(lines[:-1]))
        self._fp.write(end.join(blocks))

    def _handle_message(self, msg):
        payload = msg._payload
        if isinstance(payload, list):
            self._fp.write(self._text_of(msg.get_payload(0)))
        else:
            # A parser of headers left it as text.
            self._fp.write(self._encode(payload))

    @classmethod
    def _make_boundary(cls, text=None):
        """A boundary that is no line of the text."""
        boundary = first = f'{"=" * 15}{random.randrange(sys.maxsize):0{_BOUNDARY_WIDTH}d}=='
        counter = 0
        while text is not None and cls._compile_re(f'^--{re.escape(boundary)}(--)?$', re.MULTILINE).search(text):
            boundary = f'{first}.{counter}'
            counter += 1
        return boundary

    @classmethod
    def _compile_re(cls, s, flags):
        return re.compile(s, flags)


class BytesGenerator(Generator):
    """Writes messages to a binary file. Bytes that came in as such go out as such, if the policy lets them."""

    def write(self, s):
        self._fp.write(s.encode('ascii', 'surrogateescape'))

    def _new_buffer(self):
        return BytesIO()

    def _encode(self, s):
        return s.encode('ascii')

    def _folded(self, name, value):
        return self.policy.fold_binary(name, value)

    def _check_header(self, folded):
        self._check(folded, self.policy.linesep.encode(), _BARE_END_BYTES)

    def _handle_text(self, msg):
        if msg._payload is None:
            return
        if _has_surrogates(msg._payload) and self.policy.cte_type != '7bit':
            self._write_lines(self._mangled(msg._payload))
        else:
            super()._handle_text(msg)

    _writeBody = _handle_text

    @classmethod
    def _compile_re(cls, s, flags):
        return re.compile(s.encode('ascii'), flags)


class DecodedGenerator(Generator):
    """Writes the parts that are text, and of the others a line that says what they are (`fmt`)."""

    _FORMAT = '[Non-text (%(type)s) part of message omitted, filename %(filename)s]'

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, fmt=None, *, policy=None):
        Generator.__init__(self, outfp, mangle_from_, maxheaderlen, policy=policy)
        self._fmt = self._FORMAT if fmt is None else fmt

    def _dispatch(self, msg):
        for part in msg.walk():
            kind = part.get_content_maintype()
            if kind == 'text':
                print(part.get_payload(decode=False), file=self)
            elif kind != 'multipart':
                print(self._fmt % {
                    'type': part.get_content_type(),
                    'maintype': part.get_content_maintype(),
                    'subtype': part.get_content_subtype(),
                    'filename': part.get_filename('[no filename]'),
                    'description': part.get('Content-Description', '[no description]'),
                    'encoding': part.get('Content-Transfer-Encoding', '[no encoding]'),
                }, file=self)


_make_boundary = Generator._make_boundary
