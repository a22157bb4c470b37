from collections import deque
d = deque([1, 2, 3])
d.append(4); d.appendleft(0); d.extend([5, 6]); d.extendleft("ab")
print(d, len(d), d[0], d[-1], d[3], d.pop(), d.popleft(), d)
d.rotate(2); print(d); d.rotate(-3); print(d)
d.insert(1, "in"); d.remove("a"); d.reverse()
print(d, d.count(1), d.index(3), 3 in d, list(d), d.copy() == d, bool(deque()), d == deque(list(d)), d == list(d))
d[0] = "zero"
del d[1]
print(d, deque("abc", maxlen=2), deque(range(10), 3).maxlen, list(reversed(deque("ab"))), deque([1]) + deque([2]), deque([1]) * 3, deque([1, 2]) < deque([1, 3]))
m = deque(maxlen=3)
for i in range(5):
    m.append(i)
print(m, m.maxlen)
m.appendleft("left")
print(m, repr(deque()), deque([deque([1])]))
d.clear()
for call in (lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[5], lambda: deque([1]).remove(2), lambda: deque([1]).index(2), lambda: deque(5), lambda: deque([1], maxlen=-1), lambda: hash(deque()), lambda: deque([1], maxlen=1).insert(0, 5), lambda: deque([1])[0:1], lambda: deque() + [1]):
    try:
        print(call())
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
d = deque([1, 2, 3])
try:
    for x in d:
        d.append(x)
except RuntimeError as e:
    print(e)
big = deque()
for i in range(5000):
    big.append(i)
    if i % 3 == 0:
        big.popleft()
print(len(big), big[0], big[1000], sum(big))
