"""The codec cp932, whose work is native."""
from encodings._multibyte import names

globals().update(names('cp932'))
