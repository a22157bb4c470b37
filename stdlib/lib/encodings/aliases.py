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

aliases = dict(_ALIASES)
for _module, _names in _OF_UNICODE.items():
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
