# CPython may need gigabytes for these; what is asked is an exception and not an abort.
def attempt(f):
    try:
        f()
    except (MemoryError, OverflowError):
        return "refused"
    return "computed"


print(attempt(lambda: 1 << 10 ** 15), attempt(lambda: 1 << 10 ** 12), attempt(lambda: 1 << 10 ** 13), attempt(lambda: -5 << 10 ** 14))
print("alive")
