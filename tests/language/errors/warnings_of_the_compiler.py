# Escapes that mean nothing, numbers that run into keywords, suspicious operations: what is warned of, with its place,
# and the SyntaxError that it is where warnings are errors.
import ast
import subprocess
import sys
import warnings

SOURCES = [
    r"'\d'", r"x = ('a' '\d' 'b\q\w')", r"f'{1}\d'", r"f'\d{1}\e'", r"f'{1:\d}'", r"b'\d'", r"'\N{DIGIT ONE}\d'",
    r"'\400'", r"b'\777'", r"'\377'", "'''\n\n\\d'''", "def f():\n  '''\\d'''\n  return '\\z'", "x = '\\\n\\d'",
    "f'''{1}\n{2}\\d'''", r"f'{1}{{\d}}'", r"f'\{1}'", r"'é' '\é'", "print('\\8')", r"'\x41\9'", r"r'\d'", r"rb'\d'",
    "match 1:\n  case '\\d': pass", "x = [1 is y for y in '\\d']",
    'x = 1 is 1', '  \n\nx = (1,\n 2) is 1', "'a' is not x", 'assert (1, 2)', '1()', '[1, 2] (3)', "'a'[1.5]",
    'try: pass\nfinally: 1 is 1', "x = f'{x}'()", 'None[1]', "(1,2)['a']", '...[1]', '(lambda: 1)()', '{1: 2}()',
    '[i for i in x][i, j]', '[[i for i in range(5)] [i, j]]', '{i for i in x}[1]', '{1}[1]', '{1:2}[1]', '{i:j for i
    in x}[1]', '(i for i in x)[1]', "f'{x}'[1, 2]", '(lambda: 1)[1]', '{1}()', '(i for i in x)()', '[i for i in
    x]()', "b'x'['a']", '()[1.0]', '[][None]', '[][x]', '[][...]', '[][(1,2)]', "[]['a']", "'a'[b'x']", '[][{1}]',
    '[][{1:2}]', '[][[1]]', '[][lambda: 1]', '[][(i for i in x)]', '[][[i for i in x]]', "[][f'{x}']", '1[1]',
    '1.5()', '1j()', 'True()', 'True[1]', 'None()', "b''()", "''()", '[][True]', '[][1:2]', '[][-1]', "f''[1]", '(1,
    )()', '(x, )[x, ]', '[][{i for i in x}]', '[][{i:j for i in x}]',
    'x = 1or 2', 'x = [0x1for x in (1, 2)]', '0o7or 2', '0b1and 2', '1_0if 1 else 2', '1.5and 2', '1jif 1 else 2',
    '1e5or 3', '1in [3]', '1is 1', '1not in []', '1if 1else 2', "f'{1or 2}'", '1if x', '1or or',
]


def caught(action, *arguments):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        try:
            action(*arguments)
        except SyntaxError as error:
            print('   ', error.args)
    return [(one.category.__name__, str(one.message), one.filename, one.lineno) for one in seen]


for source in SOURCES:
    print(repr(source))
    found = caught(compile, source, '<here>', 'exec')
    print('   ', found)
    if found:
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter('error')
            try:
                compile(source, '<here>', 'exec')
            except SyntaxError as error:
                print('   ', error.args, seen)

print('-- who compiles')
print(caught(ast.parse, "'\\d'; 1 is 1"), caught(eval, "'\\d'"), caught(exec, "'\\d'"))
print(caught(compile, ast.parse('1 is 1'), 'tree', 'exec'))

print('-- options')
for options in ([], ['-Wdefault'], ['-Werror'], ['-Wignore'], ['-Walways', '-Wignore::SyntaxWarning']):
    for program in (r"'\d'", 'print(1 is 1)'):
        done = subprocess.run([sys.executable, *options, '-c', program], capture_output=True, text=True)
        print(options, done.stdout, done.stderr)
