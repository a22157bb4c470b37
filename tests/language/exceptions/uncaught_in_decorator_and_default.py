def deco(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper


@deco
def target(a, b=[1, 2]):
    return b[a]


print(target(1))
print(target(7))
