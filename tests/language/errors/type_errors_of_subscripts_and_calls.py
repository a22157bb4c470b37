for source in ("x = 5; x[0]", "x = None; x[0]", "x = len; x[0]", "x = 1.5; x['a']", "x = object(); x[1]", "x = {1}; x[0]", "x = lambda: 0; x[1]", "x = int; x[1]", "x = (y for y in []); x[0]", "x = [1]; x['a']", "x = 'a'; x['b']", "x = (1,); x[1.5]", "x = [1]; x[None]", "x = b'a'; x['a']", "x = range(3); x['a']", "x = [1]; x[1, 2]", "x = {}; x[[]]", "x = {}; x[{}] = 1",
               "x = 5; x()", "x = None; x()", "x = 'a'; x()", "x = [1]; x(0)", "x = {}; x('k')", "x = (1,); x()", "x = object(); x()", "x = 1.5; x()", "x = ...; x()", "x = (y for y in []); x()", "x = Exception('a'); x()", "x = range(3); x()",
               "x = 5; x[0] = 1", "x = 'a'; x[0] = 'b'", "x = (1,); x[0] = 2", "x = None; x[0] = 1", "x = range(3); x[0] = 1", "x = b'a'; x[0] = 1", "x = {1}; x[0] = 1", "x = 5; del x[0]", "x = 'a'; del x[0]", "x = (1,); del x[0]", "x = None; del x['a']", "x = [1]; x['a'] = 1", "x = [1]; x[0:1] = 5", "x = [1, 2]; x[::2] = [1, 2, 3]", "x = int; x[0] = 1"):
    try:
        exec(source)
    except (TypeError, ValueError) as e:
        print(source, "->", type(e).__name__, e)

# The words about deletion depend on whether CPython takes the type for a sequence, and the key for a position.
values = (1,), "a", b"a", range(3), {1}, frozenset(), 5, None, int.__dict__, object(), type("Own", (), {})(), int, memoryview(b"a")
for value in values:
    for key in 0, "a", True:
        try:
            del value[key]
        except TypeError as e:
            print(type(value).__name__, type(key).__name__, e)
