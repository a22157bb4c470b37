# The encodings of one byte a character: both ways, their aliases, and what they lack.
import codecs

NAMES = """cp037 cp273 cp424 cp1026 mac_cyrillic mac_roman cp437 cp500 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866
cp869 cp874 cp1125 cp1140 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859_2 iso8859_3
iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10 iso8859_11 iso8859_13 iso8859_14
iso8859_15 iso8859_16 koi8_r koi8_t koi8_u mac_latin2 hp_roman8 ptcp154 cp856 cp875 kz1048 tis_620 mac_iceland
mac_turkish mac_romanian mac_croatian palmos mac_greek mac_arabic mac_farsi cp720 cp1006""".split()

for name in NAMES:
    text = bytes(range(256)).decode(name, "ignore")
    back = text.encode(name)
    undefined = [b for b in range(256) if not bytes([b]).decode(name, "ignore")]
    print(name, len(text), sum(i * ord(c) for i, c in enumerate(text)) % 1000003, len(back), undefined[:4])
    assert back.decode(name) == text

for alias in ["latin2", "L5", "windows-1251", "ISO-8859-7", "ibm850", "1250", "Cyrillic", "koi8_r", "KOI8-U", "tis620", "rk1048", "maciceland"]:
    print(alias, "Жó€ż".encode(alias, "replace"), codecs.lookup(alias).name)

for text, name, errors in [("a\u20acb", "iso8859-2", "strict"), ("a\u20acb", "cp1252", "strict"),
                           ("a\u0416b", "cp1252", "xmlcharrefreplace"), ("\u0416", "cp437", "backslashreplace"),
                           ("\udc81", "cp1252", "surrogateescape")]:
    try:
        print(text.encode(name, errors))
    except UnicodeEncodeError as error:
        print(error, error.start, error.end)
for raw, name, errors in [(b"a\x81b", "cp1252", "strict"), (b"a\x81b", "cp1252", "replace"),
                          (b"\xa1\xff", "iso8859-6", "surrogateescape"), (b"\xd2", "cp1255", "backslashreplace")]:
    try:
        print(ascii(raw.decode(name, errors)))
    except UnicodeDecodeError as error:
        print(error)
