# imghdr: kinds of pictures by their first bytes, of files, names and bytes.
import io
import os
import tempfile
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import imghdr
print(caught[0].message)
for data in (b'\x89PNG\r\n\x1a\n', b'GIF89a', b'GIF88a', b'MM\0*', b'II*\0', b'\x01\xda', b'P4 ', b'P2\n', b'P6\t',
             b'P6x', b'P7 ', b'BM',
             b'\x59\xa6\x6a\x95', b'#define x', b'123456JFIF', b'123456Exif', b'\xff\xd8\xff\xdb', b'RIFF1234WEBP',
             b'RIFF1234WAVE',
             b'\x76\x2f\x31\x01', b'', b'text'):
    print(data, imghdr.what(None, data), imghdr.what(io.BytesIO(data)))
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'x')
    with open(path, 'wb') as file:
        file.write(b'GIF87a')
    with open(path, 'rb') as file:
        print(imghdr.what(path), imghdr.what(file), file.tell())
imghdr.tests.append(lambda h, f: 'mine' if h.startswith(b'text') else None)
print(imghdr.what(None, b'text'), [test.__name__ for test in imghdr.tests][:3])
