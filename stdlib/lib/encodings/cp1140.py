"""The codec cp1140, whose work is native."""
from encodings._native import names

globals().update(names('cp1140'))
