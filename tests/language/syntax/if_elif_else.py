def grade(n):
    if n >= 90:
        return "A"
    elif n >= 80:
        return "B"
    elif n >= 70:
        return "C"
    else:
        return "F"


print([grade(n) for n in (95, 85, 75, 10)])
if 0: print("no")
elif "": print("no")
else: print("yes")
x = 5
if x: y = 1; z = 2
print(y, z)
if not x:
    pass
elif x == 5:
    print("five")
