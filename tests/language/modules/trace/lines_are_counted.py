# How often lines run, who calls whom.
import trace


def inner(n):
    return n * 2


def outer(n):
    total = 0
    for i in range(n):
        total += inner(i)
    return total


tracer = trace.Trace(count=1, trace=0)
print(tracer.runfunc(outer, 3))
first = outer.__code__.co_firstlineno
print(sorted((line - first, count) for (_, line), count in tracer.results().counts.items()))
tracer = trace.Trace(count=0, trace=0, countcallers=1)
tracer.runfunc(outer, 1)
print([(caller[2], called[2]) for caller, called in tracer.results().callers if called[2] == 'inner'])
