# difflib.HtmlDiff: tables and documents, contexts, wrapped lines, tabs, characters that HTML means something by.
import difflib
import random

old = '''one
two  with\ttab
three & <tags>
same
gone
same again
a long line that is wrapped more than once when the column is narrow
'''.splitlines(keepends=True)
new = '''one
two  with    tab
three & <tag>
same
same again
a long line that is wrapped more than twice when the column is narrow
and one more
'''.splitlines()

maker = difflib.HtmlDiff()
print(maker.make_file(old, new, 'before', 'after', charset='us-ascii'))
print(difflib.HtmlDiff(tabsize=4, wrapcolumn=20).make_table(old, new))
print(maker.make_table(old, new, context=True, numlines=1))
print(maker.make_table(old, old, context=True))
print(maker.make_table([], [], todesc='nothing'))
print('&#305;' in maker.make_file(['\u0131'], ['i'], charset='us-ascii'))

# Many small texts: how lines are paired, and where blanks come.
for seed in range(300):
    chance = random.Random(seed)
    words = ['alpha beta gamma', 'alpha beta delta', 'x', '', 'alphabet soup', 'no more', 'alpha  beta gamma']
    first = [chance.choice(words) for _ in range(chance.randrange(8))]
    second = [line if chance.random() < .5 else chance.choice(words) for line in first]
    if second and chance.random() < .6:
        del second[chance.randrange(len(second))]
    if chance.random() < .6:
        second.insert(chance.randrange(len(second) + 1), chance.choice(words))
    rows = list(difflib._mdiff(first, second, chance.choice((None, 0, 1, 2))))
    print(seed, rows)
