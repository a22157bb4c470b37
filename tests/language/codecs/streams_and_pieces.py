"""Readers and writers over streams, recoders, incremental classes with what they keep, and what lookup() does with names."""
import codecs
import encodings.latin_1
import encodings.rot_13
import encodings.utf_8
import encodings.utf_16
import io
import os

TEXT = 'one\ntwo\r\nthree\u2028four\x85f\xfcnf'
for encoding in ('utf-8', 'utf-16', 'utf-32-be', 'utf-8-sig', 'utf-7'):
    reader = codecs.getreader(encoding)(io.BytesIO(TEXT.encode(encoding)))
    print(encoding, ascii(reader.read(3)), ascii(reader.read(4, 2)), ascii(reader.readline()), ascii(reader.readline(None, False)),
          ascii(reader.readlines()), ascii(reader.read()))
    reader.seek(0)
    print(ascii(list(reader)))
    writer = codecs.getwriter(encoding)(out := io.BytesIO())
    writer.write('\xe4')
    writer.writelines(['b', 'c'])
    print(out.getvalue(), writer.tell())
    writer.seek(0)
    writer.write('x')
    print(out.getvalue()[:8])

reader = codecs.getreader('utf-8')(io.BytesIO(b'a\nb\nc\nd'))
print(reader.readline(), reader.linebuffer, reader.charbuffer)
try:
    codecs.getreader('utf-8')(io.BytesIO(b'a\nb\xff')).readline()
except UnicodeDecodeError as error:
    print(error)

recoder = codecs.EncodedFile(io.BytesIO('g\xf6\nh'.encode('utf-16')), 'latin-1', 'utf-16')
print(recoder.data_encoding, recoder.file_encoding, recoder.readline(), recoder.read(), recoder.read())
recoder = codecs.EncodedFile(out := io.BytesIO(), 'latin-1', 'utf-8')
recoder.write(b'\xf6')
recoder.writelines([b'\xe4', b'!'])
print(out.getvalue())
with codecs.StreamRecoder(io.BytesIO(b'x\ny'), codecs.latin_1_encode, codecs.latin_1_decode, encodings.latin_1.StreamReader,
                          encodings.latin_1.StreamWriter) as recoder:
    print(list(recoder), recoder.seek(0), recoder.readlines())

path = os.path.join(os.environ['TMPDIR'], 'file')
with codecs.open(path, 'w+', 'utf-16') as file:
    file.write('a\nb')
    file.seek(0)
    print(file.readlines(), file.encoding, file.errors)
try:
    codecs.open(path, encoding='no such')
except LookupError as error:
    print(error)


class Upper(codecs.BufferedIncrementalEncoder):
    def _buffer_encode(self, input, errors, final):
        end = len(input) if final else len(input) // 2 * 2
        return input[:end].upper().encode(), end


class Pairs(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, input, errors, final):
        end = len(input) if final else len(input) // 2 * 2
        return input[:end].decode(), end


encoder, decoder = Upper(), Pairs()
print(encoder.encode('abc'), encoder.getstate(), encoder.encode('d'), encoder.getstate(), encoder.encode('e', True))
print(decoder.decode(b'abc'), decoder.getstate(), decoder.decode(b'd'), decoder.decode(b'e', final=True))
encoder.setstate('zz')
decoder.setstate((b'q', 0))
print(encoder.encode(''), decoder.decode(b'r'), encoder.reset(), decoder.reset(), decoder.getstate())
for base in (codecs.IncrementalEncoder(), codecs.IncrementalDecoder('x'), codecs.Codec()):
    try:
        print(getattr(base, 'errors', None), (base.encode if hasattr(base, 'encode') else base.decode)('x'))
    except NotImplementedError as error:
        print(type(base).__name__, repr(error))

for encoding in ('utf-8', 'utf-16', 'utf-32', 'utf-8-sig', 'ascii', 'cp1252', 'unicode_escape'):
    encoder = codecs.getincrementalencoder(encoding)()
    print(encoding, encoder.getstate(), encoder.encode('a'), encoder.getstate(), encoder.encode('b', True))
    data = 'ab'.encode(encoding)
    decoder = codecs.getincrementaldecoder(encoding)()
    print([(decoder.decode(data[i:i + 1], i + 1 == len(data)), decoder.getstate()) for i in range(len(data))])
for data in (b'\xfe\xff\0a', b'a\0b\0'):
    decoder = codecs.getincrementaldecoder('utf-16')()
    try:
        print(ascii(decoder.decode(data)), decoder.getstate())
    except UnicodeError as error:
        print(error)

FOUND = (len, len, len, len)
asked = []


def search(name):
    asked.append(name)
    return {'mine_8': FOUND, 'short': (1, 2), 'text': codecs.CodecInfo(lambda t, *e: (t + str(e), 1), lambda d: 5)}.get(name)


codecs.register(search)
print(codecs.lookup('MINE-8') is FOUND, codecs.lookup('mine   8') is FOUND, asked)
for call in (lambda: codecs.lookup('short'), lambda: codecs.lookup('nowhere'), lambda: codecs.lookup(5),
             lambda: codecs.encode('a', 'text'), lambda: codecs.decode(b'a', 'text'), lambda: 'a'.encode('text'),
             lambda: b'a'.decode('text'), lambda: 'a'.encode('hex'), lambda: b'zz'.decode('rot13'),
             lambda: codecs.decode(b'zz', 'hex'), lambda: codecs.encode('a', 'hex'), lambda: codecs.decode(b'?', 'zlib'),
             lambda: codecs.encode('a', 'undefined'), lambda: codecs.encode('Hi', 'rot13'), lambda: 'a..b'.encode('idna')):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error, type(error.__cause__).__name__)
codecs.unregister(search)
print(encodings.utf_8.getregentry().name, encodings.utf_16.StreamReader.__mro__[-2].__name__,
      encodings.latin_1.Codec().encode('\xe4'), codecs.lookup('utf-8').incrementaldecoder is encodings.utf_8.IncrementalDecoder)
encodings.rot_13.rot13(io.StringIO('Uryyb'), out := io.StringIO())
print(out.getvalue())
compressed = codecs.getincrementalencoder('zlib')()
data = compressed.encode(b'abc') + compressed.encode(b'def', True)
print(codecs.getincrementaldecoder('zlib')().decode(data, True), list(codecs.iterdecode([data], 'zlib')))
