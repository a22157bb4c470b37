"""Stacks on demand, after a while, at a signal, and when a fatal signal comes: what is written, and how the program ends."""
import faulthandler
import os
import re
import subprocess
import sys


def run(title, program, *options):
    done = subprocess.run([sys.executable, *options, '-c', program], capture_output=True, text=True, timeout=60)
    shown = re.sub('0x[0-9a-f]+', '0x...', done.stderr)
    shown = re.sub(r'((  File .*\n)\2{9,})', lambda m: f'{m[2]}  and {m[1].count(m[2]) - 1} times more\n', shown)
    print(f'--- {title}: {done.returncode}\n{done.stdout}{shown}', end='')


run('segmentation fault', '''
import faulthandler
faulthandler.enable()
def inner():
    faulthandler._sigsegv()
def outer():
    inner()
outer()
''')
run('abort, one stack', '''
import faulthandler
faulthandler.enable(all_threads=False)
faulthandler._sigabrt()
''')
run('without the lock', '''
import faulthandler
faulthandler.enable()
faulthandler._sigsegv(True)
''')
run('floating point', '''
import faulthandler
faulthandler.enable()
faulthandler._sigfpe()
''')
run('the stack is used up', '''
import faulthandler, resource
resource.setrlimit(resource.RLIMIT_STACK, (8 << 20, resource.getrlimit(resource.RLIMIT_STACK)[1]))
faulthandler.enable()
faulthandler._stack_overflow()
''')
run('an option turns it on', 'import faulthandler, signal; print(faulthandler.is_enabled(), flush=True); faulthandler._read_null()',
    '-X', 'faulthandler')
run('not enabled', 'import faulthandler; print(faulthandler.is_enabled(), faulthandler.disable(), flush=True); faulthandler._sigsegv()')

run('on demand', '''
import faulthandler, sys
def generator():
    faulthandler.dump_traceback(all_threads=False)
    yield
class Thing:
    def __repr__(self):
        next(generator())
        return ''
repr([Thing()])
exec('def h\\u00e9(): faulthandler.dump_traceback(sys.stderr.fileno())')
h\u00e9()
''')
run('deep', '''
import faulthandler
def deeper(n):
    if n: deeper(n - 1)
    else: faulthandler.dump_traceback(all_threads=False)
deeper(120)
''')
run('at a signal', '''
import faulthandler, os, signal
def handler(number, frame): print('handler', number == signal.SIGUSR1, flush=True)
def send(number): os.kill(os.getpid(), number)
signal.signal(signal.SIGUSR1, handler)
faulthandler.register(signal.SIGUSR1, all_threads=False)
send(signal.SIGUSR1)
print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1), flush=True)
send(signal.SIGUSR1)
faulthandler.register(signal.SIGUSR1, all_threads=True, chain=True)
send(signal.SIGUSR1)
send(signal.SIGUSR1)
''')
run('after a while', '''
import faulthandler, sys, time
def wait():
    time.sleep(100)
faulthandler.dump_traceback_later(30)
faulthandler.dump_traceback_later(1.5, exit=True)
wait()
''')
run('taken back', '''
import faulthandler, time
faulthandler.dump_traceback_later(30)
faulthandler.cancel_dump_traceback_later()
faulthandler.dump_traceback_later(100, repeat=True)
''')


class NoFile:
    def __init__(self, answer):
        self.answer = answer

    def fileno(self):
        return self.answer


for call in (lambda: faulthandler.enable(-1), lambda: faulthandler.enable(NoFile('x')), lambda: faulthandler.enable(NoFile(-1)),
             lambda: faulthandler.enable('x'), lambda: faulthandler.register(11), lambda: faulthandler.register(1000),
             lambda: faulthandler.unregister(0), lambda: faulthandler.dump_traceback_later(0),
             lambda: faulthandler.dump_traceback_later('x'), lambda: faulthandler.dump_traceback_later(1e300)):
    try:
        print(call())
    except (ValueError, RuntimeError, TypeError, AttributeError, OverflowError) as error:
        print(type(error).__name__, error)
sys.stderr = None
try:
    faulthandler.dump_traceback()
except RuntimeError as error:
    print(error)
