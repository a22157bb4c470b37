"""Other names of encodings, and the modules of this package that they stand for."""
import _codecs

from encodings import _ALIASES

_OF_UNICODE = {
    'ascii': '646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us iso_646.irv_1991 iso_ir_6 us us_ascii',
    'latin_1': '8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 iso_ir_100 l1 latin latin1',
    'utf_16': 'u16 utf16', 'utf_16_be': 'unicodebigunmarked utf_16be', 'utf_16_le': 'unicodelittleunmarked utf_16le',
    'utf_32': 'u32 utf32', 'utf_32_be': 'utf_32be', 'utf_32_le': 'utf_32le',
    'utf_7': 'u7 utf7 unicode_1_1_utf_7', 'utf_8': 'u8 utf utf8 utf8_ucs2 utf8_ucs4 cp65001',
}

_OF_EAST_ASIA = {
    'big5': 'big5_tw csbig5 x_mac_trad_chinese', 'big5hkscs': 'big5_hkscs hkscs',
    'cp932': '932 ms932 mskanji ms_kanji', 'cp949': '949 ms949 uhc', 'cp950': '950 ms950',
    'euc_jis_2004': 'jisx0213 eucjis2004 euc_jis2004', 'euc_jisx0213': 'eucjisx0213', 'euc_jp': 'eucjp ujis u_jis',
    'euc_kr': 'euckr korean ksc5601 ks_c_5601 ks_c_5601_1987 ksx1001 ks_x_1001 x_mac_korean', 'gb18030': 'gb18030_2000',
    'gb2312': 'chinese csiso58gb231280 euc_cn euccn eucgb2312_cn gb2312_1980 gb2312_80 iso_ir_58 x_mac_simp_chinese',
    'gbk': '936 cp936 ms936', 'hz': 'hzgb hz_gb hz_gb_2312', 'iso2022_jp': 'csiso2022jp iso2022jp iso_2022_jp',
    'iso2022_jp_1': 'iso2022jp_1 iso_2022_jp_1', 'iso2022_jp_2': 'iso2022jp_2 iso_2022_jp_2',
    'iso2022_jp_2004': 'iso_2022_jp_2004 iso2022jp_2004', 'iso2022_jp_3': 'iso2022jp_3 iso_2022_jp_3',
    'iso2022_jp_ext': 'iso2022jp_ext iso_2022_jp_ext', 'iso2022_kr': 'csiso2022kr iso2022kr iso_2022_kr',
    'johab': 'cp1361 ms1361', 'shift_jis': 'csshiftjis shiftjis sjis s_jis x_mac_japanese',
    'shift_jis_2004': 'shiftjis2004 sjis_2004 s_jis_2004', 'shift_jisx0213': 'shiftjisx0213 sjisx0213 s_jisx0213',
}

aliases = dict(_ALIASES)
for _module, _names in (*_OF_UNICODE.items(), *_OF_EAST_ASIA.items()):
    aliases.update(dict.fromkeys(_names.split(), _module))
for _name, _names in _codecs._charmaps():
    _module = _name.replace('-', '_')
    for _alias in _names.strip('|').split('|'):
        if _alias:
            aliases[_alias] = _module
    if _module.startswith('cp'):
        _number = _module[2:]
        aliases.update({_number: _module, 'ibm' + _number: _module, 'windows_' + _number: _module})
    elif _module.startswith('iso8859_'):
        aliases['iso_8859_' + _module[8:]] = _module
