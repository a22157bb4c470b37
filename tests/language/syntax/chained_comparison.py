def v(x):
    print("v", x)
    return x


print(v(1) < v(2) < v(3))
print(v(1) > v(2) > v(3))
print(1 < 2 > 1 == 1 != 0)
print(1 in [1] in [[1]], None is None is not True)
print(not 1 == 2, not (1 in [2]), 1 not in [2])
print(3 > 2 == True, (3 > 2) == True)


class Odd:
    def __init__(self, answer):
        self.answer = answer

    def __lt__(self, other):
        return self.answer


print(Odd([]) < 1 < 2)
print(Odd("yes") < Odd("last") < 5)
