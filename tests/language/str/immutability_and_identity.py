s = "hello"
t = s
s += "!"
print(t, s, s.upper().lower() == s, str(s) is s, s[:] == s, "".join([s]) == s, s * 1 == s, s.replace("zz", "") == s)
d = {}
d["k" + "ey"] = 1
d["ke" + "y"] = 2
print(d, len(set(["ab", "a" + "b", "".join(["a", "b"])])), hash("ab") == hash("a" + "b"), hash("é" + "日") == hash("é日"))
print("a".__add__("b"), "a".__contains__("a"), "abc".__len__(), "abc".__getitem__(1), "a".__mul__(3), "a".__eq__("a"), "a".__eq__(1), "a".__lt__(1), "%s".__mod__(5), "x".__hash__() == hash("x"), "x".__str__(), "x".__format__(">3"))
print(sorted(m for m in dir("") if not m.startswith("_")))
