"""The codec iso2022_jp_1, whose work is native."""
from encodings._multibyte import names

globals().update(names('iso2022_jp_1'))
