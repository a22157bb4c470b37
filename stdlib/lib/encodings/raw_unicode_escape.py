"""The codec raw_unicode_escape, whose work is native."""
from encodings._native import names

globals().update(names('raw_unicode_escape'))
