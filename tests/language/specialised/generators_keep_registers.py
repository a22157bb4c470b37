"""What is half computed when a generator is suspended is there when it goes on."""


def middle(a):
    total = a + (yield "first") * [10, (yield "second"), 30][1]
    print(total, {"k": (yield total), "l": [total, (yield "third")]})
    return f"{(yield 'fourth')}-{total}"


def drive(g, *values):
    out = [next(g)]
    try:
        for v in values:
            out.append(g.send(v))
    except StopIteration as stop:
        out.append(stop.value)
    return out


print(drive(middle(1), 2, 3, 4, 5, 6))


def outer(n):
    for i in range(n):
        for j in [i, i + 1]:
            with Manager(j):
                try:
                    got = yield i, j, max(i, j, (yield "inner"))
                    if got:
                        raise ValueError(got)
                except ValueError as error:
                    yield "caught", str(error)
                finally:
                    yield "finally"


class Manager:
    def __init__(self, n):
        self.n = n

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        print("exit", self.n, end=" ")


print(drive(outer(2), *[5, "bad", 0, None, 9, None, 7, 1, 2] * 5))


def nested(n):
    if n:
        x = yield from nested(n - 1)
        y = 1 + (yield n) + len([*(yield from nested(n - 1)), x])
        return [y]
    return []


print(drive(nested(3), *range(20)))


def truths(values):
    for v in values:
        if v:
            yield "yes", v
        elif not v:
            yield "no", v


class Odd:
    def __bool__(self):
        raise ValueError("no truth")


print(list(truths([0, 1, -1, None, "", "a", 0.0, 1.5, True, False, [], [0], 2**70, 0j])))
try:
    list(truths([Odd()]))
except ValueError as error:
    print(error)


def unpack(values):
    for v in values:
        try:
            a, b = v
            yield a, b
        except (ValueError, TypeError) as error:
            yield str(error)


print(list(unpack([(1, 2), [3, 4], "ab", {5: 6, 7: 8}, (1,), [1, 2, 3], 5, range(2)])))
x = [1, 2]
x, y = x
print(x, y)
