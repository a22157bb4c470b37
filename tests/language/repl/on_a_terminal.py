# The prompt on a pseudo terminal: blocks, a pasted function, _, help, completion, history, Ctrl-C, Ctrl-D, tracebacks.
import os
import re
import select
import sys
import tempfile
import time

folder = tempfile.mkdtemp()
environment = dict(os.environ, HOME=folder, TERM='xterm', NO_COLOR='1', LC_ALL='C.UTF-8', GILA_HISTORY=os.path.join(folder, 'history'),
                   PAGER='cat', MANPAGER='cat')
environment.pop('PYTHONSTARTUP', None)


class Terminal:
    def __init__(self, *arguments):
        ours, theirs = os.openpty()
        self.child = os.fork()
        if self.child == 0:
            os.close(ours)
            os.setsid()
            # The first terminal that a session opens is its own.
            os.close(os.open(os.ttyname(theirs), os.O_RDWR))
            for fd in (0, 1, 2):
                os.dup2(theirs, fd)
            os.execve(sys.executable, [sys.executable, '-q', *arguments], environment)
        os.close(theirs)
        self.fd, self.seen = ours, ''

    def until(self, pattern, seconds=20):
        """Reads until the pattern is there; what was read up to its end, without escapes."""
        end = time.monotonic() + seconds
        while True:
            match = re.search(pattern, self.seen, re.S)
            if match:
                text, self.seen = self.seen[:match.end()], self.seen[match.end():]
                return text
            if not select.select([self.fd], [], [], max(0, end - time.monotonic()))[0]:
                raise SystemExit(f'no {pattern!r} in {self.seen!r}')
            try:
                data = os.read(self.fd, 4096)
            except OSError:
                raise SystemExit(f'ended without {pattern!r}: {self.seen!r}')
            text = data.decode('utf-8', 'replace').replace('\r', '')
            text = re.sub('.\x08', '', text)     # what help() prints twice to make it bold
            self.seen += re.sub(r'\x1b\[[?0-9;]*[a-zA-Z]|\x1b[=>]', '', text)

    def send(self, text):
        os.write(self.fd, text.encode())

    def ask(self, text, pattern):
        self.send(text)
        return self.until(pattern)

    def status(self):
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


terminal = Terminal()
terminal.until('>>> ')
terminal.ask('6 * 7\n', r'\n42\n>>> ')
terminal.ask('_ + 1\n', r'\n43\n>>> ')
print('values')
terminal.ask('for i in range(3):\n', r'\.\.\. ')
terminal.ask('    print(i * 11)\n', r'\.\.\. ')
terminal.ask('\n', r'0\n11\n22\n>>> ')
print('blocks')
terminal.send('def area(width, height):\n    total = 0\n    for row in range(height):\n        total += width\n    return total\n\n')
terminal.ask('area(6, 4)\n', r'\n24\n>>> ')
print('a pasted function')
shown = terminal.ask('1 / 0\n', r'ZeroDivisionError: division by zero\n>>> ')
print('File "<stdin>", line 1, in <module>' in shown, 'Traceback (most recent call last):' in shown)
terminal.ask('1 +\n', r'SyntaxError: invalid syntax\n>>> ')
print('errors')
terminal.ask('import sys; print(sys.last_type.__name__, sys.last_value.msg)\n', r'\nSyntaxError invalid syntax\n>>> ')
print('the last exception')
terminal.ask('print("naïve café", len("日本"))\n', r'\nnaïve café 2\n>>> ')
print('characters')
terminal.send('unfinished = 1 +')
time.sleep(0.2)
terminal.ask('\x03', r'KeyboardInterrupt\n>>> ')
terminal.ask('(1,\n', r'\.\.\. ')
terminal.ask('\x03', r'KeyboardInterrupt\n>>> ')
terminal.send('while True: pass\n')
terminal.until(r'\.\.\. ')
terminal.send('\n')
time.sleep(0.3)
terminal.ask('\x03', r'KeyboardInterrupt\n>>> ')
terminal.ask('import time; time.sleep(60)\n', r'sleep\(60\)\n')
time.sleep(0.3)
terminal.ask('\x03', r'KeyboardInterrupt\n>>> ')
terminal.ask('5 + 5\n', r'\n10\n>>> ')
print('Ctrl-C')
terminal.ask('extraordinary = 123\n', '>>> ')
terminal.ask('import readline, rlcompleter\n', '>>> ')
terminal.ask('readline.parse_and_bind("bind ^I rl_complete" if "libedit" in readline.__doc__ else "tab: complete")\n', '>>> ')
terminal.ask('extraord\t\n', r'\n123\n>>> ')
terminal.ask('extraordinary.bit_le\t\n', r'\n7\n>>> ')
print('completion')
terminal.ask('\x1b[A', r'extraordinary\.bit_length\(\)')
terminal.ask('\n', '\n7\n>>> ')
print('history')
terminal.ask('help(area)\n', r'Help on function area.*area\(width, height\).*>>> ')
print('help')
terminal.send('\x04')
print('Ctrl-D', terminal.status())

terminal = Terminal('-i', '-c', 'value = 99')
terminal.until('>>> ')
terminal.ask('value\n', r'\n99\n>>> ')
terminal.ask('import sys; sys.ps1 = "? "\n', r'\n\? ')
terminal.ask('print("line")\n', r'\nline\n\? ')
terminal.send('raise SystemExit(7)\n')
print('-i, ps1, exit', terminal.status())
