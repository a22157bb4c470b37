"""The codec koi8-r, whose work is native."""
from encodings._native import names

globals().update(names('koi8-r'))
