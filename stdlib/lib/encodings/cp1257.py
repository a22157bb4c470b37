"""The codec cp1257, whose work is native."""
from encodings._native import names

globals().update(names('cp1257'))
