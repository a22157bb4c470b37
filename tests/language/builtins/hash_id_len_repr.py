print(hash(5), hash("a") == hash("a"), hash((1, "a")) == hash((1, "a")), len("abc"), len([1]), len({}), len(range(7)), len(b"ab"), len({1}), repr([1, "a", None]), repr({"k": 1.5}), repr((1,)), repr(set()), repr("a\n"))


class L:
    def __len__(self): return True


print(len(L()))
for call in (lambda: len(5), lambda: len(None), lambda: len(x for x in []), lambda: hash({}), lambda: repr(), lambda: len(), lambda: len(int), lambda: hash([1])):
    try:
        print(call())
    except TypeError as e:
        print(e)
