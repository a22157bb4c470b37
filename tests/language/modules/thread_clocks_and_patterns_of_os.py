"""time.pthread_getcpuclockid(), and matching what os gives by position."""
import time, threading, os
def work(): 
    sum(range(200000)); ev.wait()
ev=threading.Event(); t=threading.Thread(target=work); t.start()
c=time.pthread_getcpuclockid(t.ident)
while time.clock_gettime(c)==0: pass
print(type(c), time.clock_gettime(c)>0)
ev.set(); t.join()
try: time.pthread_getcpuclockid(12345)
except OSError as e: print(e) 
c=time.pthread_getcpuclockid(threading.get_ident())
print(abs(time.clock_gettime(c)-time.thread_time())<0.01)
try: time.pthread_getcpuclockid('x')
except TypeError as e: print(e)
match os.terminal_size((80,24)):
    case os.terminal_size(c,l): print(c,l)
match os.sched_param(3):
    case os.sched_param(p): print(p)
print(os.uname_result.__match_args__, os.times_result.__match_args__, os.waitid_result.__match_args__, os.statvfs_result.__match_args__)
