a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
print(a | b, b | a, {**a, **b})
a |= b
print(a)
a |= [("w", 5)]
print(a, a == {"w": 5, "z": 4, "y": 3, "x": 1}, a != {}, {1: [1]} == {1: [1]}, {1: 2} == {1: 2.0}, {} == [], {1: float("nan")} == {1: float("nan")})
for source in ("{} | []", "[] | {}", "{} & {}", "{} <= {}", "hash({})"):
    try:
        print(eval(source))
    except TypeError as e:
        print(source, "->", e)


class Eq:
    def __eq__(self, o): raise KeyError("compare")


try:
    {1: Eq()} == {1: 2}
except KeyError as e:
    print(repr(e))
print({1: Eq()} == {2: 3}, dict([(1, 2)], **{"k": 3}), dict(((k, v) for k, v in [("g", 1)])), {"a": {"b": {"c": [1]}}}["a"]["b"]["c"][0])
