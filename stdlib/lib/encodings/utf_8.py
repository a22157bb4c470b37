"""The codec utf-8, whose work is native."""
from encodings._native import names

globals().update(names('utf-8'))
