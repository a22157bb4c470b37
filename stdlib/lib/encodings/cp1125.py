"""The codec cp1125, whose work is native."""
from encodings._native import names

globals().update(names('cp1125'))
