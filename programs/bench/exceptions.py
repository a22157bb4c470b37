"""Raising, catching at several depths, finally, and try blocks that nothing is raised in."""


class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def check(i):
    if i % 3 == 0:
        raise Refused(i)
    return i


def deep(i, depth):
    if depth == 0:
        return check(i)
    try:
        return deep(i, depth - 1)
    finally:
        pass


def run(n):
    total = 0
    table = {}
    for i in range(n):
        try:
            total += check(i)
        except Refused as refused:
            total += refused.code & 7
        try:
            total += table["missing"]
        except KeyError:
            total += 1
        try:
            total += i
        except ValueError:
            total = 0
    for i in range(n // 10):
        try:
            deep(i, 5)
        except Refused:
            total += 1
    return total


print(run(900_000))
