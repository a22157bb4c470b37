def f():
    try:
        try:
            raise KeyError("inner")
        except ValueError:
            print("no")
        finally:
            print("inner finally")
    except KeyError as error:
        print("outer", error)
        try:
            raise
        except KeyError as again:
            print("again", again is error)
    try:
        try:
            raise ValueError(1)
        except ValueError:
            raise TypeError(2)
        finally:
            print("f2")
    except TypeError as error:
        print(repr(error), repr(error.__context__))


f()
for i in range(4):
    try:
        if i == 1:
            continue
        if i == 3:
            break
        print("i", i)
    except Exception:
        print("never")
    else:
        print("else", i)
    finally:
        print("finally", i)
