# A signal that comes just before the main thread waits in a system call ends the wait all the same, whatever it waits for.
import os
import select
import signal
import time


class Alarm(Exception):
    pass


def on_alarm(number, frame):
    raise Alarm


signal.signal(signal.SIGALRM, on_alarm)
reader, writer = os.pipe()
waits = {
    'sleep': lambda: time.sleep(30),
    'read': lambda: os.read(reader, 1),
    'select': lambda: select.select([reader], [], [], 30),
    'poll': lambda: poller.poll(30_000),
}
poller = select.poll()
poller.register(reader, select.POLLIN)
for name, wait in waits.items():
    slow = 0
    for i in range(120):
        begun = time.monotonic()
        try:
            signal.setitimer(signal.ITIMER_REAL, (i % 60 + 1) / 1e6)
            wait()
        except Alarm:
            slow += time.monotonic() - begun > 15
        else:
            print(name, 'came to its end')
    print(name, 'slow:', slow)
