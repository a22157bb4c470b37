a = [3, 1, 2]
a.append(4); a.extend([5, 6]); a.extend("ab"); a.extend(x for x in (7,)); a.insert(0, "first"); a.insert(100, "last"); a.insert(-1, "before last")
print(a, len(a), a.pop(), a.pop(0), a.pop(-1), a)
a.remove(5)
print(a, a.index("a"), a.count(1), a.index(1, 1), a.index("b", -3, 100))
a.reverse()
print(a, a.copy(), a.copy() is a)
b = [3, 1, 2]
print(b.sort(), b, b.sort(reverse=True), b, b.clear(), b)
for call in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1].index(1, 1), lambda: [1, "a"].sort(), lambda: [1].insert("a", 1), lambda: [1].extend(5)):
    try:
        call()
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
