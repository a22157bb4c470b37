"""The codec big5hkscs, whose work is native."""
from encodings._multibyte import names

globals().update(names('big5hkscs'))
