# The texts of exceptions: chains, notes, groups, repeated lines, carets.
import traceback


def deep(n):
    if n:
        deep(n - 1)
    else:
        raise KeyError('deep')


def chained():
    try:
        deep(1)
    except KeyError as error:
        raise ValueError('from') from error


def grouped():
    error = ExceptionGroup('several', [TypeError('one'), ExceptionGroup('inner', [OSError(2, 'two')])])
    error.add_note('a note\nof two lines')
    raise error


for function in chained, grouped, lambda: deep(6), lambda: compile('a b', 'f.py', 'exec'), lambda: [1][2] + 3:
    try:
        function()
    except Exception as error:
        print(traceback.format_exc())
        print(traceback.format_exception_only(error)[-1])
        summary = traceback.extract_tb(error.__traceback__)
        print([(entry.name, entry.lineno) for entry in summary], summary[-1].line)


def show(limit):
    print([entry.name for entry in traceback.extract_stack(limit=limit)])


def outer():
    show(None)
    show(1)
    show(-2)


outer()
print(traceback.format_list([('file.py', 3, 'f', 'x = 1'), ('other.py', 4, 'g', None)]))
try:
    traceback.print_exception(5)
except TypeError as error:
    print(error)
