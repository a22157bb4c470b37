def outer(n):
    def fact(k):
        return 1 if k <= 1 else k * fact(k - 1)
    return fact(n)


print(outer(10))


def even_odd():
    def even(n):
        return n == 0 or odd(n - 1)

    def odd(n):
        return n != 0 and even(n - 1)
    return even, odd


even, odd = even_odd()
print(even(50), odd(51), even(7))
compose = lambda *fs: (lambda x: x) if not fs else (lambda x: fs[0](compose(*fs[1:])(x)))
print(compose(lambda x: x + 1, lambda x: x * 2)(5))
