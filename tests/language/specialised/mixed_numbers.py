"""Arithmetic instructions that meet doubles, small ints and both in turn, at the limits of exactness too."""


def add(a, b):
    return a + b


def sub(a, b):
    return a - b


def mul(a, b):
    return a * b


def div(a, b):
    return a / b


def in_place(a, b):
    a += b
    a *= b
    a -= b
    a /= b
    return a


def with_constants(a):
    return a + 1, a - 0.5, a * 3, a / 2, a / 4.0


LIMIT = 2 ** 53
NUMBERS = [1, 0.5, -3, 2.0, 0, -0.0, 1e300, 10 ** 15 + 1, LIMIT, LIMIT + 1, -LIMIT - 1, 2 ** 61, float("inf"), True]


def show(function, *args):
    try:
        return repr(function(*args))
    except (ZeroDivisionError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"


for function in (add, sub, mul, div, in_place):
    print(function.__name__)
    for a in NUMBERS:
        print("", a, [show(function, a, b) for b in NUMBERS])
for a in NUMBERS:
    print(with_constants(a))


# One instruction that keeps changing its mind, and one that meets mixed numbers only.
total = 0
for i in range(200):
    total += i if i % 3 == 0 else i / 2 if i % 3 == 1 else i * 1.0
print(total)
x = 1.5
for i in range(1, 200):
    x = i * x / i + x / i - i * 0.25
print(x)
print(show(div, 1.5, 0), show(div, 0, 0.0), show(div, 2.5, False))
