"""MIMENonMultipart: messages without parts."""
from email import errors
from email.mime.base import MIMEBase

__all__ = ['MIMENonMultipart']


class MIMENonMultipart(MIMEBase):
    """A message that must not have parts."""

    def attach(self, payload):
        raise errors.MultipartConversionError('Cannot attach additional subparts to non-multipart/*')

    def _carry(self, data, kind, encoder, policy, params):
        """What the constructors for data do. `kind` is (main type, subtype, what to say when there is no subtype)."""
        main, sub, complaint = kind
        if sub is None:
            raise TypeError(complaint)
        MIMEBase.__init__(self, main, sub, policy=policy, **params)
        self.set_payload(data)
        encoder(self)
