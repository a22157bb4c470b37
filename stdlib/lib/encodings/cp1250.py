"""The codec cp1250, whose work is native."""
from encodings._native import names

globals().update(names('cp1250'))
