"""The codec cp869, whose work is native."""
from encodings._native import names

globals().update(names('cp869'))
