def f():
    try:
        raise ValueError("one")
    except ValueError as first:
        try:
            raise KeyError("two")
        except KeyError as second:
            return first, second


first, second = f()
print(second.__context__ is first, first.__context__, second.__cause__, second.__suppress_context__)
try:
    try:
        raise ValueError("a")
    finally:
        {}["missing"]
except KeyError as error:
    print(repr(error.__context__))
try:
    raise TypeError("no context here")
except TypeError as error:
    print(error.__context__)
e = ValueError("self")
try:
    raise e
except ValueError:
    try:
        raise e
    except ValueError as again:
        print(again.__context__)
try:
    e.__cause__ = 5
except TypeError as error:
    print(error)
