"""The codec cp856, whose work is native."""
from encodings._native import names

globals().update(names('cp856'))
