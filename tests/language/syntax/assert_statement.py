assert True
assert 1, "message"
for source in ("assert 0", "assert [], 'why'", "assert None, (1, 2)", "assert 1 > 2, f'{1}'"):
    try:
        exec(source)
    except AssertionError as error:
        print(repr(error), error.args)


def message():
    print("evaluated")
    return "m"


assert True, message()
try:
    assert False, message()
except AssertionError as error:
    print(error)
print(__debug__)
