print("banana".replace("a", "o"), "banana".replace("a", "o", 2), "abc".replace("", "-"), "abc".replace("", "-", 2), "aaa".replace("aa", "b"), "".replace("", "x"), "abc".replace("z", "y"), "a.b.c".replace(".", ""), "日本日".replace("日", "sun"))
print(", ".join(["a", "b", "c"]), "".join([]), "-".join("xyz"), "x".join(["one"]), "é".join(["a", "日", "😀"]), ",".join(str(i) for i in range(4)), "/".join({"k": 1}), " ".join(("t", "u")))
table = str.maketrans({"a": "1", "b": None, "c": "xyz", 100: "D"})
print("abcd".translate(table), "hello".translate(str.maketrans("el", "ip")), "hello".translate(str.maketrans("l", "L", "h")), "abc".translate({97: 98, 98: None, 99: "é"}), str.maketrans("ab", "cd", "e"))
for call in (lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: ",".join(5), lambda: str.maketrans("ab", "c"), lambda: str.maketrans({"ab": 1}), lambda: "a".replace("a"), lambda: "a".replace("a", 5), lambda: "a".translate(5)):
    try:
        print(call())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
