# Notes that are added to the part that an except* clause got do not make it a new exception: a bare raise gives one group.
import traceback


class E(Exception):
    pass


def run(function):
    try:
        function()
    except BaseException as error:
        print(''.join(traceback.format_exception(error)))


def noted():
    try:
        raise ExceptionGroup('top', [ValueError('v'), E('e')])
    except* E as group:
        group.add_note('noted')
        raise


def nested():
    try:
        raise ExceptionGroup('top', [ValueError('v'), ExceptionGroup('in', [E('a'), E('b')]), E('c')])
    except* E as group:
        group.add_note('lost')
        raise
    except* ValueError as group:
        group.add_note('lost too')
        raise group


def caused():
    try:
        raise ExceptionGroup('top', [ValueError('v'), E('e')])
    except* E as group:
        raise group from KeyError('k')


for function in noted, nested, caused:
    run(function)

for name in 'ValueError', 'ZeroDivisionError', 'KeyError', 'OSError', 'StopIteration', 'SystemExit', 'UserWarning':
    cls = getattr(__import__('builtins'), name)
    print(cls.__doc__, '|', cls().__doc__, '|', type('Sub', (cls,), {}).__doc__, '|', type('Sub', (cls,), {})().__doc__)


class WithSlots:
    __slots__ = {'a': 'what a is', 'b': None}


import inspect
print(inspect.getdoc(WithSlots.a), inspect.getdoc(WithSlots.b))
try:
    WithSlots.__name__ = 'a\0b'
except ValueError as error:
    print(error, WithSlots.__name__)
for text in '1_', '_', '1__0', 'x_y', '1_0', 'ab':
    try:
        print(complex(text))
    except ValueError as error:
        print(error)
for text in '1+', '(1', '1 +\n', 'a b', '':
    try:
        eval(text)
    except SyntaxError as error:
        print(repr(text), error.msg, error.lineno, error.offset, error.end_offset, repr(error.text))
