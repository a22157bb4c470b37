values = {"int": 1, "float": 1.5, "str": "s", "bytes": b"b", "list": [1], "tuple": (1,), "dict": {}, "set": {1}, "None": None, "function": len, "type": int}
ops = ["+", "-", "*", "/", "//", "%", "**", "@", "<<", "&", "<", "+="]
for op in ops:
    seen = []
    for a in values:
        for b in values:
            if op in ("*", "%") and (a in ("str", "bytes") or b in ("str", "bytes")):
                continue
            try:
                exec(f"x = values[{a!r}]\nx {op} values[{b!r}]" if "=" not in op else f"x = values[{a!r}]\nif not isinstance(x, list): x {op} values[{b!r}]")
            except TypeError as e:
                seen.append(str(e))
    print(op, len(seen))
    for line in seen[::7]:
        print("   ", line)
for op in "-+~":
    for name, v in values.items():
        try:
            eval(f"{op}v")
        except TypeError as e:
            print(op, e)
