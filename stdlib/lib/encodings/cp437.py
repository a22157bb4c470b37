"""The codec cp437, whose work is native."""
from encodings._native import names

globals().update(names('cp437'))
