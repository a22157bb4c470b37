class Bad:
    def __repr__(self): raise ValueError("repr")
    def __str__(self): raise ValueError("str")
    def __len__(self): raise ValueError("len")
    def __bool__(self): raise ValueError("bool")
    def __hash__(self): raise ValueError("hash")
    def __eq__(self, o): raise ValueError("eq")
    def __lt__(self, o): raise ValueError("lt")
    def __iter__(self): raise ValueError("iter")
    def __contains__(self, x): raise ValueError("contains")
    def __getitem__(self, i): raise ValueError("getitem")
    def __setitem__(self, i, v): raise ValueError("setitem")
    def __call__(self): raise ValueError("call")
    def __add__(self, o): raise ValueError("add")
    def __index__(self): raise ValueError("index")
    def __int__(self): raise ValueError("int")
    def __float__(self): raise ValueError("float")
    def __format__(self, s): raise ValueError("format")
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): pass
    def __getattr__(self, n): raise ValueError("getattr " + n)
    def __setattr__(self, n, v): raise ValueError("setattr")
    def __dir__(self): raise ValueError("dir")
    def __next__(self): raise ValueError("next")


b = Bad()
for source in ("repr(b)", "str(b)", "len(b)", "bool(b)", "hash(b)", "b == 1", "1 == b", "b < 1", "list(b)", "1 in b", "b[0]", "b()", "b + 1", "[1][b]", "int(b)", "float(b)", "f'{b}'", "b.x", "dir(b)", "next(b)", "[b]  and str([b])", "{b: 1}", "{b}", "sorted([b, b])", "max([b, b])", "'%s' % b", "not b", "b and 1", "[x for x in b]", "range(b)", "'a' * b", "[*b]", "print(*b)", "{**b}", "dict(b)", "hasattr(b, 'q')", "tuple(b)", "sum([b])", "[b].index(2)", "[b] == [3]", "'{}'.format(b)", "print(b)", "isinstance(b, int)", "any([b])", "b if b else 0", "zip(b)", "map(len, [b]).__next__()", "'-'.join(b)", "set(b)", "[].extend(b)", "bytes(b)"):
    try:
        eval(source)
        print(source, "fine")
    except ValueError as e:
        print(source, "->", e)
    except TypeError as e:
        print(source, "-> TypeError", e)
for source in ("b[0] = 1", "b.x = 1", "with b: pass", "for x in b: pass", "x, y = b", "b += 1"):
    try:
        exec(source)
    except ValueError as e:
        print(source, "->", e)
