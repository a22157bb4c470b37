"""The Japanese encodings."""
from _multibytecodec import _finder

getcodec = _finder('shift_jis', 'cp932', 'euc_jp', 'shift_jis_2004', 'shift_jisx0213', 'euc_jis_2004',
                   'euc_jisx0213')
