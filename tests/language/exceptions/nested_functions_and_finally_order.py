log = []


def a():
    try:
        b()
    except ValueError:
        log.append("a except")
        raise
    finally:
        log.append("a finally")


def b():
    try:
        c()
    finally:
        log.append("b finally")


def c():
    try:
        raise ValueError("c")
    except KeyError:
        log.append("never")
    else:
        log.append("never else")
    finally:
        log.append("c finally")


try:
    a()
except ValueError as e:
    log.append(str(e))
print(log)


def g():
    for i in range(2):
        try:
            try:
                yield i
            finally:
                log.append(f"gen inner {i}")
        finally:
            log.append(f"gen outer {i}")


log.clear()
it = g()
next(it)
it.close()
print(log)
