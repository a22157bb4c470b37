"""The codec mac-farsi, whose work is native."""
from encodings._native import names

globals().update(names('mac-farsi'))
