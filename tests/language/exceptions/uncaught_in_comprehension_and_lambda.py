values = [3, 0]
check = lambda x: 6 // x
print(list(map(check, [1, 2])))
results = {v: check(v) for v in values}
