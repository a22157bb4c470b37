"""The codec utf-16-le, whose work is native."""
from encodings._native import names

globals().update(names('utf-16-le'))
