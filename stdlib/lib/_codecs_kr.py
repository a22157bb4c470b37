"""The Korean encodings."""
from _multibytecodec import _finder

getcodec = _finder('euc_kr', 'cp949', 'johab')
