def f(x):
    match x:
        case {"type": "circle", "r": r}:
            return f"circle {r}"
        case {"type": kind, **rest} if rest:
            return f"{kind} with {rest}"
        case {1: _, None: v}:
            return f"none is {v}"
        case {}:
            return "mapping"
        case _:
            return "no mapping"


print(f({"type": "circle", "r": 2, "more": 1}))
print(f({"type": "square", "a": 1}))
print(f({"type": "dot"}))
print(f({1: 0, None: "v"}))
print(f({}), f([]), f("text"))
from collections import defaultdict, OrderedDict
d = defaultdict(int)
match d:
    case {"missing": m}:
        print("found", m)
    case _:
        print("not made", len(d))
match OrderedDict(a=1, b=2):
    case {"b": b, **rest}:
        print(b, rest)
