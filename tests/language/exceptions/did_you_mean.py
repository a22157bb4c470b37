import sys


def show(f):
    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())


class Person:
    def __init__(self):
        self.first_name = "Ann"
        self.address = 1

    def greet(self): pass


counter_total = 1
p = Person()
show(lambda: p.first_nmae)
show(lambda: p.adress)
show(lambda: p.great())
show(lambda: p.something_else_entirely)
show(lambda: counter_totl)
show(lambda: prnt)
show(lambda: [].apend)
show(lambda: "x".uper())


def local():
    temperature = 5
    return temprature


show(local)


class Self:
    def __init__(self): self.value = 1

    def method(self):
        return value


show(Self().method)
