"""The codec hp-roman8, whose work is native."""
from encodings._native import names

globals().update(names('hp-roman8'))
