code = """
def f():
    return 1 + None
f()
"""
exec(compile(code, "<generated>", "exec"))
