print(eval("1 + 2"), eval(" 5"), eval("x * 2", {"x": 21}), eval("[i for i in range(n)]", {"n": 3}), eval("a + b", {"a": 1}, {"b": 2}), eval(b"2 + 3"), eval(compile("6 * 7", "<s>", "eval")))
ns = {}
exec("a = 1\ndef f(): return a + 1\nclass C: v = f()", ns)
print(ns["f"](), ns["C"].v, sorted(k for k in ns if not k.startswith("__")), "__builtins__" in ns)
exec("print('from exec'); y = 5")
print(y)
code = compile("for i in range(2):\n    print('i', i)\n", "<prog>", "exec")
exec(code)
print(type(code).__name__, code.co_filename, code.co_name)
single = compile("1 + 1", "<s>", "single")
exec(single)
loc = {}
exec("q = 1\nw = q + 1", {}, loc)
print(loc)
for call in (lambda: eval("1 +"), lambda: eval("x = 1"), lambda: eval(""), lambda: exec("if"), lambda: eval(5), lambda: compile("1", "f", "nope"), lambda: eval("undefined_thing"), lambda: exec("def f(:"), lambda: eval("1\n2"), lambda: compile(5, "f", "exec"), lambda: eval("a", 5), lambda: exec("x", {}, 5), lambda: eval("lambda: (yield)")):
    try:
        print(type(call()).__name__)
    except (SyntaxError, TypeError, ValueError, NameError) as e:
        print(type(e).__name__, e)


def f():
    local = 3
    return eval("local + 1"), [eval("local", {"local": 9})]


print(f())
restricted = {"__builtins__": {"len": len}}
print(eval("len('abc')", restricted))
try:
    eval("print(1)", restricted)
except NameError as e:
    print(e)
