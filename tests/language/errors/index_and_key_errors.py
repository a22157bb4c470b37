for source in ("[][0]", "[1][1]", "[1][-2]", "()[0]", "''[0]", "b''[0]", "range(0)[0]", "{}['k']", "{}[1]", "{}[(1, 2)]", "{}[None]", "[].pop()", "[1].pop(3)", "{}.popitem()", "set().pop()", "{1}.remove(3)", "'abc'[10]", "[1, 2][2 ** 70]", "'a'[2 ** 100]", "[1].__getitem__(5)", "{}['it\\'s']", "(1, 2)[-3]", "'{5}'.format(1)", "'{x}'.format()", "[0][True]", "{'a': {}}['a']['b']"):
    try:
        eval(source)
    except LookupError as e:
        print(source, "->", type(e).__name__, str(e), repr(e))
for source in ("[1][5] = 1", "del [1][5]", "del {}['k']", "[1][-5] = 0"):
    try:
        exec(source)
    except LookupError as e:
        print(source, "->", type(e).__name__, e)
