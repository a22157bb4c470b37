def averager():
    total, n, average = 0, 0, None
    while True:
        x = yield average
        if x is None:
            return total
        total += x
        n += 1
        average = total / n


g = averager()
try:
    g.send(5)
except TypeError as error:
    print(error)
print(next(g), g.send(10), g.send(20), g.send(60))
try:
    g.send(None)
except StopIteration as stop:
    print(stop.value)


def echo():
    got = []
    while len(got) < 3:
        got.append((yield len(got)))
    return got


g = echo()
print([next(g), g.send("a"), g.send("b")])
try:
    g.send("c")
except StopIteration as s:
    print(s.value)
