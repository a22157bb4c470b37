for source, name in (("(" * 100000, "open parentheses"), ("[" * 100000 + "]" * 100000, "lists"), ("(" * 1000 + ")" * 1000, "tuples"), ("{" * 5000, "braces"), ("f(" * 10000 + ")" * 10000, "calls"), ("x" + "[0" * 100000, "subscripts"), (")" * 100, "closing only")):
    try:
        compile(source, "<nested>", "eval")
        print(name, "compiled")
    except SyntaxError as e:
        print(name, "SyntaxError", e.msg)
    except (MemoryError, RecursionError) as e:
        print(name, "too deep")
for source, name in (("-" * 100000 + "1", "minuses"), ("not " * 100000 + "1", "nots"), ("~" * 100000 + "1", "inversions"), ("lambda: " * 50000 + "1", "lambdas"), ("1 if 1 else " * 50000 + "1", "conditionals"), ("a" + ".b" * 100000, "attributes"), ("1" + "+1" * 100000, "sum"), ("x" + "(1)" * 100000, "chained calls"), ("1" + "**1" * 50000, "powers"), ("await " * 50000 + "x", "awaits")):
    try:
        code = compile(source, "<nested>", "eval")
        print(name, "SyntaxError or depth or fine")
    except (SyntaxError, MemoryError, RecursionError) as e:
        print(name, "SyntaxError or depth or fine")
print("alive")
