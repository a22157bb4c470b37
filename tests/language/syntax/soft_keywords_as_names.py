match = [1, 2]
match[0] = 5
print(match, match [1])
case = {"case": 1}
case["case"] += 1
print(case)


def match_(match, case, _):
    return match + case + _


print(match_(1, case=2, _=3))
match = lambda x: x
print(match(3), match (4))
match = -1
print(match - 1, match -1)
print(match if match else 0)
type = 3
type: int = 4
print(type)
match (match):
    case (case):
        print("both", case)
