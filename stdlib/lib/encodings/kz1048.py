"""The codec kz1048, whose work is native."""
from encodings._native import names

globals().update(names('kz1048'))
