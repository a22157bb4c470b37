print(b"abc", b"\x00\xff\n\t\\'", b'"', b"it's", b"'\"", bytes(3), bytes([65, 66]), bytes(range(5)), bytes("é", "utf-8"), bytes(b"x"), bytes(), bytes.fromhex("00 ff 41"), bytes(x for x in [1, 2]))
print(str(b"a"), repr(b"\r\x7f\x80"), b"a" b"b", len(b"abc"), bool(b""), bool(b"\0"), b"abc"[0], b"abc"[-1], b"abc"[1:], b"abc"[::-1], list(b"ab"), b"abc"[:0])
for source in ("bytes(-1)", "bytes([256])", "bytes([-1])", "bytes('a')", "bytes(['a'])", "bytes(1.5)", "bytes(5, 'utf-8')", "bytes.fromhex('0')", "bytes.fromhex('zz')", "b'abc'[5]", "bytes(3)['a']", "bytes(None)", "bytes('é', 'ascii')"):
    try:
        print(eval(source))
    except (ValueError, TypeError, IndexError, OverflowError) as e:
        print(source, "->", type(e).__name__, e)
try:
    b"abc"[0] = 1
except TypeError as e:
    print(e)
