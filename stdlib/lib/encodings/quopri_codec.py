"""The codec quopri: bytes, quoted-printable, as in mail."""
from encodings._bytes import names

globals().update(names('quopri_codec'))
