try:
    try:
        raise KeyError("first")
    except KeyError as e:
        raise ValueError("second") from e
    finally:
        print("finally")
except ValueError:
    raise TypeError("third")
