# Operators of Counter that change the left side: with itself, with a dict, with what has no counts.
from collections import Counter

c = Counter('aab')
c += Counter('bc')
print(c)
c -= {'a': 1, 'x': 5}
print(c)
c |= Counter('zz')
print(c)
c &= Counter('zb')
print(c)
c += c
print(c)
c -= c
print(c)
for name in '__iadd__', '__isub__', '__ior__':
    method = getattr(Counter('ab'), name)
    for other in None, [], 'x', 1.5:
        try:
            method(other)
        except Exception as error:
            print(name, type(error).__name__, error)
    for args in (), (1, 2):
        try:
            method(*args)
        except TypeError as error:
            print(error)
    print(Counter.__dict__[name].__qualname__)
