"""s += 'x' a million times: must be linear, and one string long at the end."""
s = ""
for _ in range(1_000_000):
    s += "x"
print(len(s))
