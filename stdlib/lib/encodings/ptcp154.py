"""The codec ptcp154, whose work is native."""
from encodings._native import names

globals().update(names('ptcp154'))
