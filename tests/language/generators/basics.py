def count(n):
    print("start")
    for i in range(n):
        yield i
    print("end")
    return "result"


g = count(2)
print(g.__class__.__name__, g.__name__, iter(g) is g)
print(next(g), next(g))
try:
    next(g)
except StopIteration as stop:
    print("stop", stop.value)
try:
    next(g)
except StopIteration as stop:
    print("again", stop.value)
print(list(count(0)))
print(next(count(0), "default"))
