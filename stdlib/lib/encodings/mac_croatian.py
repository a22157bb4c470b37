"""The codec mac-croatian, whose work is native."""
from encodings._native import names

globals().update(names('mac-croatian'))
