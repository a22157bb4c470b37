class N:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __complex__(self): return 1 + 2j
    def __index__(self): return 3
    def __round__(self, n=None): return f"round {n}"
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __bytes__(self): return b"bytes"
    def __divmod__(self, o): return "divmod"
    def __rdivmod__(self, o): return "rdivmod"
    def __pow__(self, o, m=None): return f"pow {o} {m}"


import math
n = N()
print(-n, +n, ~n, abs(n), int(n), float(n), complex(n), round(n), round(n, 2), bytes(n))
print(math.trunc(n), math.floor(n), math.ceil(n), divmod(n, 1), divmod(1, n), pow(n, 2, 3))
print([10, 20, 30, 40][n], hex(n), range(n), "ab" * n, bin(n), list(range(5))[n:])


class BadIndex:
    def __index__(self): return "no"


class BadInt:
    def __int__(self): return 1.5


for call in (lambda: [1][BadIndex()], lambda: int(BadInt()), lambda: range(BadIndex()), lambda: float(BadInt()), lambda: list("x")["a"], lambda: str(n)[1.0]):
    try:
        call()
    except TypeError as error:
        print(error)
