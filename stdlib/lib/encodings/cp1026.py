"""The codec cp1026, whose work is native."""
from encodings._native import names

globals().update(names('cp1026'))
