# Encodings that are found by codecs.lookup(): names of hosts, codecs that are no text, and those of the program.
import codecs

for name in ('bücher.example', 'faß.de', 'пример.испытание', 'plain.example.', '東京。jp', 'BÜCHER'):
    encoded = name.encode('idna')
    print(encoded, encoded.decode('idna'))
for text in ('', 'abc', 'München', '他们为什么不说中文', 'Pročprostěnemluvíčesky', 'a\U0001f600b'):
    encoded = text.encode('punycode')
    print(encoded, encoded.decode('punycode') == text)
for bad in (lambda: ('x' * 64 + '.ä').encode('idna'), lambda: 'a..b'.encode('idna'), lambda: b'xn--!'.decode('idna'),
            lambda: 'abc'.encode('hex'), lambda: b'ab'.decode('rot13'), lambda: 'x'.encode('no-such')):
    try:
        print(bad())
    except (UnicodeError, LookupError) as error:
        print(type(error).__name__, error if isinstance(error, LookupError) else '')
for name in ('hex', 'base64', 'uu', 'quopri'):
    encoded = codecs.encode(b'\0spam=\n', name)
    print(encoded, codecs.decode(encoded, name))
print(codecs.encode('Hello', 'rot13'), codecs.decode(codecs.encode(b'z' * 99, 'zlib'), 'zlib') == b'z' * 99)


def search(name):
    if name == 'shouting':
        return codecs.CodecInfo(lambda text, errors='strict': (text.upper().encode(), len(text)),
                                lambda data, errors='strict': (bytes(data).decode().lower(), len(data)), name=name)


codecs.register(search)
print('abc'.encode('shouting'), b'ABC'.decode('shouting'), codecs.encode('x', 'shouting'), codecs.lookup('shouting').name)
codecs.unregister(search)
try:
    'abc'.encode('shouting')
except LookupError as error:
    print(error)
decoder = codecs.getincrementaldecoder('idna')()
print([decoder.decode(piece) for piece in (b'xn--bcher', b'-kva.exa', b'mple')], decoder.decode(b'', True))
