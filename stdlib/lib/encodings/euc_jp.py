"""The codec euc_jp, whose work is native."""
from encodings._multibyte import names

globals().update(names('euc_jp'))
