"""The codec mac-arabic, whose work is native."""
from encodings._native import names

globals().update(names('mac-arabic'))
