# bz2: whole strings, streams in pieces, several streams in a row, files in text and binary mode, and what bad data raises.
import bz2
import io
import os
import tempfile


def tried(call):
    try:
        return call()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


text = b'the quick brown fox ' * 500
packed = bz2.compress(text)
print(packed[:4], len(packed) < len(text) // 10, bz2.decompress(packed) == text)
print(bz2.decompress(packed + bz2.compress(b'more')) == text + b'more', bz2.decompress(packed + b'rubbish') == text)

compressor = bz2.BZ2Compressor(1)
pieces = [compressor.compress(text[i:i + 999]) for i in range(0, len(text), 999)] + [compressor.flush()]
print(pieces[-1][-4:] != b'', bz2.decompress(b''.join(pieces)) == text)
print(tried(compressor.flush), '|', tried(lambda: compressor.compress(b'x')))

decompressor = bz2.BZ2Decompressor()
out = decompressor.decompress(packed + b'tail', max_length=100)
print(len(out), decompressor.eof, decompressor.needs_input, decompressor.unused_data)
while not decompressor.eof:
    out += decompressor.decompress(b'', 1000)
print(out == text, decompressor.eof, decompressor.needs_input, decompressor.unused_data)
print(tried(lambda: decompressor.decompress(b'')))

broken = bz2.BZ2Decompressor()
print(tried(lambda: broken.decompress(b'this is not bzip2 at all')))
print(tried(lambda: broken.decompress(packed)), broken.needs_input)
print(tried(lambda: bz2.decompress(packed[:-5])), '|', tried(lambda: bz2.decompress(b'nothing')))
print(tried(lambda: bz2.BZ2Compressor(0)), '|', tried(lambda: bz2.compress('text')))

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'lines.bz2')
    with bz2.open(path, 'wt', encoding='utf-8') as file:
        file.write('eins\nzwei\nfünf\n')
    with bz2.open(path, 'at', encoding='utf-8') as file:
        file.write('sechs\n')
    with bz2.open(path, 'rt', encoding='utf-8') as file:
        print(list(file))
    with bz2.BZ2File(path) as file:
        print(file.readline(), file.peek(3)[:3], file.tell(), file.seek(-6, 2), file.read())
        file.seek(0)
        print(file.readlines(), file.readable(), file.writable(), file.seekable())
        print(tried(lambda: file.write(b'x')))
    print(file.closed, tried(file.read), '|', tried(lambda: bz2.open(path, 'rbt')))
    print(tried(lambda: bz2.open(path, 'r', encoding='utf-8')), '|', tried(lambda: bz2.BZ2File(path, 'q')))
print(bz2.BZ2File(io.BytesIO(packed)).read() == text, tried(lambda: bz2.BZ2File(3.5)))
print(tried(lambda: bz2.BZ2File(io.BytesIO(packed[:-9])).read()))
