# Tracebacks in colour: on a terminal, and as NO_COLOR, FORCE_COLOR, PYTHON_COLORS and TERM say. CPython 3.11 has no
# colour: the escape sequences are those of 3.13, around the words and carets of 3.11.
import os
import subprocess
import sys

PROGRAM = '''
def inner(values):
    return {"é": values}["é"][3] + 1
def outer():
    try:
        inner([])
    except IndexError as error:
        group = ExceptionGroup("several", [ValueError("first\\nsecond"), error])
        group.add_note("a note")
        raise group from error
outer()
'''
environment = {name: value for name, value in os.environ.items()
               if name not in ('NO_COLOR', 'FORCE_COLOR', 'PYTHON_COLORS')}
environment['TERM'] = 'xterm'


def on_a_terminal(*arguments, **variables):
    """What a child writes to its stderr, which is a terminal."""
    ours, theirs = os.openpty()
    child = subprocess.Popen([sys.executable, *arguments], stdin=subprocess.DEVNULL, stderr=theirs,
                             env={**environment, **variables})
    os.close(theirs)
    shown = b''
    while True:
        try:
            data = os.read(ours, 4096)
        except OSError:         # nobody has the other end open any more
            data = b''
        if not data:
            break
        shown += data
    os.close(ours)
    child.wait()
    return shown.decode().replace('\r\n', '\n')


def at_the_prompt(line, wanted):
    """Is that in what the prompt answers to a line?"""
    ours, theirs = os.openpty()
    child = subprocess.Popen([sys.executable, '-q'], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
                             env={**environment, 'GILA_HISTORY': os.path.join(os.environ['TMPDIR'], 'history')})
    os.close(theirs)
    shown = b''
    for text in (line, b'\x04'):
        shown = b''
        while b'>>> ' not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, text)
    child.wait()
    os.close(ours)
    return wanted in shown


def in_a_pipe(*arguments, **variables):
    done = subprocess.run([sys.executable, *arguments], stderr=subprocess.PIPE, env={**environment, **variables})
    return done.stderr.decode()


def visible(text):
    return text.replace('\x1b[', '{').replace('\x1b', 'ESC')


path = os.path.join(os.environ['TMPDIR'], 'program.py')
with open(path, 'w') as file:
    file.write(PROGRAM)
shown = on_a_terminal(path)
print(visible(shown).replace(path, 'program.py'))
print(visible(on_a_terminal('-c', 'if 1:\n    x = 3 *\n')))
print(visible(on_a_terminal('-c', 'raise KeyError')))
print(visible(on_a_terminal('-c', 'import threading\nt = threading.Thread(target=int, args="x", name="T")\n'
                            't.start(); t.join()')).splitlines()[-1])

print('-- who says so')
FAILS = '-c', '1 / 0'
for variables in ({}, {'NO_COLOR': '1'}, {'NO_COLOR': ''}, {'TERM': 'dumb'}, {'TERM': 'dumb', 'FORCE_COLOR': '1'},
                  {'FORCE_COLOR': '1', 'NO_COLOR': '1'}, {'PYTHON_COLORS': '1', 'NO_COLOR': '1'}, {'PYTHON_COLORS': '0'},
                  {'PYTHON_COLORS': '0', 'FORCE_COLOR': '1'}, {'PYTHON_COLORS': '2'}):
    print(variables, *['\x1b' in show(*FAILS, **variables) for show in (on_a_terminal, in_a_pipe)])
print('the prompt', at_the_prompt(b'int("x")\n', b'\x1b[1;35mValueError\x1b[0m'))
print('-E', '\x1b' in on_a_terminal('-E', *FAILS, PYTHON_COLORS='0'))

print('-- what sys.stderr is')
for stderr in ('open(2, "w", closefd=False)', 'io.StringIO()', 'Quiet()', 'Loud()', 'None'):
    program = ('import io, os, sys\n'
               'class Quiet:\n'
               '    def write(self, text): os.write(2, text.encode())\n'
               'class Loud(Quiet, io.TextIOBase):\n'
               '    def isatty(self): return True\n'
               'sys.stderr = stderr = %s\n'
               'try: 1 / 0\n'
               'except ZeroDivisionError: sys.excepthook(*sys.exc_info())\n'
               'if stderr is not None and isinstance(stderr, io.StringIO): os.write(2, stderr.getvalue().encode())\n')
    shown = on_a_terminal('-c', program % stderr)
    print(stderr, len(shown) > 0, '\x1b' in shown)
