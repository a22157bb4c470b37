def counter():
    n = 0

    def up():
        nonlocal n
        n += 1
        return n

    def read():
        return n
    return up, read


up, read = counter()
up(); up()
print(read())
up2, read2 = counter()
up2()
print(read(), read2())
print(up.__closure__[0].cell_contents, up.__code__.co_freevars, counter.__code__.co_cellvars)
