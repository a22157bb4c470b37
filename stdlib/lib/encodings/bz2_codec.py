"""The codec bz2: bytes, compressed by bzip2."""
from encodings._bytes import names

globals().update(names('bz2_codec'))
