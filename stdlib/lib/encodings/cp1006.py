"""The codec cp1006, whose work is native."""
from encodings._native import names

globals().update(names('cp1006'))
