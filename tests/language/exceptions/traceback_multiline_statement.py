def f(a, b):
    return (
        a
        + b
        + 1
    )


def g():
    result = f(
        1,
        "x",
    )
    return result


g()
