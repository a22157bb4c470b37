# A trace function sets f_lineno: where the frame goes on, what it leaves on the way, and where it may not go.
import sys


def jump(function, start, end):
    """Runs it, and jumps once from line `start` to line `end` (counted from its def)."""
    first = function.__code__.co_firstlineno
    waiting = [True]

    def trace(frame, event, argument):
        if frame.f_code is function.__code__ and event == 'line' and frame.f_lineno == first + start and waiting:
            waiting.clear()
            frame.f_lineno = first + end
            print('at line', frame.f_lineno - first, end=': ')
        return trace

    output = []
    sys.settrace(trace)
    try:
        function(output)
    except Exception as error:
        output.append(type(error).__name__ + ': ' + str(error).replace(str(first + end), '<line>'))
    finally:
        sys.settrace(None)
    print(function.__name__, start, end, output, sys.exc_info()[1])


class Context:
    def __init__(self, output, number):
        self.output, self.number = output, number

    def __enter__(self):
        self.output.append(self.number)
        return self

    def __exit__(self, *arguments):
        self.output.append(-self.number)


def straight(output):
    output.append(1)
    output.append(2)

    output.append(4)


for start, end in ((1, 4), (2, 1), (2, 3), (2, 2), (2, 5), (2, -1), (1, 9)):
    jump(straight, start, end)


def loops(output):
    output.append(1)
    for i in 1, 2:
        output.append(3)
        for j in 3, 4:
            output.append(5)
        output.append(6)
    output.append(7)
    while len(output) < 20:
        output.append(9)
        break
    output.append(11)


for start, end in ((5, 7), (6, 1), (5, 6), (1, 3), (7, 5), (7, 9), (1, 9), (9, 11), (5, 2), (5, 4), (11, 8)):
    jump(loops, start, end)


def contexts(output):
    output.append(1)
    with Context(output, 2):
        output.append(3)
        with Context(output, 4):
            output.append(5)
    with Context(output, 6):
        output.append(7)
    output.append(8)


for start, end in ((3, 8), (5, 3), (5, 8), (1, 3), (8, 3), (3, 7), (7, 1)):
    jump(contexts, start, end)


def handlers(output):
    try:
        output.append(2)
        1 / 0
    except ZeroDivisionError as error:
        output.append(5)
        output.append(repr(sys.exc_info()[1]))
    except KeyError:
        output.append(8)
    finally:
        output.append(10)
        output.append(repr(sys.exc_info()[1]))
    output.append(repr(sys.exc_info()[1]))


for start, end in ((2, 5), (5, 8), (5, 10), (6, 2), (5, 12), (10, 12), (2, 10), (10, 2), (2, 4)):
    jump(handlers, start, end)


def reraising(output):
    try:
        1 / 0
    finally:
        output.append(4)
        output.append(5)
    output.append(6)


for start, end in ((4, 5), (4, 6), (5, 4)):
    jump(reraising, start, end)


def nested(output):
    try:
        raise KeyError
    except KeyError:
        try:
            raise ValueError
        except ValueError:
            output.append(repr(sys.exc_info()[1]))
            output.append(8)
        output.append(repr(sys.exc_info()[1]))
    output.append(repr(sys.exc_info()[1]))


for start, end in ((7, 9), (7, 10), (9, 10), (9, 7), (8, 7)):
    jump(nested, start, end)


def generators(output):
    def numbers():
        output.append(2)
        try:
            yield 1
        except ValueError:
            output.append('never')
        output.append(7)
    output.append(list(numbers()))
    output.append([i for i in numbers()])
    output.append(10)


for start, end in ((8, 10), (10, 8), (9, 9)):
    jump(generators, start, end)

print('-- what cannot be assigned, and when')


def assign(event_wanted, value, delete=False):
    def trace(frame, event, argument):
        if event == event_wanted and frame.f_code.co_name == 'traced' and not done:
            done.append(True)
            try:
                if delete:
                    del frame.f_lineno
                else:
                    frame.f_lineno = value
            except Exception as error:
                print(event, repr(value), type(error).__name__, error)
        return trace

    def traced():
        try:
            1 / 0
        except ZeroDivisionError:
            pass

    done = []
    sys.settrace(trace)
    traced()
    sys.settrace(None)


for value in ('x', None, 1.5, True, 10 ** 30):
    assign('line', value)
for event in ('call', 'return', 'exception'):
    assign(event, 3)
assign('line', 3, delete=True)
try:
    sys._getframe().f_lineno = 3
except ValueError as error:
    print(error)
