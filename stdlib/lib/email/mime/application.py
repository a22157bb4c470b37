"""MIMEApplication: data for a program."""
from email.encoders import encode_base64
from email.mime.nonmultipart import MIMENonMultipart

__all__ = ['MIMEApplication']


class MIMEApplication(MIMENonMultipart):
    """Bytes of a type application/..., encoded by `_encoder`."""

    def __init__(self, _data, _subtype='octet-stream', _encoder=encode_base64, *, policy=None, **_params):
        kind = 'application', _subtype, 'Invalid application MIME subtype'
        self._carry(_data, kind, _encoder, policy, _params)
