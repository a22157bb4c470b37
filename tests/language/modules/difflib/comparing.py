# Matches, diffs and close words.
import difflib

a = "one two three four five six".split()
b = "zero one tree four five seven six".split()
matcher = difflib.SequenceMatcher(None, a, b)
print(matcher.get_matching_blocks(), matcher.get_opcodes())
print(round(matcher.ratio(), 3), round(matcher.quick_ratio(), 3), round(matcher.real_quick_ratio(), 3), matcher.find_longest_match())
print(difflib.SequenceMatcher(lambda c: c == " ", " abcd", "abcd abcd").find_longest_match(0, 5, 0, 9), difflib.SequenceMatcher(None, "", "").ratio())
old = "a\nb\nc\nthe quick brown fox\ne\nf\n".splitlines(True) + ["x%d\n" % i for i in range(12)] + ["end\n"]
new = "a\nc\nthe quick  red fox\ne\nnew\nf\n".splitlines(True) + ["x%d\n" % i for i in range(12)] + ["END\n"]
print("".join(difflib.unified_diff(old, new, "old", "new", "d1", "d2", n=1)))
print("".join(difflib.context_diff(old, new, "old", "new", n=1)))
delta = list(difflib.ndiff(old, new))
print("".join(delta), list(difflib.restore(delta, 1)) == old, list(difflib.restore(delta, 2)) == new)
print(list(difflib.Differ().compare(["\tI am a buggy"], ["\t\tI am a bug"])))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.get_close_matches("x", []))
print(list(difflib.diff_bytes(difflib.unified_diff, [b"a\xff"], [b"b"], lineterm=b"")))
print(list(matcher.get_grouped_opcodes(1)))
for call in (lambda: difflib.get_close_matches("a", [], 0), lambda: difflib.get_close_matches("a", [], 1, 2.0), lambda: list(difflib.unified_diff([b"a"], ["b"])), lambda: list(difflib.restore([], 3))):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
