# A byte order mark says once, at the start of a stream, how all of it is to be read, however the bytes come in pieces.
import codecs
import io
import os

TEXT = 'a\u20ac\U0001f600b'
STREAMS = [('utf-16', TEXT.encode('utf-16')), ('utf-16', codecs.BOM_UTF16_BE + TEXT.encode('utf-16-be')),
           ('utf-32', TEXT.encode('utf-32')), ('utf-32', codecs.BOM_UTF32_BE + TEXT.encode('utf-32-be')),
           ('utf-8-sig', TEXT.encode('utf-8-sig')), ('utf-8-sig', TEXT.encode() + codecs.BOM_UTF8)]

for encoding, data in STREAMS:
    whole = data.decode(encoding)
    states = []
    for cut in range(len(data) + 1):
        decoder = codecs.getincrementaldecoder(encoding)()
        begin = decoder.decode(data[:cut])
        states.append(decoder.getstate())
        other = codecs.getincrementaldecoder(encoding)()
        other.setstate(states[-1])
        end = decoder.decode(data[cut:], True)
        assert begin + end == whole and other.decode(data[cut:], True) == end, (encoding, cut)
    print(encoding, ascii(whole), states[:6])

path = os.path.join(os.environ['TMPDIR'], 'stream')
for encoding, mark in ('utf-16', codecs.BOM_UTF16_BE), ('utf-16', codecs.BOM_UTF16_LE), ('utf-32', codecs.BOM_UTF32_BE):
    order = encoding + ('-le' if mark == codecs.BOM_UTF16_LE else '-be')
    with open(path, 'wb') as file:
        file.write(mark + ('line \u20ac\n' * 5000).encode(order))
    with open(path, encoding=encoding) as file:
        lines = list(file)
        file.seek(0)
        print(encoding, len(lines), set(lines) == {'line \u20ac\n'}, file.read() == ''.join(lines))
    with open(path, 'rb') as file:
        print(sum(1 for line in codecs.getreader(encoding)(file)))

for encoding in 'utf-16', 'utf-32':
    data = b'no mark here'
    for read in (lambda: codecs.getincrementaldecoder(encoding)('replace').decode(data),
                 lambda: io.TextIOWrapper(io.BytesIO(data), encoding, 'replace').read()):
        try:
            print(read())
        except UnicodeError as error:
            print(type(error).__name__, error)
