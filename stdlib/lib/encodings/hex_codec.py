"""The codec hex: bytes, two hexadecimal digits for each byte."""
from encodings._bytes import names

globals().update(names('hex_codec'))
