"""MIMEImage: a picture."""
from email.encoders import encode_base64
from email.mime.nonmultipart import MIMENonMultipart

__all__ = ['MIMEImage']

_BEGINNINGS = ((b'\211PNG\r\n\032\n', 'png'), (b'GIF87a', 'gif'), (b'GIF89a', 'gif'), (b'MM', 'tiff'), (b'II', 'tiff'),
               (b'\001\332', 'rgb'), (b'\x59\xA6\x6A\x95', 'rast'), (b'#define ', 'xbm'), (b'BM', 'bmp'),
               (b'\x76\x2f\x31\x01', 'exr'))


def _what(data):
    """The subtype of a picture, by its first bytes."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[6:10] in (b'JFIF', b'Exif') or data.startswith(b'\xff\xd8\xff\xdb'):
        return 'jpeg'
    if data.startswith(b'RIFF') and data[8:12] == b'WEBP':
        return 'webp'
    if len(data) >= 3 and data[:1] == b'P' and data[2:3] in (b' ', b'\t', b'\n', b'\r'):
        return {b'1': 'pbm', b'4': 'pbm', b'2': 'pgm', b'5': 'pgm', b'3': 'ppm', b'6': 'ppm'}.get(data[1:2])
    return None


class MIMEImage(MIMENonMultipart):
    """Bytes that are a picture. Without `_subtype` it is guessed."""

    def __init__(self, _imagedata, _subtype=None, _encoder=encode_base64, *, policy=None, **_params):
        kind = 'image', _what(_imagedata) if _subtype is None else _subtype, 'Could not guess image MIME subtype'
        self._carry(_imagedata, kind, _encoder, policy, _params)
