"""re._parser takes patterns apart, re._constants names what they consist of; sre_parse and its kin are the same."""
import re
import re._constants as c
import re._parser as p
import warnings

pats = [r'abc', r'a|b|c', r'abc|abd', r'[a-z0-9_]+', r'[^x]', r'[x]', r'[^\d\s-]', r'(a)(?P<n>b)(?P=n)\1',
        r'a*?b+c?d{2}e{2,}f{,3}g{1,2}?h*+', r'(?:ab)+', r'(?i:x)(?-i:y)', r'(?x) a b # c', r'(?s).',
        r'^\A\b\B$\Z', r'(?=a)(?!b)(?<=c)(?<!d)(?!)', r'(a)?(?(1)b|c)(?(1)d)',
        r'\x41\u0042\U00000043\N{DEGREE SIGN}\101\0\n\\\.', r'[\]\-a]', r'[]a]', r'[a-]', r'{', r'a{', r'a{}',
        r'a{,}', r'a{x}', r'(?>ab)c', r'(?#c)x', r'\d+\.\d*', r'(|a)', r'(?:)', r'', r'a||b', r'(?:a|[bc]|\d)',
        r'([a-c]|x)*', rb'\xff[\x00-\x7f]', r'(?P<y>\d{4})-(?P<m>\d\d)', r'[\w.]+@[\w.]+', r'(?m)^x$', r'(?a)\w',
        r'((a){2}){3}', r'(?x:a b)c d', r'[ab-]x', r'[\b]', r'\12', r'(?:(?:(a)))', r'(?:a)?', r'((?i)a)' ,
        r'\08', r'[aa]']
for q in pats:
    try:
        tree = p.parse(q)
        print(q, tree, tree.getwidth(), tree.state.flags, tree.state.groups, tree.state.groupdict)
        tree.dump()
    except re.error as error:
        print(q, 'error', error)
for q in ('(', 'a**', '[z-a]', r'\1', '(?P<1>a)'):
    try:
        p.parse(q)
    except re.error as error:
        print(error)
print(c.MAXREPEAT, c.OPCODES, c.ATCODES, c.CHCODES, int(c.MAX_REPEAT), int(c.MAXGROUPS), c.SRE_FLAG_VERBOSE)
tree = p.parse('a(b)c', re.I | re.X)
print(tree.state.flags, tree[0], tree[1:], len(tree))
warnings.simplefilter('ignore')
import sre_compile
import sre_constants
import sre_parse

print(sre_parse.parse('a+'), sre_constants.error is re.error, sre_compile.compile('a+').match('aa'), sre_compile.isstring(b''))
