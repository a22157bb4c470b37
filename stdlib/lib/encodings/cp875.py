"""The codec cp875, whose work is native."""
from encodings._native import names

globals().update(names('cp875'))
