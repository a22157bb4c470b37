"""The codec uu: bytes, uuencoded."""
from encodings._bytes import names

globals().update(names('uu_codec'))
