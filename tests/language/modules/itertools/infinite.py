from itertools import count, cycle, repeat, islice, takewhile
print(list(islice(count(), 3)), list(islice(count(5, -2), 3)), list(islice(count(1.5, 0.5), 3)), list(islice(cycle("ab"), 5)), list(repeat("x", 3)), list(islice(repeat(1), 2)), list(map(pow, range(4), repeat(2))), list(takewhile(lambda x: x < 20, (x * x for x in count()))), list(cycle([])), list(zip(count(1), "ab")))
print(count(), count(3), count(3, 2), repeat(5), repeat(5, 2), next(count(10 ** 30)), list(islice(count(2 ** 63 - 1), 2)), list(repeat(0, 0)), list(repeat(0, -3)))
c = count()
print(next(c), next(c), c)
