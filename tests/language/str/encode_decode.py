s = "aé日😀"
for encoding in ("utf-8", "utf-16-le", "utf-32-be", "utf-16", "utf8", "UTF_8"):
    data = s.encode(encoding)
    print(encoding, data, data.decode(encoding) == s)
print("é".encode("latin-1"), "abc".encode("ascii"), b"\xe9".decode("latin-1"), "é日".encode("ascii", "ignore"), "é日".encode("ascii", "replace"), "é日".encode("ascii", "backslashreplace"), "é日".encode("ascii", "xmlcharrefreplace"), "é".encode("ascii", "namereplace"))
print(b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("utf-8", "ignore"), b"a\xffb".decode("utf-8", "backslashreplace"), ascii(b"a\xffb".decode("utf-8", "surrogateescape")), b"a\xffb".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape"))
for call in (lambda: "é".encode("ascii"), lambda: "日本".encode("latin-1"), lambda: b"\xff".decode(), lambda: b"abc\xe2\x82".decode(), lambda: b"\xc0\x80".decode(), lambda: b"\xed\xa0\x80".decode(), lambda: b"\x80abc".decode("ascii"), lambda: "\ud800".encode(), lambda: "a".encode("nope"), lambda: "é".encode("ascii", "nope"), lambda: b"\xf5".decode(), lambda: b"a\xe2b".decode()):
    try:
        print(call())
    except (UnicodeError, LookupError) as e:
        print(type(e).__name__, e)
print(str(b"abc", "utf-8"), str(b"abc"), str(b"\xe9", "latin-1"), str(b"\xff", errors="replace", encoding="utf-8"))
