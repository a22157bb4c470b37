# Asking a text file for more characters than it has ends with those that are there.
import io

data = 'one\r\ntwo\n'.encode()
text = io.TextIOWrapper(io.BytesIO(data), encoding='ascii')
print(repr(text.read(3)), repr(text.read(8192)), repr(text.read(8192)))
text = io.TextIOWrapper(io.BytesIO(data), encoding='utf-8', newline='')
print(repr(text.read(100)), repr(text.readline()))
