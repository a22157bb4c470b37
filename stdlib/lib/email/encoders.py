"""Functions that encode the payload of a message in place, and say so in its headers."""
from base64 import encodebytes as _to_base64
from quopri import encodestring as _to_quopri

__all__ = ['encode_7or8bit', 'encode_base64', 'encode_noop', 'encode_quopri']


def _qencode(s):
    # The line ends of quopri are bare, and spaces must survive too.
    return _to_quopri(s, quotetabs=True).replace(b' ', b'=20')


def encode_base64(msg):
    """The payload as base64."""
    data = msg.get_payload(decode=True)
    msg.set_payload(str(_to_base64(data), 'ascii'))
    msg['Content-Transfer-Encoding'] = 'base64'


def encode_quopri(msg):
    """The payload as quoted-printable."""
    data = msg.get_payload(decode=True)
    msg.set_payload(_qencode(data))
    msg['Content-Transfer-Encoding'] = 'quoted-printable'


def encode_7or8bit(msg):
    """The payload as it is; the header says whether it is ASCII."""
    data = msg.get_payload(decode=True)
    if data is None:
        msg['Content-Transfer-Encoding'] = '7bit'
        return
    msg['Content-Transfer-Encoding'] = '7bit' if data.isascii() else '8bit'


def encode_noop(msg):
    """Nothing."""
