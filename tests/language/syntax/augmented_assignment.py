class Shows:
    def __init__(self):
        self.log = []

    def __getitem__(self, key):
        self.log.append(("get", key))
        return 10

    def __setitem__(self, key, value):
        self.log.append(("set", key, value))


s = Shows()
s["k"] += 5
s[1:2] -= 1
print(s.log)
n = 7
n += 1; n -= 2; n *= 3; n //= 2; n **= 2; n %= 50; n <<= 2; n >>= 1; n |= 64; n &= 0xfe; n ^= 5
print(n)
f = 1.0
f /= 4
print(f)
items = [1]
alias = items
items += (2, 3)
items *= 2
print(alias)
t = (1, [2])
try:
    t[1] += [3]
except TypeError as error:
    print(error)
print(t)


class Matrix:
    def __imatmul__(self, other):
        return ("imatmul", other)


m = Matrix()
m @= 3
print(m)
