"""The codec utf-7, whose work is native."""
from encodings._native import names

globals().update(names('utf-7'))
