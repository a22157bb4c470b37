calls = ["len()", "len(1)", "len([], [])", "abs()", "abs('a')", "ord('ab')", "ord(1)", "ord('')", "chr(-1)", "chr('a')", "chr(1 << 30)",
         "isinstance(1)", "isinstance(1, 2)", "issubclass(1, int)", "hash([])", "iter(1)", "next([])", "next(1, 2, 3)",
         "min()", "max([])", "max(1)", "min(1, 'a')", "sum(1)", "sum(['a'])", "sum(['a'], '')", "sorted()", "sorted(1)", "sorted([1, 'a'])",
         "range()", "range('a')", "range(1, 2, 0)", "range(1.0)", "int('x')", "int([])", "int('1', 99)", "int(1, 2)", "float('x')", "float([])",
         "complex('x')", "complex('1', 2)", "pow(2, -1, 0)", "pow(2, 3, 'a')", "divmod(1, 0)", "divmod('a', 1)", "round('a')", "bin(1.5)", "hex('a')",
         "getattr(1, 'zz')", "getattr(1)", "getattr(1, 2)", "setattr(1, 'a', 2)", "delattr(1, 'a')", "hasattr(1, 2)", "enumerate()", "enumerate(1)",
         "zip(1)", "map()", "map(len)", "list(map(1, [1]))", "filter(None)", "reversed({1})", "reversed(1)", "list(1)", "tuple(1)", "dict(1)", "dict([1])", "dict([(1, 2, 3)])",
         "set(1)", "frozenset(1, 2)", "str(1, 2)", "str(b'a', 1)", "bytes('a')", "bytes(-1)", "bytes([256])", "bytes(['a'])",
         "type()", "type(1, 2)", "object(1)", "print(1, x=2)", "print(sep=1)", "input(1, 2)", "open()", "callable()", "id()", "vars(1)", "dir(1, 2)",
         "__import__(1)", "compile(1)", "eval(1)", "exec(1)", "format(1, 2)", "ascii()", "repr()", "slice()", "staticmethod()", "property(1, 2, 3, 4, 5)",
         "any(1)", "all(None)", "bool(1, 2)", "zip([1], strict=2, x=1)", "len(obj=[])", "sorted([1], 2)", "int(x=1)", "float(x=1)", "enumerate([], start='a')"]
for call in calls:
    try:
        print(call, "=", eval(call))
    except Exception as error:
        print(call, "->", type(error).__name__ + ":", error)
