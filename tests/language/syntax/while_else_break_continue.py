n = 0
while n < 5:
    n += 1
    if n == 2:
        continue
    if n == 4:
        break
    print(n)
else:
    print("not reached")
while n > 0:
    n -= 1
else:
    print("else", n)
while True:
    while True:
        break
    else:
        print("no")
    print("inner broke")
    break
i = 0
while i < 3: i += 1
print(i)
