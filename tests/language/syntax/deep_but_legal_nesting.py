source = "(" * 80 + "1" + ")" * 80
print(eval(source))
source = "[" * 80 + "]" * 80
depth = 0
value = eval(source)
while value:
    value = value[0]
    depth += 1
print(depth)
print(eval("-" * 150 + "1"), eval("not " * 101 + "1"), eval("1" + " + 1" * 400))
code = "".join("    " * i + f"if {i} >= 0:\n" for i in range(18)) + "    " * 18 + "print('deep')\n"
exec(code)
exec("x = 0\n" + "x += 1\n" * 3000 + "print(x)")
elifs = "v = 277\nif v == -1:\n    pass\n" + "".join(f"elif v == {i}:\n    print('found', {i})\n" for i in range(300))
exec(elifs)
print(len(eval("[" + "1, " * 10000 + "]")), len(eval("{" + ", ".join(f"{i}: {i}" for i in range(5000)) + "}")))
