"""The codec mac-romanian, whose work is native."""
from encodings._native import names

globals().update(names('mac-romanian'))
