"""The codec zlib: bytes, compressed by zlib."""
from encodings._bytes import names

globals().update(names('zlib_codec'))
