latin, wide, astral = "abcé", "日本語", "😀🎉"
for a in (latin, wide, astral, ""):
    for b in (latin, wide, astral, "a"):
        c = a + b
        print(len(c), c.find(b), c.replace(b, "-"), c[:len(a)] == a, c[len(a):] == b, c.upper() == a.upper() + b.upper(), b in c, c.split(b), c.startswith(a), c.endswith(b), (c < b), c.rfind(b))
narrow = (latin + wide)[:4]
print(narrow == latin, hash(narrow) == hash(latin), {latin: 1}[narrow], narrow.isascii(), (astral + "abc")[2:].isascii(), (wide + "x")[3:] == "x")
