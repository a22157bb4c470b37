class C: pass


for source in ("C.__class__ = 5", "C.__mro__ = ()", "type.__new__(type)", "object.__new__(type)", "C.__new__(int)", "int.__new__(C)", "super(int).x", "type('X', (type(None),), {})", "type('X', (len.__class__,), {})", "type('X', (range,), {})", "type('X', (bool,), {})", "class_ = type('X', (), {'__slots__': 5})", "type('X', (), {'__slots__': ['a', 1]})", "(lambda: 0).__code__.co_code.x", "C.__init_subclass__(1)", "object.__setattr__(5, 'a', 1)", "object.__getattribute__(5, 'a')", "type.__setattr__(int, 'x', 1)", "object.__setattr__(C, 'x', 1)", "dict.__getitem__([], 1)", "list.append({}, 1)", "str.join(1, [])", "int.__add__(1)", "int.__add__(1, 2, 3)", "C.__dict__.clear()", "setattr(C, '__dict__', {})", "C().__dict__.__setitem__(1, 2)", "delattr(C, '__doc__')", "isinstance(1, C())", "iter(C)", "len(C)", "C[1]", "C + 1", "C < C", "hash(C) == hash(C)", "C()()", "C().__init__(1)", "[].__init__(5)", "().__new__()", "''.__class__.__base__.__subclasses__.x", "type(type)(1, 2, 3)", "f'{C:>5}'"):
    try:
        exec(source)
        print(source, "fine")
    except (TypeError, AttributeError) as e:
        print(source, "->", type(e).__name__, e)
