import gc
kept = []
for i in range(2000):
    kept.append({"i": i, "text": f"text {i}", "list": [i] * (i % 5), "tuple": (i, str(i)), "set": {i, i + 1}, "f": i / 3, "big": 10 ** 20 + i, "func": (lambda i=i: i * 2)})
    garbage = [object() for _ in range(20)], "x" * i
    if i % 500 == 0:
        gc.collect()
gc.collect()
for i, d in enumerate(kept):
    assert d["i"] == i and d["text"] == f"text {i}" and d["list"] == [i] * (i % 5) and d["tuple"] == (i, str(i))
    assert d["set"] == {i, i + 1} and d["f"] == i / 3 and d["big"] == 10 ** 20 + i and d["func"]() == i * 2
print("all there", len(kept))
