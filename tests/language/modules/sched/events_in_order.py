# sched: order by time, then priority, then entry; cancelling; running without waiting; a simulated clock.
import sched

now = 0


def clock():
    return now


def wait(units):
    global now
    now += units


s = sched.scheduler(clock, wait)
out = []
s.enter(3, 1, out.append, ('late',))
first = s.enter(1, 2, out.append, argument=('second',))
s.enter(1, 1, out.append, ('first',))
s.enterabs(1, 2, lambda *args, **kwargs: out.append((args, kwargs)), ('third',), {'key': 1})
dropped = s.enter(2, 1, out.append, ('never',))
print([(event.time, event.priority) for event in s.queue], s.empty())
s.cancel(dropped)
try:
    s.cancel(dropped)
except ValueError:
    print('not in the queue')
print(s.run(blocking=False), out)
now = 1
print(s.run(blocking=False), out)
print(s.run(), out, now, s.empty())
print(type(first).__name__, first.action == out.append)


def again(left):
    out.append(left)
    if left:
        s.enter(5, 1, again, (left - 1,))


again(2)
s.run()
print(out[-3:], now)
