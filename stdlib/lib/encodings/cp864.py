"""The codec cp864, whose work is native."""
from encodings._native import names

globals().update(names('cp864'))
