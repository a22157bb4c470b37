first, *rest = range(5)
print(first, rest)
*init, last = "hello"
print(init, last)
a, *b, c = (1, 2)
print(a, b, c)
[x, [y, *z]] = 1, "abc"
print(x, y, z)
(p, q), *r = [(1, 2), 3, 4]
print(p, q, r)
for head, *tail in [(1, 2, 3), "xyz"]:
    print(head, tail)
*all_of_it, = {"k": 1}
print(all_of_it)
print([*range(3), *"ab"], (*"xy",), {*[1, 1]}, {**{"a": 1}, "a": 2})
for source in ((1,), (1, 2, 3, 4)):
    try:
        a, b, *c, d, e, f = source
    except ValueError as error:
        print(error)
try:
    a, b = 1, 2, 3
except ValueError as error:
    print(error)
try:
    a, b = [1]
except ValueError as error:
    print(error)
try:
    a, b = 5
except TypeError as error:
    print(error)
