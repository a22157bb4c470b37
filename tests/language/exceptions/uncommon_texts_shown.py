# What the interpreter itself prints of exceptions with uncommon texts, notes, modules and chains.
import sys


def show(exception):
    try:
        raise exception
    except BaseException:
        sys.excepthook(*sys.exc_info())


class Bad(Exception):
    def __str__(self):
        raise ValueError


class Silent(Exception):
    def __str__(self):
        return ''


class Odd(Exception):
    __module__ = 3


class Placed(Exception):
    __module__ = 'some.where'


def noted(notes):
    error = ValueError('noted')
    error.__notes__ = notes
    return error


for exception in (Bad(), Silent(), Odd(), Placed(), Placed('text'), KeyError(), KeyError('a\nb'), SyntaxError(None),
                  SyntaxError(''), SyntaxError()):
    show(exception)
for notes in (None, 'abc', ['abc', 3, Bad(), '', 'a\n\nb\n'], ()):
    show(noted(notes))
    print(file=sys.stderr)
show(ExceptionGroup('two\nlines', [ValueError('two\nlines'), Bad(), noted(['x\ny', '']),
                                   SyntaxError('m\nn', ('f.py', 3, 2, 'abc def\n', 3, 5))]))

# What was shown as a cause or context is not shown again.
first, second = ValueError('first'), ValueError('second')
second.__cause__ = first
group = ExceptionGroup('group', [first, second, second])
group.__context__ = second
show(group)
show(ExceptionGroup('twice', [group, group]))
first.__cause__ = second
show(first)
