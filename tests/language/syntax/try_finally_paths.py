def f(kind):
    try:
        print("body", kind)
        if kind == "return":
            return "returned"
        if kind == "raise":
            raise ValueError("raised")
    except ValueError as error:
        print("handler", error)
        return "handled"
    else:
        print("else")
    finally:
        print("finally")
    return "end"


for kind in ("fall", "return", "raise"):
    print(f(kind))


def override():
    try:
        return 1
    finally:
        return 2


print(override())


def swallow():
    for i in range(3):
        try:
            1 / 0
        finally:
            print("swallowed", i)
            if i == 1:
                break
            continue
    return "done"


print(swallow())


def keeps_value():
    x = 1
    try:
        return x
    finally:
        x = 2


print(keeps_value())
