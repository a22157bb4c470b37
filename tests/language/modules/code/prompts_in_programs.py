# Is a command complete? A console that a program feeds.
import code
import codeop
import sys

sys.stderr = sys.stdout
for source in ('x = 1', 'if x:', 'if x:\n  y', 'if x:\n  y\n', 'f(', '"""a', 'a b', '# only', '', 'def f():\n  return 1\n', '1 +',
               'x = [1,\n2'):
    try:
        made = codeop.compile_command(source)
        print(repr(source), 'incomplete' if made is None else 'complete')
    except SyntaxError as error:
        print(repr(source), 'wrong')

console = code.InteractiveConsole({'n': 2})
for line in ('n * 3', 'for i in range(2):', '    print(i)', '', '1 / 0', 'm = n'):
    print('more' if console.push(line) else 'done')
print(console.locals['m'])
lines = iter(['k = 5', 'print(k + 1)'])


def read(prompt):
    try:
        return next(lines)
    except StopIteration:
        raise EOFError


code.interact('hello', read, {}, 'bye')
