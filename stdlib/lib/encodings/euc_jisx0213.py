"""The codec euc_jisx0213, whose work is native."""
from encodings._multibyte import names

globals().update(names('euc_jisx0213'))
