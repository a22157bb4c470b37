# lzma: the formats xz, lzma and raw, filters from dicts, checks, streams in pieces, files, and what bad data raises.
import io
import lzma
import os
import tempfile


def tried(call):
    try:
        return call()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


text = b'the quick brown fox ' * 500
for format in (lzma.FORMAT_XZ, lzma.FORMAT_ALONE):
    packed = lzma.compress(text, format=format, preset=3)
    print(format, packed[:5], lzma.decompress(packed) == text, lzma.decompress(packed, format=format) == text)
raw = [{'id': lzma.FILTER_DELTA, 'dist': 4}, {'id': lzma.FILTER_LZMA2, 'preset': 7 | lzma.PRESET_EXTREME, 'lc': 2}]
packed = lzma.compress(text, lzma.FORMAT_RAW, filters=raw)
print(lzma.decompress(packed, lzma.FORMAT_RAW, filters=raw) == text)
print(lzma.decompress(lzma.compress(text, filters=[{'id': lzma.FILTER_X86}, {'id': lzma.FILTER_LZMA2}])) == text)

packed = lzma.compress(text)
print(lzma.decompress(packed + lzma.compress(b'more')) == text + b'more', lzma.decompress(packed + b'rubbish') == text)
stream = lzma.LZMADecompressor()
print(stream.check == lzma.CHECK_UNKNOWN, len(stream.decompress(packed + b'tail', 100)), stream.eof, stream.needs_input)
while not stream.eof:
    stream.decompress(b'', 1000)
print(stream.check == lzma.CHECK_CRC64, stream.unused_data, tried(lambda: stream.decompress(b'')))
stream = lzma.LZMACompressor(check=lzma.CHECK_SHA256)
body = stream.compress(text) + stream.flush()
print(tried(stream.flush), '|', tried(lambda: stream.compress(b'')))
stream = lzma.LZMADecompressor()
print(stream.decompress(body) == text, stream.check == lzma.CHECK_SHA256)

print(lzma._decode_filter_properties(lzma.FILTER_LZMA1, b']\0\0\x80\0'))
print(lzma._encode_filter_properties({'id': lzma.FILTER_LZMA1}), lzma.is_check_supported(1), lzma.is_check_supported(99))
for wrong in (
        lambda: lzma.LZMACompressor(format=77), lambda: lzma.LZMACompressor(format=lzma.FORMAT_RAW),
        lambda: lzma.LZMACompressor(preset=77), lambda: lzma.LZMACompressor(preset=1, filters=[]),
        lambda: lzma.LZMACompressor(filters=[{'id': 99}]), lambda: lzma.LZMACompressor(filters=[{}]),
        lambda: lzma.LZMACompressor(filters=[3]), lambda: lzma.LZMACompressor(filters=3),
        lambda: lzma.LZMACompressor(filters=[{'id': lzma.FILTER_LZMA2, 'foo': 3}]),
        lambda: lzma.LZMACompressor(filters=[{'id': lzma.FILTER_DELTA, 'foo': 3}]),
        lambda: lzma.LZMACompressor(filters=[{'id': lzma.FILTER_DELTA}] * 6),
        lambda: lzma.LZMACompressor(format=lzma.FORMAT_ALONE, check=lzma.CHECK_CRC32),
        lambda: lzma.LZMACompressor(format=lzma.FORMAT_ALONE, filters=[{'id': lzma.FILTER_DELTA}]),
        lambda: lzma.LZMADecompressor(format=lzma.FORMAT_RAW), lambda: lzma.LZMADecompressor(format=99),
        lambda: lzma.LZMADecompressor(filters=[{'id': lzma.FILTER_LZMA2}]),
        lambda: lzma.LZMADecompressor(memlimit=1).decompress(packed),
        lambda: lzma.decompress(b'this is nothing of the kind'), lambda: lzma.decompress(packed[:-3]),
        lambda: lzma.decompress(packed[:30] + b'\xff' + packed[31:])):
    print(tried(wrong))

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'lines.xz')
    with lzma.open(path, 'wt', encoding='utf-8', preset=1) as file:
        file.write('eins\nzwei\nfünf\n')
    with lzma.open(path, 'rt', encoding='utf-8') as file:
        print(list(file))
    with lzma.LZMAFile(path) as file:
        print(file.readline(), file.tell(), file.seek(-6, 2), file.read())
        print(tried(lambda: file.write(b'x')))
    print(file.closed, tried(file.read), '|', tried(lambda: lzma.LZMAFile(path, preset=3)))
print(lzma.LZMAFile(io.BytesIO(packed)).read() == text, tried(lambda: lzma.LZMAFile(io.BytesIO(packed[:-9])).read()))
