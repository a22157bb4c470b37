# termios, tty and pty on a pseudo terminal: modes, sizes, errors, and a child that has a terminal of its own.
import os
import pty
import termios
import tty


def tried(call):
    try:
        return call()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


ours, terminal = pty.openpty()
before = termios.tcgetattr(terminal)
print(len(before), len(before[6]), before[3] & termios.ECHO != 0, before[6][termios.VINTR])
tty.setraw(terminal)
raw = termios.tcgetattr(terminal)
print(raw[3] & termios.ECHO, raw[3] & termios.ICANON, raw[6][termios.VMIN], raw[6][termios.VTIME])
os.write(ours, b'\x03x')
print(os.read(terminal, 10))
termios.tcsetattr(terminal, termios.TCSANOW, before)
print(termios.tcgetattr(terminal) == before)
termios.tcsetwinsize(terminal, (30, 100))
print(termios.tcgetwinsize(ours), os.get_terminal_size(terminal))
tty.setcbreak(terminal)
os.write(ours, b'a')
print(os.read(terminal, 10))
reading, writing = os.pipe()
for wrong in (lambda: termios.tcgetattr(reading), lambda: termios.tcgetattr('x'), lambda: termios.tcgetattr(-1),
              lambda: termios.tcsetattr(terminal, termios.TCSANOW, []), lambda: termios.tcsetwinsize(terminal, (1,)),
              lambda: termios.tcsetattr(terminal, termios.TCSANOW, before[:6] + [[1]])):
    print(tried(wrong))
print(termios.error.__mro__[1].__name__, termios.tcdrain(terminal), termios.tcflush(terminal, termios.TCIOFLUSH))
pid, fd = pty.fork()
if pid == pty.CHILD:
    os.write(1, b'on a terminal: %d' % os.isatty(0))
    os._exit(3)
print(os.read(fd, 100), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
