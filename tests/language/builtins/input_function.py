name = input("Name? ")
print("hello", name)
n = int(input())
print(n * 2)
print(repr(input("> ")))
try:
    input("more: ")
except EOFError as e:
    print()
    print("EOFError", e)
