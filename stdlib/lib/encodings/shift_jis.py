"""The codec shift_jis, whose work is native."""
from encodings._multibyte import names

globals().update(names('shift_jis'))
