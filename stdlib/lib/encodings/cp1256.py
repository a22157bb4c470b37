"""The codec cp1256, whose work is native."""
from encodings._native import names

globals().update(names('cp1256'))
