from itertools import *
print(list(chain("ab", [1], ())), list(chain.from_iterable([[1], "x"])), list(accumulate([1, 2, 3])), list(accumulate([3, 1, 2], max)), list(accumulate([1, 2], initial=10)), list(compress("abcd", [1, 0, 1])), list(dropwhile(lambda x: x < 3, [1, 3, 1])), list(takewhile(lambda x: x < 3, [1, 3, 1])), list(filterfalse(lambda x: x % 2, range(5))))
print([(k, list(g)) for k, g in groupby("aabbbc")], [(k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)], list(islice("abcdef", 2)), list(islice("abcdef", 1, 5, 2)), list(islice("abc", 1, None)), list(pairwise([1, 2, 3])), list(starmap(pow, [(2, 3), (3, 2)])), list(zip_longest("ab", [1], fillvalue="-")))
a, b = tee([1, 2, 3])
print(next(a), list(b), list(a), [list(t) for t in tee("xy", 3)])
print(list(product("ab", [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(permutations([1, 2, 3], 2)), list(permutations("ab")), list(combinations("abcd", 2)), list(combinations([1], 2)), list(combinations_with_replacement("ab", 2)), len(list(permutations(range(5)))), len(list(combinations(range(10), 4))))
for call in (lambda: list(islice([1], -1)), lambda: list(chain(5)), lambda: list(product([1], repeat=-1)), lambda: list(permutations([1], -1)), lambda: list(zip_longest(5)), lambda: list(accumulate(["a", 1])), lambda: tee([], -1), lambda: list(starmap(pow, [5])), lambda: list(compress(5, 5)), lambda: islice([], "a")):
    try:
        print(call())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
