def f():
    raise ValueError("deep")


def g():
    try:
        f()
    except ValueError:
        print("log and pass on")
        raise


def h():
    try:
        g()
    except ValueError as error:
        raise error


h()
