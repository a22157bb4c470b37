"""MIMEAudio: sound."""
from email import encoders
from email.mime.nonmultipart import MIMENonMultipart

__all__ = ['MIMEAudio']


def _what(data):
    """The subtype of sound data, by its first bytes."""
    head = data[:16]
    if head.startswith(b'.snd') or head.startswith(b'dns.'):
        return 'basic'
    if head.startswith(b'FORM') and head[8:12] in (b'AIFF', b'AIFC'):
        return 'x-aiff'
    if head.startswith(b'RIFF') and head[8:12] == b'WAVE':
        return 'x-wav'
    return None


class MIMEAudio(MIMENonMultipart):
    """Bytes that are sound. Without `_subtype` it is guessed."""

    def __init__(self, _audiodata, _subtype=None, _encoder=encoders.encode_base64, *, policy=None, **_params):
        if _subtype is None:
            _subtype = _what(_audiodata)
        if _subtype is None:
            raise TypeError('Could not find audio MIME subtype')
        MIMENonMultipart.__init__(self, 'audio', _subtype, policy=policy, **_params)
        self.set_payload(_audiodata)
        _encoder(self)
