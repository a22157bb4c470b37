class Box:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


print(Box[int], Box["x"], Box[1, 2])
print(list[int], dict[str, list[int]], tuple[int, ...], type[int])
alias = list[int]
print(alias.__origin__, alias.__args__, alias([1, 2]), alias == list[int], alias != list[str])
print(int | str, int | None, (int | str).__args__, isinstance(1, int | str), isinstance([], int | str))
try:
    int[3]
except TypeError as error:
    print(error)
try:
    Box()[1]
except TypeError as error:
    print(error)
try:
    isinstance([], list[int])
except TypeError as error:
    print(error)


class Sub(list[int]):
    pass


print(Sub.__bases__, Sub.__orig_bases__, Sub([1]))
print(str | int == int | str, issubclass(bool, int | str))
