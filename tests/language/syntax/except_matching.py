def classify(error):
    try:
        raise error
    except (KeyError, IndexError) as e:
        return f"lookup {type(e).__name__}"
    except ArithmeticError:
        return "arithmetic"
    except Exception as e:
        return f"other {e}"
    except BaseException:
        return "base"


for e in (KeyError(1), IndexError(2), ZeroDivisionError(3), ValueError("v"), KeyboardInterrupt(), SystemExit(3)):
    print(classify(e))
try:
    try:
        raise ValueError
    except "not a class":
        pass
except TypeError as e:
    print(e)
e = "before"
try:
    raise ValueError
except ValueError as e:
    pass
try:
    e
except NameError as error:
    print(error)


def kinds():
    print("evaluated")
    return ValueError


try:
    raise ValueError
except kinds():
    print("matched")
