"""The codec euc_kr, whose work is native."""
from encodings._multibyte import names

globals().update(names('euc_kr'))
