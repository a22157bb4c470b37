s = {1, 2, 3}
try:
    for x in s:
        s.add(x + 10)
except RuntimeError as e:
    print(e)
s = {1, 2, 3}
try:
    for x in s:
        s.discard(x)
except RuntimeError as e:
    print(e)
for x in s.copy():
    s.discard(x)
print(s)


class Evil:
    armed = True
    def __init__(self, s): self.s = s
    def __hash__(self): return 3
    def __eq__(self, o):
        if Evil.armed:
            Evil.armed = False
            self.s.clear()
        return False


s = set()
s.add(Evil(s))
s.add(Evil(s))
print(len(s) in (1, 2))
it = iter({1})
print(next(it), next(it, "end"))
