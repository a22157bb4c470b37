"""The codec mac-latin2, whose work is native."""
from encodings._native import names

globals().update(names('mac-latin2'))
