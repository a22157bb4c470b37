"""The codec utf-32-be, whose work is native."""
from encodings._native import names

globals().update(names('utf-32-be'))
