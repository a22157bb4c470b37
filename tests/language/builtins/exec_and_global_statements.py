# `global x` in a function of code that exec runs with locals of its own makes x global everywhere in that code.
def run():
    exec("""if 1:
        y = 8
        def f():
            y = 1
            def g():
                global y
                return y
            def h():
                return y + 1
            return g(), h()
        y = 9
        print(f())
        """)


run()
print(y, 'run' in globals())
