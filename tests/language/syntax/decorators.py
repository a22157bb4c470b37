# Decorators apply bottom up; the expressions are evaluated top down.
def trace(name):
    print("evaluate", name)

    def apply(target):
        print("apply", name, target.__name__)
        return target
    return apply


@trace("first")
@trace("second")
def function():
    return "called"


@trace("class")
class Plain:
    @trace("method")
    def method(self):
        return "method called"

    @staticmethod
    @trace("static")
    def static():
        return "static called"


print(function())
print(Plain().method(), Plain.static())
table = {"key": [lambda f: "replaced"]}


@table["key"][0]
def gone():
    pass


print(gone)


@(lambda f: f.__name__ * 2)
def twice(): ...


print(twice)
