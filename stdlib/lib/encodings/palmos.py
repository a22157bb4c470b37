"""The codec palmos, whose work is native."""
from encodings._native import names

globals().update(names('palmos'))
