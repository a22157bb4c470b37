print("a" + "b", "ab" * 3, 3 * "ab", "a" * 0, "a" * -5, "" * 100, "é" + "日" + "😀", ("x" * 10)[:3])
s = ""
for i in range(1000):
    s += str(i % 10)
print(len(s), s[:20], s[-5:], s.count("7"))
t = "start"
u = t
t += "+more"
print(t, u)
parts = []
acc = ""
for word in ["alpha", "βeta", "日"]:
    acc += word
    parts.append(acc)
print(parts, [len(p) for p in parts], {acc: 1}["alphaβeta日"], acc == "alphaβeta日", hash(acc) == hash("alphaβeta日"))
for source in ("'a' + 1", "'a' * 1.5", "'a' * 'b'", "1 + 'a'", "'a' - 'b'", "'a' + b'b'", "-'a'", "'a' + None"):
    try:
        eval(source)
    except TypeError as e:
        print(e)
