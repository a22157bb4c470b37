a = [1, 2]
print(a + [3], a * 2, 2 * a, a * 0, a * -1, [[]] * 2, a == [1, 2], a != [1], a < [1, 3], a < [1, 2, 0], [2] > [1, 9], [] < [0], [1, "a"] == [1, "a"], 1 in a, 5 not in a, a == (1, 2))
b = a
b += [3]
b *= 2
print(a, a is b)
grid = [[0] * 2] * 2
grid[0][0] = 1
print(grid)
grid = [[0] * 2 for _ in range(2)]
grid[0][0] = 1
print(grid)
print([1, 2.0, True] == [True, 2, 1.0], [[1, 2], [3]] < [[1, 2], [4]], [float("nan")] == [float("nan")], max([1, 5], [2]), sorted([[2, 1], [1, 9], [1]]))
for source in ("[1] + (2,)", "[1] + 5", "[1] * 'a'", "[1] * 1.5", "[1] < [None]", "[1] < 5", "[1] - [1]", "[] + None", "-[]"):
    try:
        print(eval(source))
    except TypeError as e:
        print(source, "->", e)
a = [1]
a += "xy"
a += {"k": 1}
print(a)
