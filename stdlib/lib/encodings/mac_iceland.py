"""The codec mac-iceland, whose work is native."""
from encodings._native import names

globals().update(names('mac-iceland'))
