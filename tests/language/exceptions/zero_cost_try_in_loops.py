def f(n):
    out = []
    for i in range(n):
        try:
            if i % 3 == 0:
                raise ValueError(i)
            if i % 3 == 1:
                {}[i]
            out.append(i)
        except ValueError as e:
            out.append(("v", e.args[0]))
        except KeyError as e:
            out.append(("k", e.args[0]))
        finally:
            out.append("f")
    return out


print(f(6))


def deep(n):
    try:
        if n == 0:
            raise ValueError("bottom")
        return deep(n - 1)
    except ValueError as e:
        if n < 3:
            raise KeyError(n) from e
        return "caught at", n, repr(e)
    except KeyError as e:
        if n == 5:
            return "key", n, e.args
        raise


print(deep(10))
