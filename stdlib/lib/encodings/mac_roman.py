"""The codec mac-roman, whose work is native."""
from encodings._native import names

globals().update(names('mac-roman'))
