"""The codec iso8859-9, whose work is native."""
from encodings._native import names

globals().update(names('iso8859-9'))
