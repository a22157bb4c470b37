"""The codec tis-620, whose work is native."""
from encodings._native import names

globals().update(names('tis-620'))
