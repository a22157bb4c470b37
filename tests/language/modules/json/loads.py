import json, io
print(json.loads('{"a": [1, 2.5, "x", null, true, false], "b": {"n": {}}}'), json.loads("5"), json.loads("-0.5e3"), json.loads('"\\u00e9\\n\\ud83d\\ude00\\/"'), json.loads(" [ 1 , 2 ] "), json.loads("1E2"), json.loads(b'{"k": "v"}'), json.loads("123456789012345678901234567890"), json.loads("[]"), json.loads("NaN"), json.loads("[Infinity, -Infinity]"), json.loads('{"a": 1, "a": 2}'), json.loads("-0"), json.loads("-0.0"))
print(json.loads("[1.5]", parse_float=str), json.loads('{"x": 1}', object_hook=lambda d: list(d.items())), json.loads('{"x": 1, "y": 2}', object_pairs_hook=tuple), json.loads("[7]", parse_int=float), json.load(io.StringIO('{"f": 1}')))
out = io.StringIO()
json.dump({"k": [1]}, out)
print(out.getvalue(), json.loads(json.dumps({"round": ["trip", 1, None, 2.5, {"é": "日"}]})))
for text in ("", "{", "[1,", "[1 2]", "{'a': 1}", '{"a" 1}', '{"a": }', "nul", "01", "1.", "[1,]", '{"a": 1,}', '"abc', '"\\x"', '"\\u12"', "[1] x", "tru", '"a\nb"', "{1: 2}", "-", "\ufeff1", "[1]]", '{"a":1 "b":2}', "[", '"tab\there"', ".5", "+1", "[1,\n 2,\n 3 4]"):
    try:
        print(json.loads(text))
    except json.JSONDecodeError as e:
        print(ascii(text), "->", e, e.pos, e.lineno, e.colno)
for bad in (5, None, []):
    try:
        json.loads(bad)
    except TypeError as e:
        print(e)
