"""The codec mac-greek, whose work is native."""
from encodings._native import names

globals().update(names('mac-greek'))
