def f():
    try:
        1 / 0
    except ZeroDivisionError:
        undefined_here


f()
