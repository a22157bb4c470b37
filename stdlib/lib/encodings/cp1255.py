"""The codec cp1255, whose work is native."""
from encodings._native import names

globals().update(names('cp1255'))
