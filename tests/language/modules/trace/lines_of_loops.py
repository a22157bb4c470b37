# Which lines a trace function is told: each round of a loop begins at the loop's line, also of an endless one; break and
# continue are lines of their own; a `for` whose target is unpacked or stored is told once a round.
import sys


def tracer(frame, event, argument):
    if frame.f_code.co_filename == __file__:
        print(frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno)
    return tracer


def endless_1():
    i=0
    while True:
        i+=1
        if i>2:
            break
def endless_2():
    i=0
    while True:
        i+=1
        if i>2: return
def endless_3():
    g=iter([1,2])
    try:
        while True:
            next(g)
    except StopIteration:
        pass
def endless_4():
    g=iter([1,2])
    r=0
    try:
        r+=next(g)

        while True:
            r+=next(g)

    except StopIteration as e:
        print(e)
def endless_5():
    i=0
    while 1:
        i+=1
        if i<3: continue
        break
def endless_6():
    i=0
    while True:
        i+=1
        if i==2: continue
        if i==4:
            break
        else:
            pass
def endless_7():
    i=0
    while True:
        for x in range(2): i+=x
        if i>1: break
        with open("/dev/null"):
            i+=1
def endless_8():
    i=0
    while i<3:
        while True:
            i+=1
            if i%2: break
        else:
            print("x")
def same(x):
    return x


class Holder:
    pass


def for_loops():
    for i in range(4):
        if i == 1:
            continue
        if i == 2: continue
        if i == 3:
            break
    else:
        i = 9
    for k, v in [(1, 2), (3, 4)]:
        same(k)
    for x in (1, 2): same(x)
    for x in (1, 2): same(x); same(x)
    holder = Holder()
    for holder.x in (1, 2): same(x)
    for i, (p, q) in enumerate([(1, 2)]):
        same(p)
    y = [k for k in (1, 2) if k]
    y = {k: v for k, v in ((1, 2), (3, 4))}
    return list(k for k in (1, 2) if k)


def nested():
    for a in (1, 2):
        for b in (1, 2):
            if a == b:
                continue
            if a > b:
                break
        else:
            continue
        break
    while 1:
        try:
            a += 1
            if a > 4:
                break
            continue
        finally:
            b = 1
    for c in ():
        pass
    else:
        b = 2
    while True: break
    while True:
        if a: break
    for c in (1,): continue
    for c in (1, 2):
        pass
    for c in (1, 2): pass
    while not c:
        pass
    n = 0
    while True:
        n += 1
        match n:
            case 1:
                continue
            case 2 | 3:
                pass
            case _:
                break
        with open('/dev/null') as f:
            if n == 3:
                continue
            n += 0
    while n:
        n -= 1
        if n % 2:
            if n == 3: pass
            else:
                continue
        if not n:
            return n


def steps(n):
    while True:
        for i in range(n):
            if i:
                try:
                    if i == 2: continue
                    else: break
                except ValueError:
                    pass
        else:
            n += 1
            continue
        yield i
        while True:
            n -= 1
            if n < 0:
                return
            if n % 2:
                yield n


sys.settrace(tracer)
for function in (endless_1, endless_2, endless_3, endless_4, endless_5, endless_6, endless_7, endless_8, for_loops, nested):
    function()
list(steps(1))
