def blocks(n, head): return "".join(" " * i + head + "\n" for i in range(n)) + " " * n + "pass\n"


for head in ("if 1:", "while 0:", "for x in y:", "with a:", "def f():", "class C:"):
    try:
        compile(blocks(150, head), "<deep>", "exec")
        print(head, "compiled")
    except SyntaxError as e:
        print(head, type(e).__name__, e.msg)
    except (RecursionError, MemoryError) as e:
        print(head, type(e).__name__)
try:
    compile(blocks(95, "if 1:"), "<deep>", "exec")
    print("95 compiled")
except SyntaxError as e:
    print(e.msg)
try:
    compile(blocks(19, "for x in y:"), "<deep>", "exec")
    print("19 loops compiled")
except SyntaxError as e:
    print(e.msg)
