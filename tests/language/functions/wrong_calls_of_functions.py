def f(a, b, c=3): pass
def g(*, k, j): pass
def h(): pass
def p(a, b, /): pass
def one(a): pass
def star(a, *args): pass


calls = ["f()", "f(1)", "f(1, 2, 3, 4)", "f(1, 2, a=1)", "f(1, 2, zz=1)", "f(b=1)", "g()", "g(1)", "g(k=1)", "g(k=1, j=2, x=3)",
         "h(1)", "h(1, 2)", "h(x=1)", "p(1)", "p(a=1, b=2)", "p(1, 2, 3)", "one()", "one(1, 2)", "one(1, a=2)", "one(b=1)",
         "star()", "star(a=1, b=2)", "f(1, 2, **{'c': 1, 'a': 2})", "f(*[1, 2, 3, 4, 5])", "g(1, 2, k=1, j=2)", "one(1, 2, k=3)",
         "(lambda: 0)(1)", "(lambda x: 0)()", "f(*1)", "f(**[1])", "f(1, 2, **{3: 4})", "f(1, *None)"]
for call in calls:
    try:
        eval(call)
        print(call, "fine")
    except TypeError as error:
        print(call, "->", error)
