"""MIMEMessage: a message within a message."""
from email import message
from email.mime.nonmultipart import MIMENonMultipart

__all__ = ['MIMEMessage']


class MIMEMessage(MIMENonMultipart):
    """Carries another message, as a payload of one part that nothing can be attached to."""

    def __init__(self, _msg, _subtype='rfc822', *, policy=None):
        if not isinstance(_msg, message.Message):
            raise TypeError('Argument is not an instance of Message')
        super().__init__('message', _subtype, policy=policy)
        self.set_payload([_msg])
        self.set_default_type('message/rfc822')
