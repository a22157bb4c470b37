try:
    raise ValueError("x")
except ValueError as e:
    kept = e
print("e" in globals(), kept)


def f():
    e = "outer"
    try:
        raise KeyError
    except KeyError as e:
        pass
    try:
        return e
    except UnboundLocalError as error:
        return str(error)


print(f())
try:
    raise ValueError
except ValueError as e:
    del e
print("no error after del")
