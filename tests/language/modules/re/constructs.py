# Constructs beyond the plain ones: atomic groups, possessive repeats, conditionals, look-arounds, very large patterns.
import re

print(re.match("(?>a+)ab", "aaab"), re.match("a++ab", "aaab"), re.match("a*+b", "aab"), re.match("(?:ab)?+ab", "ab"), re.match("a{1,2}+a", "aaa"))
print(re.findall(r"(<)?(\w+)(?(1)>|!)", "<a> b! <c d"), re.findall(r"(?P<q>['\"])?x(?(q)(?P=q))", "'x' \"x' x"))
print(re.findall(r"(?<=-)\w+", "spam-egg"), re.findall(r"(?<!\d)\d(?!\d)", "1 22 3"), re.search(r"(a)(?<=\1)b", "ab"))
print(re.match("a{,2}b", "aab"), re.match("a{2,}b", "aaab"), re.match("a{x}", "a{x}"), re.match("a{,}b", "aab"), re.match("x{1,2", "x{1,2"))
print(re.match(r"(?:(a)|b)*", "ab").regs, re.match(r"(a|b)*?c", "abc").regs, re.match(r"(x?)*y", "xxy").regs, re.match(r"(?:x?){0,3}y", "xxy").regs)
print(re.match(r"\x41\u0042\U00000043\103", "ABCC"), re.match(r"[\]\-^a]+", "]-^a"), re.match("[]a]+", "]a"), re.match("[^]]", "a"))
print(re.match("(?:a{1000}){70}", "a" * 70000).end(), re.match("(?:ab){66000}", "ab" * 66000).end(), re.match("a{70000}", "a" * 69999))
words = ["w%dx" % i for i in range(12000)]
big = re.compile("|".join(sorted(words, reverse=True)))
print(big.findall("w7x w11999x w12000x"), big.fullmatch("w5000x"))
deep = "(" * 300 + "a" + ")" * 300
print(re.match(deep, "a").lastindex, re.compile(deep).groups)
print(re.match("(?:a|b)*c", "ab" * 300000 + "c").end(), re.match(r"(?:x+x+)+y", "x" * 15))
