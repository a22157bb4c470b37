"""The codec euc_jis_2004, whose work is native."""
from encodings._multibyte import names

globals().update(names('euc_jis_2004'))
