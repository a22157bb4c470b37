for i in range(3):
    if i == 5:
        break
else:
    print("else", i)
for i, (a, b) in enumerate([(1, 2), (3, 4)]):
    print(i, a, b)
d = {}
for d["key"] in range(3):
    pass
print(d)


class Holder:
    pass


for Holder.value in "xyz":
    pass
print(Holder.value)
for x in []:
    print("never")
else:
    print("empty else")
for i in range(3):
    for j in range(3):
        if j == 1:
            break
        print(i, j)
    else:
        print("no")
for x in 1, 2, *[3, 4]:
    print(x, end=" ")
print()
for i in range(3):
    i = 10
print(i)
