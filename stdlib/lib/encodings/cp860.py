"""The codec cp860, whose work is native."""
from encodings._native import names

globals().update(names('cp860'))
