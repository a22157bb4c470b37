import io
s = io.StringIO("line1\nline2\nline3")
print(s.read(3), repr(s.readline()), s.readlines(), s.read() == "", s.seek(0), s.tell(), s.getvalue(), list(s))
w = io.StringIO()
print(w.write("hello"), print("x", 1, file=w), w.getvalue(), w.seek(0), w.write("J"), w.getvalue(), w.truncate(3), w.getvalue(), w.closed)
w.close()
for call in (lambda: w.write("x"), lambda: w.getvalue(), lambda: io.StringIO(5), lambda: io.StringIO().write(b"x"), lambda: io.BytesIO("x"), lambda: io.BytesIO().write("x"), lambda: io.StringIO().seek(-1), lambda: io.StringIO().fileno()):
    try:
        print(call())
    except (ValueError, TypeError, OSError) as e:
        print(type(e).__name__, e)
b = io.BytesIO(b"abc\ndef")
print(b.read(2), b.readline(), b.read(), b.seek(1), b.read(1), b.getvalue(), b.seek(0, 2), b.write(b"!"), b.getvalue(), b.seek(-1, 2), b.read(), b.tell())
with io.StringIO() as f:
    print("in with", file=f)
    print(repr(f.getvalue()))
print(f.closed, issubclass(io.StringIO, io.TextIOBase), io.SEEK_SET, io.SEEK_END, io.DEFAULT_BUFFER_SIZE > 0, isinstance(io.BytesIO(), io.IOBase))
print([line for line in io.StringIO("a\nb\r\nc")], io.StringIO("a\r\nb", newline=None).read().encode(), io.StringIO("x\ny").readlines(), io.BytesIO(b"1\n2").readlines())
t = io.TextIOWrapper(io.BytesIO("é\nb".encode()), encoding="utf-8")
print(repr(t.readline()), repr(t.read()), t.encoding)
