print("a" < "b", "a" < "B", "abc" < "abd", "abc" < "abcd", "" < "a", "é" > "z", "😀" > "\uffff", "10" < "9", "a" == "a", "a" != "b", "日" >= "日")
print(sorted(["banana", "Apple", "cherry", "apple", "Éclair", "", "_"]), max("apple", "banana"), sorted("ABab"), sorted(["b", "aa", "c"], key=len), sorted(["b", "A", "c"], key=str.lower))
print("a" == b"a", "a" == 1, "1" == 1, None == "None", "ab" == "a" + "b", "é" == "e\u0301", "\u00e9" == "é")
