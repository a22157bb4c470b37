print('single', "double", '''triple
two lines''', """with "quotes" inside""")
print("tab\there", 'nl\\n', r"raw\n", R'\d', "a\
b")
print("\x41\101\u0042\U00000043\N{LATIN SMALL LETTER E WITH ACUTE}\N{bullet}")
print(repr("\a\b\f\v\r\n\t\\\'\"\0\x7f\x80\xff\u0100"))
print("adjacent " 'literals ' """joined""")
print(b"bytes\x00\xff" b'more', rb"\x", Rb"\n", bR"\t", B"b", u"unicode")
print(len("\\"), len(r"\""), len('\
'))
print('it\'s', "say \"hi\"", '"', "'", """'"'""")
print(len("é"), len("日本"), len("😀"), "😀" == "\U0001F600")
print("\0")
print(b"\'\"\\\n\101")
