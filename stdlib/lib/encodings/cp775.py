"""The codec cp775, whose work is native."""
from encodings._native import names

globals().update(names('cp775'))
