# eval() takes blanks without a newline behind an expression for a line that is indented too deep; and what SyntaxErrors and
# code objects still carry of older days.
import os


def shown(work):
    try:
        return work()
    except SyntaxError as problem:
        return type(problem).__name__, problem.args
    except TypeError as problem:
        return f'TypeError: {problem}'


for text in '1\n ', '(1)\n\n\n   ', '1\n\t', '1\n \n', ' 1 \n\t\n  # c\n', '1 \t', '[1,\n 2]\n  ', '1\n\n':
    print(repr(text), shown(lambda: eval(text)), shown(lambda: bool(compile(text, 'a file', 'eval'))), shown(lambda: exec(text)))

problem = SyntaxError('words', ('file', 1, 2, 'text'))
print(problem.print_file_and_line, problem.__dict__)
problem.print_file_and_line = 1
print(problem.print_file_and_line, hasattr(SyntaxError, 'print_file_and_line'))


def lines_of(code):
    """The lines that co_lnotab tells of, as the documentation of the format says."""
    line, found = code.co_firstlineno, {code.co_firstlineno}
    for step in code.co_lnotab[1::2]:
        line += step - 256 if step > 127 else step
        found.add(line)
    return sorted(found)


def function(a):
    b = a


    return [b,
            a]


print(type(function.__code__.co_lnotab), [line - function.__code__.co_firstlineno for line in lines_of(function.__code__)])
far = compile('a = 1\n' + '\n' * 400 + 'b = 2\n' + '\n' * 126 + 'c = 3\n', 'far', 'exec')
print([line for line in lines_of(far) if line in (1, 402, 529)])

# A descriptor's mode and owner are no path's.
for call in (lambda: os.fchmod('x', 0), lambda: os.fchown('x', 0, 0), lambda: os.fchmod(1, 0, dir_fd=1), lambda: os.open('x', 0, 0, 1)):
    print(shown(call))
