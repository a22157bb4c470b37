# A key whose __eq__ changes the dictionary it is looked up in must not crash it.
class Evil:
    armed = True

    def __init__(self, d): self.d = d
    def __hash__(self): return 7

    def __eq__(self, other):
        if Evil.armed:
            Evil.armed = False
            self.d.clear()
            for i in range(100):
                self.d[i] = i
        return False


d = {}
a, b = Evil(d), Evil(d)
d[a] = 1
print(b in d, len(d) >= 100)
Evil.armed = True
d.clear()
d[Evil(d)] = 1
d[Evil(d)] = 2
print(len(d) >= 100, d[50])


class Deleting:
    def __init__(self, d): self.d = d
    def __hash__(self): return 1
    def __eq__(self, o):
        self.d.pop("victim", None)
        return True


d = {"victim": 1}
d[Deleting(d)] = "x"
print(d.get(Deleting(d)), len(d))
