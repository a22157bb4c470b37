# Handlers look at what an exception holds; the pieces of idna have a state; decoders of escapes want bytes.
import codecs


def attempt(function, *args):
    try:
        print(ascii(function(*args)))
    except Exception as error:
        print(type(error).__name__, error)


encode = UnicodeEncodeError('ascii', 'a', 0, 1, 'x')
encode.object = []
decode = UnicodeDecodeError('ascii', b'a', 0, 1, 'x')
decode.object = 'text'
for name in ('replace', 'ignore', 'backslashreplace', 'surrogateescape', 'surrogatepass'):
    attempt(codecs.lookup_error(name), encode)
    attempt(codecs.lookup_error(name), decode)

TEXT, BYTES = 'b\xfccher.example.org', b'xn--bcher-kva.example.org'
for at in range(0, len(BYTES) + 1, 4):
    first = codecs.getincrementaldecoder('idna')()
    start = first.decode(BYTES[:at])
    second = codecs.getincrementaldecoder('idna')()
    second.setstate(first.getstate())
    print(first.getstate(), start + second.decode(BYTES[at:], True) == TEXT)
for at in range(0, len(TEXT) + 1, 3):
    first = codecs.getincrementalencoder('idna')()
    start = first.encode(TEXT[:at])
    second = codecs.getincrementalencoder('idna')()
    second.setstate(first.getstate())
    print(ascii(first.getstate()), start + second.encode(TEXT[at:], True) == BYTES)

for function in (codecs.unicode_escape_decode, codecs.raw_unicode_escape_decode):
    for data in (b'\\u0041', '\\u0041', bytearray(b'\\u0041'), memoryview(b'\\u0041x')[::1], 42, None):
        attempt(function, data)
