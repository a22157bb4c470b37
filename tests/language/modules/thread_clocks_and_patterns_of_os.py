"""time.pthread_getcpuclockid(), and matching what os gives by position."""
import os
import threading
import time


def work():
    sum(range(200_000))
    done.wait()


done = threading.Event()
thread = threading.Thread(target=work)
thread.start()
clock = time.pthread_getcpuclockid(thread.ident)
while time.clock_gettime(clock) == 0:
    pass
print(type(clock), time.clock_gettime(clock) > 0)
done.set()
thread.join()
mine = time.pthread_getcpuclockid(threading.get_ident())
before = time.thread_time()
print(before <= time.clock_gettime(mine) <= time.thread_time())
try:
    time.pthread_getcpuclockid('x')
except TypeError as problem:
    print(problem)
match os.terminal_size((80,24)):
    case os.terminal_size(c,l): print(c,l)
match os.sched_param(3):
    case os.sched_param(p): print(p)
print(os.uname_result.__match_args__, os.times_result.__match_args__, os.waitid_result.__match_args__, os.statvfs_result.__match_args__)
