# Names, properties and numbers of characters.
import unicodedata as u

for c in 'aé½²٣一가\u0301(\u00a0ﬁΩ\x00\uac01\U0001f40d\u2028\ue000\u0378':
    print(ascii(c), u.category(c), u.bidirectional(c), u.east_asian_width(c), u.combining(c), u.mirrored(c),
          u.decomposition(c), u.name(c, None), u.decimal(c, None), u.digit(c, None), u.numeric(c, None))

for name in ('LATIN SMALL LETTER A', 'latin small letter sharp s', 'CJK UNIFIED IDEOGRAPH-4E00', 'HANGUL SYLLABLE HAN',
             'NULL', 'LINE FEED', 'KATAKANA LETTER AINU P', 'SNAKE', 'no such thing', 'HANGUL SYLLABLE XX',
             'CJK UNIFIED IDEOGRAPH-0041', 'x' * 300):
    try:
        print(ascii(u.lookup(name)))
    except KeyError as error:
        print('KeyError', error)


def attempt(function, *arguments):
    try:
        print(ascii(function(*arguments)))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


attempt(u.name, '\x00')
attempt(u.name, 'ab')
attempt(u.category, '')
attempt(u.category, 1)
attempt(u.decimal, 'a')
attempt(u.digit, 'a')
attempt(u.numeric, 'a')
attempt(u.lookup, 1)
attempt(u.normalize, 'NFX', 'a')
attempt(u.normalize, 'NFC', 1)

for text in ('é', 'e\u0301', 'ﬁ½', '가', '\u1100\u1161', 'a\u0315\u0300\u05ae\u0300b', 'Å\ud800\u0301', 'plain'):
    print([ascii(u.normalize(form, text)) for form in ('NFC', 'NFD', 'NFKC', 'NFKD')],
          [u.is_normalized(form, text) for form in ('NFC', 'NFD', 'NFKC', 'NFKD')])

print(ascii('\N{GREEK SMALL LETTER ALPHA}\N{bell}\N{HANGUL SYLLABLE GA}\N{CJK UNIFIED IDEOGRAPH-3400}'))
print('é\x80\ud800☃'.encode('ascii', 'namereplace'))
print(u.unidata_version)
