values = [1, 5, 2, 8]
if (n := len(values)) > 3:
    print("long", n)
print([y for x in values if (y := x * 2) > 5], y)
print(any((big := v) > 4 for v in values), big)
total = 0
print([total := total + v for v in values], total)
i = 0
while (i := i + 1) < 4:
    print(i, end=" ")
print()


def f(x):
    return x


print(f(a := 3), f(x=(b := 4)), a, b)
print((c := 1, 2), c)
print({(k := "key"): (v := "value")}, k, v)
lst = [z := 10, z + 1]
print(lst, f"{(w := 5)}", w)
