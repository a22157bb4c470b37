# A suspicious comparison or assertion is reported on stderr and the program runs on.
x = 5
if x is 5:
    print("is")
if x is not "s":
    print("is not")
assert (x, "always true")
print("end")
