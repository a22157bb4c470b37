print(["ab".center(6), "ab".center(7, "*"), "abc".center(6, "-"), "ab".ljust(5) + "|", "ab".rjust(5), "ab".ljust(5, "."), "ab".rjust(5, "é"), "ab".center(1)])
print(["42".zfill(5), "-42".zfill(5), "+42".zfill(6), "abc".zfill(2), "".zfill(3), "--1".zfill(5), "日".center(4, "x")])
print(["a\tb".expandtabs(), "a\tb".expandtabs(4), "ab\tc\td".expandtabs(3), "a\nb\tc".expandtabs(4), "\t".expandtabs(0), "é\tb".expandtabs(2), "a\tb\r\tc".expandtabs()])
for call in (lambda: "a".center(5, ""), lambda: "a".ljust(5, "ab"), lambda: "a".zfill("x"), lambda: "a".center()):
    try:
        call()
    except TypeError as e:
        print(e)
