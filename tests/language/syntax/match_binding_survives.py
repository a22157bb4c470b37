match [1, 2, 3]:
    case [a, b, 4]:
        print("no")
    case [a, b, c]:
        print(a, b, c)
print(a, b, c)


def counted(log=[]):
    log.append(1)
    print("subject", len(log))
    return 3


match counted():
    case 1:
        pass
    case 2:
        pass
    case 3:
        print("three")
match 1,:
    case 1,:
        print("tuple")
match {"k": [1, {"deep": (2, 3)}]}:
    case {"k": [_, {"deep": (m, n)}]}:
        print(m, n)
