"""Two equal threads that compute: how long each has the lock at a time, how evenly they share, and what the switching
costs. Without a GIL there are no slices, and only the shares are told.
"""
import sys
import threading
import time

from measure import say, together

GIL = getattr(sys, "_is_gil_enabled", lambda: True)()


def switches(seconds):
    """The moments at which the other thread had its first turn, and how often each thread came round."""
    who, moments, counts = [0], [], [0, 0]
    end = time.perf_counter() + seconds

    def player(me):
        def play():
            while True:
                for _ in range(50):
                    if who[0] != me:
                        who[0] = me
                        moments.append(time.perf_counter())
                counts[me] += 1
                if time.perf_counter() > end:
                    return
        return play

    together([player(0), player(1)])
    return moments, counts


def work():
    total = 0
    for n in range(3_000_000):
        total += n & 7


for interval in (0.005, 0.001):
    sys.setswitchinterval(interval)
    moments, counts = switches(2)
    if GIL and len(moments) > 2:
        say(f"mean slice at {interval * 1e3:g} ms", (moments[-1] - moments[0]) / (len(moments) - 1) * 1e3, "ms")
    say(f"share of the lesser at {interval * 1e3:g} ms", 2 * min(counts) / sum(counts), "")
sys.setswitchinterval(0.005)


def cpu_seconds(run):
    begun = time.process_time()
    run()
    return time.process_time() - begun


in_turn, at_once = 1e9, 1e9
for _ in range(5):
    in_turn = min(in_turn, cpu_seconds(lambda: [together([work]) for _ in range(2)]))
    at_once = min(at_once, cpu_seconds(lambda: together([work, work])))
say("two computing threads, CPU of one after the other", at_once / in_turn, "times")
