def memo(f):
    cache = {}

    def wrapper(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]
    wrapper.cache = cache
    wrapper.__name__ = f.__name__
    return wrapper


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), len(fib.cache), fib.__name__)


def retry(times):
    def decorate(f):
        def wrapper():
            for i in range(times):
                try:
                    return f(i)
                except ValueError as error:
                    print("failed:", error)
            return "gave up"
        return wrapper
    return decorate


@retry(3)
def flaky(i):
    if i < 2:
        raise ValueError(i)
    return "ok"


print(flaky())
