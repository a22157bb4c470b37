"""The codec cp1254, whose work is native."""
from encodings._native import names

globals().update(names('cp1254'))
