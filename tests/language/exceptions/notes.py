def f():
    error = ValueError("base message")
    error.add_note("a first note")
    error.add_note("a second note\nof two lines")
    raise error


try:
    f()
except ValueError as error:
    print(error.__notes__)
    try:
        error.add_note(5)
    except TypeError as wrong:
        print(wrong)
f()
