"""The codec cp1253, whose work is native."""
from encodings._native import names

globals().update(names('cp1253'))
