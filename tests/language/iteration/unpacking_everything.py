def g():
    yield from (1, 2, 3)


a, b, c = g()
(d, e), f = g_pair = [(4, 5), 6]
x, = [7]
[y] = {"only": 1}
h, i = {"k1": 1, "k2": 2}.items()
print(a, b, c, d, e, f, x, y, h, i, *g(), *"ab", *{"z": 1})
for (p, q), *r in [((1, 2), 3, 4), ("ab", 5)]:
    print(p, q, r)
for target, value in (("a, b", "g()"), ("a, b, c, d", "g()"), ("a, *b, c, d, e", "g()"), ("a, b", "{1, 2, 3}"), ("a,", "''"), ("a, b", "None"), ("(a, b), c", "g()"), ("a, b", "range(3)"), ("a, b", "'abc'"), ("a, b", "{}"), ("a, b, c", "(1, 2)")):
    try:
        exec(f"{target} = {value}")
    except (ValueError, TypeError) as error:
        print(target, "=", value, "->", error)
print([*range(3), *g()], {*g(), *[3, 4]}, (*g(), ), dict(**{"a": 1}, **{"b": 2}), print(*[1, 2], sep="|"), max(*[1, 5, 3]), "{}-{}".format(*"ab"))
