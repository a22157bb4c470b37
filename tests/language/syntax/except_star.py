def run(make):
    try:
        raise make()
    except* ValueError as group:
        print("values", group.exceptions)
    except* (TypeError, KeyError) as group:
        print("types", group.exceptions)
    else:
        print("else")
    finally:
        print("finally")


run(lambda: ExceptionGroup("g", [ValueError(1), TypeError(2), ValueError(3)]))
run(lambda: ValueError("bare"))
try:
    run(lambda: ExceptionGroup("g", [ValueError(1), OSError(2)]))
except ExceptionGroup as rest:
    print("rest", rest.exceptions, rest.message)
try:
    run(lambda: ExceptionGroup("outer", [ExceptionGroup("inner", [KeyError(1), OSError("io")]), ValueError(5)]))
except ExceptionGroup as rest:
    print("rest", rest, rest.exceptions[0].exceptions)
try:
    try:
        raise ExceptionGroup("g", [ValueError(1)])
    except* ValueError:
        raise TypeError("from the handler")
except BaseException as error:
    print(type(error).__name__, error)
