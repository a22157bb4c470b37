"""Encodings as modules of the package encodings, their tables, and other names, also a program's own."""
import codecs
import encodings
import encodings.cp1252
import encodings.iso8859_15
import encodings.koi8_r
import importlib
from encodings.aliases import aliases

for alias in ('latin1', 'utf8', '646', 'ibm437', '1252', 'windows_1251', 'l2', 'csisolatin2', 'iso_8859_15', 'u16', 'hex'):
    print(alias, aliases[alias], importlib.import_module('encodings.' + aliases[alias]).getregentry().name)
print(ascii(encodings.cp1252.decoding_table[0x7f:0x83]), len(encodings.koi8_r.decoding_table),
      codecs.charmap_encode('\u20ac', 'strict', encodings.iso8859_15.encoding_table))
print(encodings.koi8_r.Codec().encode('\u0410')[0], encodings.koi8_r.IncrementalDecoder().decode(b'\xe1'))
for name in ('ansi_x3.4_1986', 'ISO_646.irv_1991', 'U8', 'Latin 1', 'no_such'):
    try:
        print(name, 'x'.encode(name), codecs.lookup(name).name)
    except LookupError as error:
        print(error)
aliases['of_my_own'] = 'cp1252'
print('\u20ac'.encode('of_my_own'))
