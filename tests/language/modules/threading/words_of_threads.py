# What threads say of themselves at the edges: the hook's argument, a hook that fails, run() twice, timeouts too long.
import sys
import threading


class Failing(threading.Thread):
    def run(self):
        raise ValueError('from ' + self.name)


def told(arguments):
    print(type(arguments).__module__, type(arguments).__name__, type(arguments).__match_args__, len(arguments),
          arguments.exc_type.__name__, arguments.thread.name)


def broken(arguments):
    raise KeyError('the hook')


def run(thread):
    thread.start()
    thread.join()


threading.excepthook = told
run(Failing(name='first'))
sys.stderr = sys.stdout
threading.excepthook = broken
sys.excepthook = lambda kind, value, tb: print('reported', repr(value), value.__suppress_context__)
run(Failing(name='second'))
for wrong in ([1, 2, 3], 5):
    try:
        threading.ExceptHookArgs(wrong)
    except TypeError as error:
        print(error)
print(threading.ExceptHookArgs([1, 2, 3, 4]))
thread = threading.Thread(target=print, args=('once',), kwargs={'end': '!\n'})
thread.run()
try:
    thread.run()
except AttributeError as error:
    print(error)
lock = threading.Lock()
for arguments in ((True, 1e10), (True, float('inf')), (True, -2), (False, 1)):
    for kind in (threading.Lock, threading.RLock):
        try:
            kind().acquire(*arguments)
        except (OverflowError, ValueError) as error:
            print(kind.__name__, type(error).__name__, error)
# Who asks for the size puts the default back.
print(threading.stack_size(), threading.stack_size(1 << 20), threading.stack_size(), threading.stack_size())
