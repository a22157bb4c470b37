"""The codec shift_jis_2004, whose work is native."""
from encodings._multibyte import names

globals().update(names('shift_jis_2004'))
