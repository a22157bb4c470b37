"""The codec iso2022_kr, whose work is native."""
from encodings._multibyte import names

globals().update(names('iso2022_kr'))
