"""MIMEAudio: sound."""
from email.encoders import encode_base64
from email.mime.nonmultipart import MIMENonMultipart

__all__ = ['MIMEAudio']


def _what(data):
    """The subtype of sound data, by its first bytes."""
    if data.startswith((b'.snd', b'dns.')):
        return 'basic'
    container, form = bytes(data[:4]), bytes(data[8:12])
    return {(b'FORM', b'AIFF'): 'x-aiff', (b'FORM', b'AIFC'): 'x-aiff', (b'RIFF', b'WAVE'): 'x-wav'}.get((container, form))


class MIMEAudio(MIMENonMultipart):
    """Bytes that are sound. Without `_subtype` it is guessed."""

    def __init__(self, _audiodata, _subtype=None, _encoder=encode_base64, *, policy=None, **_params):
        kind = 'audio', _what(_audiodata) if _subtype is None else _subtype, 'Could not find audio MIME subtype'
        self._carry(_audiodata, kind, _encoder, policy, _params)
