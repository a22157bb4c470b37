for spec in ("", "s", "10", "<10", ">10", "^10", "*^10", ".2", "5.2s", "é>6", "日<6", "08", "{<6"):
    print(f"{spec:8}|{format('abc', spec)}|{format('日本語', spec)}|{format('', spec)}|")
for spec in ("d", "+", ",", "=10", "#", " ", ".2f", "_", "z", "10.x", "<<<"):
    try:
        print(format("abc", spec))
    except ValueError as e:
        print(spec, e)
print(format([1], ""), format(None, ""), format((1,)), format({}, ""), format(int))
for value in ([1], None, {}, (1,), object(), int, {1}):
    try:
        format(value, ">10")
    except TypeError as e:
        print(e)
print(f"{b'x'!s:>6}|", f"{'a':\u2003^5}|".encode("ascii", "backslashreplace"), format("é", "<3") + "|", format("😀", "^5") + "|")
