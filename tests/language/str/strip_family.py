s = "  \t hello \n"
print([s.strip(), s.lstrip(), s.rstrip()], "xxabcxx".strip("x"), "abcHELLOcba".strip("abc"), "xyx".strip("xy"), "www.example.com".lstrip("w."), "é à é".strip("é "))
print("test.py".removesuffix(".py"), "test.py".removeprefix("test"), "test".removesuffix("x"), "aaa".removeprefix("aa"), "".removeprefix(""), "abc".strip(""), "\u3000x\u2003".strip())
try:
    "a".strip(5)
except TypeError as e:
    print(e)
