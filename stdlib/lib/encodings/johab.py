"""The codec johab, whose work is native."""
from encodings._multibyte import names

globals().update(names('johab'))
