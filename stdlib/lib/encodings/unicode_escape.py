"""The codec unicode_escape, whose work is native."""
from encodings._native import names

globals().update(names('unicode_escape'))
