"""The codec cp1252, whose work is native."""
from encodings._native import names

globals().update(names('cp1252'))
