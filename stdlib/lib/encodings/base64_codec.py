"""The codec base64: bytes, base64 in lines, as in mail."""
from encodings._bytes import names

globals().update(names('base64_codec'))
