"""The encodings after ISO 2022."""
from _multibytecodec import _finder

getcodec = _finder('iso2022_jp', 'iso2022_jp_1', 'iso2022_jp_2', 'iso2022_jp_2004', 'iso2022_jp_3',
                   'iso2022_jp_ext', 'iso2022_kr')
