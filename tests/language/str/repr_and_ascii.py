for s in ("plain", "it's", 'say "hi"', "both ' and \"", "tab\tnl\n", "\x00\x1f\x7f", "é日😀", "\xa0\xad", "\u200b\u2028", "\ud800", "back\\slash", "\x85", "\U0010ffff", "e\u0301", "\r", "\u0378"):
    print(repr(s) if s != "\ud800" else "", ascii(s))
print(str("x"), str(5), str(None), str([1, "a"]), str(1.5), str(True), str(b"x"), str(...), str(int), str(), str(object=5), repr("a" "b"))
print(["é"], {"k": "v"}, ("t",), {"s"}, "%r" % "q")
