"""The codec big5, whose work is native."""
from encodings._multibyte import names

globals().update(names('big5'))
