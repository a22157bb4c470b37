samples = ["", "abc", "ABC", "Abc", "a1", "123", "٣", "²", "½", "a b", " \t\n", "éA", "Title Case", "not Title", "_x1", "1x", "class", "\x00", "日本", "\u2028", "ⅷ", "a\nb", "-1", "ǅ"]
for s in samples:
    print(ascii(s), s.isalpha(), s.isdigit(), s.isdecimal(), s.isnumeric(), s.isalnum(), s.isspace(), s.isupper(), s.islower(), s.istitle(), s.isidentifier(), s.isprintable(), s.isascii())
