"""The codec cp1258, whose work is native."""
from encodings._native import names

globals().update(names('cp1258'))
