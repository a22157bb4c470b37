# Chaining, groups, notes, finally and re-raising.
import sys
import traceback


class AppError(Exception):
    code = 1

    def __str__(self):
        return f"[{self.code}] {super().__str__()}"


class NetError(AppError):
    code = 7


def risky(n):
    if n == 0:
        raise NetError("down")
    if n == 1:
        return {}["missing"]
    if n == 2:
        return int("x1")
    if n == 3:
        return [].pop()
    return n


def convert(n):
    try:
        return risky(n)
    except LookupError as error:
        raise AppError("lookup") from error
    except ValueError:
        raise AppError("value")
    finally:
        order.append(n)


order = []
for n in range(5):
    try:
        print("ok", convert(n))
    except AppError as error:
        print(error, repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
print(order)


def finally_wins():
    for i in range(3):
        try:
            if i == 1:
                return "from try"
        finally:
            if i == 1:
                return "from finally"


def nested():
    try:
        try:
            raise TypeError("inner")
        finally:
            {}["k"]
    except KeyError as error:
        return type(error.__context__).__name__


def rethrow():
    try:
        try:
            1 / 0
        except ZeroDivisionError as error:
            error.add_note("while dividing")
            raise
    except ArithmeticError as error:
        return error.__notes__, len(traceback.extract_tb(error.__traceback__))


print(finally_wins(), nested(), rethrow())

group = ExceptionGroup("many", [ValueError("a"), TypeError("b"), ExceptionGroup("in", [ValueError("c"), OSError(2, "gone")])])
try:
    raise group
except* ValueError as values:
    print("values", [str(e) for e in values.exceptions], values.message)
except* OSError as errors:
    print("os", errors.exceptions[0].exceptions[0].errno)
except* Exception as rest:
    print("rest", rest.exceptions)
match, rest = group.split(lambda e: isinstance(e, ValueError))
print(match.exceptions, rest, sep="\n")
print(group.subgroup(TypeError), group.subgroup(KeyError), isinstance(group, Exception))
try:
    try:
        raise ExceptionGroup("g", [KeyError(1)])
    except* KeyError:
        raise NetError("again")
except BaseException as error:
    print(type(error).__name__, error, repr(error.__context__))
try:
    raise ValueError("one") from None
except ValueError as error:
    print("".join(traceback.format_exception_only(error)).strip(), sys.exc_info()[1] is error)
print(sys.exc_info())
text = []
try:
    convert(1)
except AppError:
    text = traceback.format_exc().splitlines()
print([line.strip() for line in text if not line.startswith("  ")])
try:
    assert order == [], f"order is {order}"
except AssertionError as error:
    print(error)
try:
    raise AppError
except AppError as error:
    print(repr(error), error)
try:
    raise 5
except TypeError as error:
    print(error)
