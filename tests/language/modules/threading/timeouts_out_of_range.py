# Timeouts that are no number, no finite number, negative or too large: refused before anything waits.
import faulthandler
import queue
import select
import signal
import socket
import threading
import time

here, there = socket.socketpair()
there.send(b'x')
poll = select.poll()
poll.register(here, select.POLLIN)
epoll = select.epoll()
epoll.register(here, select.EPOLLIN)
done = threading.Thread(target=int)
done.start()
done.join()
held = threading.Lock()
held.acquire()
condition = threading.Condition()
condition.acquire()
full = queue.SimpleQueue()
for _ in range(100):
    full.put(0)

CALLS = {
    'a held lock': lambda t: held.acquire(True, t),
    'a free lock': lambda t: threading.Lock().acquire(timeout=t),
    'an RLock': lambda t: threading.RLock().acquire(timeout=t),
    'a lock without waiting': lambda t: held.acquire(False, t),
    'a condition': lambda t: condition.wait(t),
    'an event': lambda t: threading.Event().wait(t),
    'a barrier': lambda t: threading.Barrier(2).wait(t),
    'join': lambda t: done.join(t),
    'an empty queue': lambda t: queue.SimpleQueue().get(True, t),
    'a full queue': lambda t: full.get(True, t),
    'sleep': time.sleep,
    'select': lambda t: len(select.select([here], [], [], t)[0]),
    'poll': lambda t: len(poll.poll(t)),
    'epoll': lambda t: len(epoll.poll(t)),
    'a socket': lambda t: here.settimeout(t),
    'all sockets': socket.setdefaulttimeout,
    'a signal': lambda t: signal.sigtimedwait([signal.SIGUSR1], t),
    'a timer': lambda t: signal.setitimer(signal.ITIMER_VIRTUAL, t),
    'a traceback': faulthandler.dump_traceback_later,
}
for value in float('nan'), float('inf'), float('-inf'), 1e300, -1e300, -1.5, 2**63, 2**64, -2**63, 'a', 1j:
    print(value)
    for name, call in CALLS.items():
        if value != value and name in ('a condition', 'an event', 'a barrier'):
            continue  # a NaN is not more than 0
        try:
            print('   ', name, '->', call(value))
        except Exception as problem:
            print('   ', name, '->', f'{type(problem).__name__}: {problem}')
print(threading.TIMEOUT_MAX, held.acquire(timeout=1e-300), held.acquire(timeout=0), held.acquire(False, -1))
print([condition.wait(t) for t in (-1, 0, float('nan'), 1e-9)], poll.poll(0) == poll.poll(None), time.sleep(0), time.sleep(1e-12))
