# Handlers, raise_signal, alarms and timers, the mask and the waits.
import os
import signal
import threading
import time

print(signal.SIGINT, repr(signal.SIGTERM), signal.Signals(15), repr(signal.SIG_DFL), signal.Handlers.SIG_IGN)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, repr(signal.getsignal(signal.SIGUSR1)))
print(repr(signal.getsignal(signal.SIGPIPE)), len(signal.valid_signals()), signal.strsignal(signal.SIGTERM))

seen = []


def note(number, frame):
    seen.append((signal.Signals(number).name, frame.f_code.co_name))


def raising():
    signal.raise_signal(signal.SIGUSR1)


print(repr(signal.signal(signal.SIGUSR1, note)), signal.getsignal(signal.SIGUSR1) is note)
raising()
os.kill(os.getpid(), signal.SIGUSR1)
print(len(seen), seen[0])
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is note)
signal.raise_signal(signal.SIGUSR1)
print(len(seen))

signal.signal(signal.SIGALRM, lambda number, frame: seen.append('alarm'))
print(signal.alarm(100), signal.alarm(0) > 90)
signal.setitimer(signal.ITIMER_REAL, 0.02)
time.sleep(0.2)
print(seen[-1], signal.getitimer(signal.ITIMER_REAL))


class Late(Exception):
    pass


def stop(number, frame):
    raise Late('out of sleep')


signal.signal(signal.SIGALRM, stop)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    time.sleep(30)
except Late as problem:
    print(problem)

old = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
os.kill(os.getpid(), signal.SIGUSR2)
print(old, signal.sigpending(), signal.sigwait({signal.SIGUSR2}), signal.sigpending())
print(signal.sigtimedwait([signal.SIGUSR2], 0))
os.kill(os.getpid(), signal.SIGUSR2)
info = signal.sigwaitinfo([signal.SIGUSR2])
print(info.si_signo, info.si_pid == os.getpid())
print(signal.pthread_sigmask(signal.SIG_SETMASK, old))

# A signal sent to another thread is handled in the main one.
signal.signal(signal.SIGUSR2, lambda number, frame: seen.append(threading.current_thread().name))
go = threading.Event()
thread = threading.Thread(target=go.wait)
thread.start()
signal.pthread_kill(thread.ident, signal.SIGUSR2)
while seen[-1] != 'MainThread':
    time.sleep(0.001)
go.set()
thread.join()
print(seen[-1])

reader, writer = os.pipe()
os.set_blocking(writer, False)
print(signal.set_wakeup_fd(writer))
signal.raise_signal(signal.SIGUSR2)
print(os.read(reader, 10), signal.set_wakeup_fd(-1) == writer)


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as problem:
        print(type(problem).__name__, problem)


attempt(signal.signal, 99, note)
attempt(signal.signal, signal.SIGUSR1, 7)
attempt(signal.signal, signal.SIGKILL, note)
attempt(signal.getsignal, 0)
attempt(signal.strsignal, 99)
attempt(signal.set_wakeup_fd, 9999)
attempt(signal.setitimer, 9, 1)
attempt(signal.sigtimedwait, [10], -1)
attempt(signal.pthread_sigmask, signal.SIG_BLOCK, [99])
attempt(signal.siginterrupt, signal.SIGUSR1, False)
thread = threading.Thread(target=attempt, args=(signal.signal, signal.SIGUSR1, note))
thread.start()
thread.join()
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print('KeyboardInterrupt')
