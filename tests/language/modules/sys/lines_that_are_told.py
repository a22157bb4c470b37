# Which lines a trace function is told: constant tests, break and continue, ways out through finally, the ends of blocks.
import sys


def told(function, *arguments):
    first = function.__code__.co_firstlineno
    lines = []

    def trace(frame, event, argument):
        if frame.f_code is function.__code__:
            lines.append(f'{frame.f_lineno - first}{event[0]}')
            return trace

    sys.settrace(trace)
    try:
        function(*arguments)
    except Exception as error:
        lines.append(repr(error))
    finally:
        sys.settrace(None)
    print(function.__name__, *arguments, *lines)


def ends(kind):
    if kind == 1:
        try:
            kind / 0
        except ZeroDivisionError:
            kind = 0
    elif kind == 2:
        with open('/dev/null'):
            kind = 3
    else:
        for kind in ():
            pass


def constants(x):
    if 0:
        x = 1
    while 0:
        x = 2
    if 1:
        x = 3
    while True:
        x = 4
        if x:
            x = 5
            break
        else:
            continue


def ways_out(kind):
    for i in 1, 2:
        try:
            if kind == 1:
                i += 1
                continue
            elif kind == 2:
                i += 1
                break
            elif kind == 3:
                return
            elif kind == 4:
                return 4
            elif kind == 5:
                return i + 4
            1 / 0
        except KeyError:
            pass
        else:
            i += 2
        finally:
            i += 1
    return kind


def matched(value):
    match value:
        case 1:
            value = 2
        case [x, y]:
            value = x


def grouped(kind):
    try:
        if kind:
            raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
        kind = 3
    except* ValueError as e:
        kind = 4
    except* TypeError:
        kind = 5
    else:
        kind = 6
    finally:
        kind = 7


def looped():
    def numbers():
        yield 1
        return 2
    for i in numbers():
        i += 1
    else:
        i = 0


for kind in 1, 2, 3:
    told(ends, kind)
told(constants, 0)
for kind in range(7):
    told(ways_out, kind)
for value in 1, [1, 2], 3:
    told(matched, value)
for kind in 0, 1:
    told(grouped, kind)
told(looped)
