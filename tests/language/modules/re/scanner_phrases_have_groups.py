# re.Scanner: phrases with groups of their own, back references and flags; what the action finds.
import re


def show(name):
    def action(scanner, text):
        match = scanner.match
        return name, text, match.lastindex, match.group(1), match.span()
    return action


scanner = re.Scanner([
    (r'(`+)(.*?)\1', lambda s, text: ('code', s.match.group(1), s.match.group(2))),
    (r'(\w)(\w)\2\1', lambda s, text: ('mirror', s.match.group(1, 2))),
    (r'(?P<number>\d+)(?:\.(\d+))?', lambda s, text: ('number', s.match.group(1), text)),
    (r'(a)?(?(1)b|c)', show('conditional')),
    (r'\s+', None),
    (r'[a-z]+', 'word'),
    (r'(?=(!))!', show('look')),
])
for text in ('``a`b`` abba 12.5 c ab word !', 'abba', '7', '`', 'zz ab', ''):
    print(repr(text), *scanner.scan(text))
print(re.Scanner([(b'(x)(y)?', lambda s, t: (t, s.match[1])), (b'.', 'any')]).scan(b'xyxz'))
print(re.Scanner([('(a)|(b)', lambda s, t: t.upper()), ('(?s:.)', None)], re.I).scan('aB\nA'))
print(re.Scanner([('a (b) # c', 'verbose')], re.VERBOSE).scan('ab'))
found = scanner.scanner.scanner('x abba 3')
while match := found.search():
    print(match.lastindex, match.span(), match.group())
for lexicon in ([('(', None)], [('(a)\\2', None)], [('a', None), ('*', None)]):
    try:
        re.Scanner(lexicon)
    except (re.error, TypeError) as error:
        print(type(error).__name__, error)
