import json
import sys


def nest(n, make):
    x = make(None)
    for _ in range(n):
        x = make(x)
    return x


deep_list = nest(100000, lambda x: [x])
other_list = nest(100000, lambda x: [x])
deep_tuple = nest(100000, lambda x: (x,))
deep_dict = nest(100000, lambda x: {"k": x})
other_dict = nest(100000, lambda x: {"k": x})
for name, f in (("repr list", lambda: repr(deep_list)), ("str tuple", lambda: str(deep_tuple)), ("repr dict", lambda: repr(deep_dict)), ("== list", lambda: deep_list == other_list), ("== dict", lambda: deep_dict == other_dict), ("< list", lambda: deep_list < other_list), ("hash tuple", lambda: hash(deep_tuple)), ("json dumps", lambda: json.dumps(deep_list)), ("json loads", lambda: json.loads("[" * 100000)), ("json object", lambda: json.loads('{"a":' * 100000)), ("isinstance", lambda: isinstance(1, nest(100000, lambda x: (x,)))), ("format", lambda: f"{deep_list}"), ("in", lambda: deep_list in [other_list])):
    try:
        f()
        print(name, "survived" if name == "hash tuple" else "fine")
    except RecursionError as e:
        print(name, "survived" if name == "hash tuple" else "RecursionError")
    except TypeError as e:
        print(name, "TypeError")
print(len(deep_list), sys.getrecursionlimit())
del deep_list, other_list, deep_dict
print("freed")
