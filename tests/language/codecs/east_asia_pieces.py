# The encodings of East Asia piece by piece: incremental encoders and decoders, their states, streams.
import codecs
import io

import _multibytecodec

TEXTS = {
    'shift_jis': 'a\u3042\uff71\u6f22', 'euc_jp': '\u3042\u4e02\uff71x', 'euc_jis_2004': '\u304b\u309a\u304bx\u00e6\u0300',
    'shift_jisx0213': '\u30bb\u309a\u02e9\u02e5', 'iso2022_jp': 'x\u3042\u3044\n\u00a5y', 'iso2022_jp_2': '\u6f22\ud55c\u56fd',
    'iso2022_jp_3': '\u304b\u304b', 'iso2022_kr': '\ud55c\uae00 abc\n\ud55c', 'hz': '~\u4e2d\u6587~', 'gb18030': '\u4e2d\u00e9\U0001f600',
    'euc_kr': '\ud55c\uac03', 'big5hkscs': '\u00ca\u0304\u00cax', 'johab': '\uac00\u3131',
}
for name, text in TEXTS.items():
    data = text.encode(name)
    print(name, data, ascii(data.decode(name)))
    encoder = codecs.getincrementalencoder(name)()
    pieces = []
    for char in text:
        pieces.append((encoder.encode(char), encoder.getstate()))
    state = encoder.getstate()
    pieces.append(encoder.encode('', True))
    encoder.setstate(state)
    pieces.append(encoder.encode('!', True))
    print('  ', pieces)
    decoder = codecs.getincrementaldecoder(name)()
    pieces = []
    for byte in data:
        pieces.append((ascii(decoder.decode(bytes((byte,)))), *decoder.getstate()))
    print('  ', pieces)
    half = len(data) // 2
    decoder.reset()
    first = decoder.decode(data[:half])
    state = decoder.getstate()
    rest = decoder.decode(data[half:], True)
    decoder.setstate(state)
    print('  ', first + rest == text, rest == decoder.decode(data[half:], True))
    print('  ', list(map(ascii, codecs.iterdecode([data[i:i + 3] for i in range(0, len(data), 3)], name))),
          b''.join(codecs.iterencode(text, name)) == data)

# Streams.
DATA = 'one\n\u4e8c\u3064\u3081\n\uff13'.encode('euc_jp')
for size in (None, -1, 0, 1, 2, 5, 100):
    reader = codecs.getreader('euc_jp')(io.BytesIO(DATA))
    print(size, [ascii(reader.read(size)) for _ in range(4)])
reader = codecs.getreader('euc_jp')(io.BytesIO(DATA))
print(ascii(reader.readline()), list(map(ascii, reader.readlines())), reader.errors)
out = io.BytesIO()
writer = codecs.getwriter('euc_jis_2004')(out)
writer.write('\u304b')
print(out.getvalue())
writer.writelines(['\u309a', '\u304b'])
print(out.getvalue())
writer.reset()
print(out.getvalue())
with codecs.open('/dev/null', 'w', 'shift_jis') as file:
    file.write('\u3042')


# Misuse.
def attempt(function, *args):
    try:
        print(ascii(function(*args)))
    except Exception as error:
        print(type(error).__name__, error)


encoder = codecs.getincrementalencoder('sjis')()
decoder = codecs.getincrementaldecoder('sjis')()
attempt(setattr, encoder, 'errors', 5)
attempt(delattr, encoder, 'errors')
attempt(encoder.encode, '\udc80')
encoder.errors = 'replace'
attempt(encoder.encode, '\udc80')
attempt(decoder.decode, b'\x82\xff')
attempt(decoder.decode, b'\x82')
attempt(decoder.decode, b'', True)
attempt(decoder.decode, 'text')
attempt(decoder.setstate, (b'123456789', 0))
attempt(decoder.setstate, 5)
attempt(encoder.setstate, -1)
attempt(encoder.setstate, 1 << 200)
attempt(_multibytecodec.MultibyteIncrementalEncoder, 5)
attempt(codecs.getincrementaldecoder('sjis'), 5)
attempt(codecs.getreader('sjis'), None, 5)
attempt(codecs.getreader('sjis')(io.StringIO('x')).read)
