s = "hello world, hello moon"
print(s.find("hello"), s.find("hello", 1), s.rfind("hello"), s.find("x"), s.find(""), s.find("", 100), s.find("o", 5, 8), s.find("lo", -20, -5), s.rfind("o", 0, 5), s.rfind(""))
print(s.index("world"), s.rindex("l"), s.count("l"), s.count("hello"), s.count(""), "aaa".count("aa"), s.count("o", 5), s.count("o", 5, 8), "".count(""), "é".count("é"))
print("wor" in s, "" in "", "x" in s, "日" in "日本", "本日" in "日本", "a" * 5 in "a" * 4 + "b")
print(s.startswith("hello"), s.startswith(("x", "he")), s.startswith("world", 6), s.endswith("moon"), s.endswith(("x", "on")), s.startswith(""), s.endswith("hello", 0, 18), s.startswith(()), "".startswith(""))
for call in (lambda: s.index("zz"), lambda: s.rindex("zz"), lambda: s.find(5), lambda: s.startswith(5), lambda: s.endswith(["a"]), lambda: 5 in s, lambda: s.count()):
    try:
        call()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
text = "ab" * 1000 + "abc" + "ab" * 1000
print(text.find("abc"), text.rfind("abc"), text.count("ab"), text.find("bb"), text.index("c"))
