"""The codec cp1251, whose work is native."""
from encodings._native import names

globals().update(names('cp1251'))
