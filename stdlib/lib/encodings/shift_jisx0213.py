"""The codec shift_jisx0213, whose work is native."""
from encodings._multibyte import names

globals().update(names('shift_jisx0213'))
