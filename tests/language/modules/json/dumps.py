import json
print(json.dumps({"a": [1, 2.5, "x", None, True, False], "b": {"n": {}}, "e": []}), json.dumps("é\n\"\\\t\x01\u2028😀"), json.dumps("é", ensure_ascii=False), json.dumps([1, (2, 3)]), json.dumps({1: "a", None: "b", True: "c", 1.5: "d"}), json.dumps(10 ** 30), json.dumps(1e100), json.dumps(0.1))
print(json.dumps({"b": 1, "a": [1, {"x": 2}]}, indent=2, sort_keys=True))
print(json.dumps([], indent=2), json.dumps({}, indent=2), json.dumps([1, 2], separators=(",", ":")), json.dumps({"a": 1}, separators=(", ", " = ")), json.dumps([1, [2]], indent="\t"), json.dumps(float("nan")), json.dumps([float("inf"), -float("inf")]), json.dumps({"k": 5}, indent=0))


class P:
    def __init__(self): self.x = 1


print(json.dumps(P(), default=lambda o: o.__dict__), json.dumps({"s": {1}}, default=list), json.dumps({(1, 2): 3, "a": 1}, skipkeys=True))
circular = []
circular.append(circular)
deep = {}
deep["d"] = deep
for call in (lambda: json.dumps(P()), lambda: json.dumps({1, 2}), lambda: json.dumps({(1,): 2}), lambda: json.dumps(circular), lambda: json.dumps(deep), lambda: json.dumps(float("nan"), allow_nan=False), lambda: json.dumps({"a": {"b": b"x"}}), lambda: json.dumps(1j), lambda: json.dumps({"a": 1, 2: 3}, sort_keys=True)):
    try:
        print(call())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])


class E(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set):
            return sorted(o)
        return super().default(o)


print(json.dumps({"s": {3, 1}}, cls=E), E().encode([1]), json.JSONEncoder(indent=1).encode({"a": 1}), "".join(json.JSONEncoder().iterencode([1, "a"])))


class S(str): pass
class I(int): pass


print(json.dumps([S("sub"), I(5), {"t": (1, 2)}]), json.dumps(True), json.dumps(None), json.dumps("plain"))
