"""Pseudo terminals: a pair of ends, one of them a terminal for a child process."""
import os
import sys
import termios
import tty
from os import close, waitpid
from select import select
from tty import setraw, tcgetattr, tcsetattr

__all__ = ['openpty', 'fork', 'spawn']

STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO = 0, 1, 2
CHILD = 0


def openpty():
    """(our end, the terminal)"""
    return os.openpty()


def fork():
    """(pid, our end); in the child pid is 0, and the terminal its own."""
    ours, terminal = os.openpty()
    pid = os.fork()
    if pid == CHILD:
        close(ours)
        os.login_tty(terminal)
        return CHILD, -1
    close(terminal)
    return pid, ours


def _read(fd):
    return os.read(fd, 1024)


def _write_all(fd, data):
    while data:
        data = data[os.write(fd, data):]


def _copy(ours, master_read=_read, stdin_read=_read):
    """Carries what is typed to the child and what it shows to us, until it ends."""
    sources = [ours, STDIN_FILENO]
    while ours in sources:
        ready = select(sources, [], [])[0]
        if ours in ready:
            try:
                data = master_read(ours)
            except OSError:
                data = b''
            if not data:
                return
            _write_all(STDOUT_FILENO, data)
        if STDIN_FILENO in ready:
            data = stdin_read(STDIN_FILENO)
            if data:
                _write_all(ours, data)
            else:
                sources.remove(STDIN_FILENO)


def spawn(argv, master_read=_read, stdin_read=_read):
    """Runs a program on a pseudo terminal that is joined to ours; its wait status."""
    if isinstance(argv, str):
        argv = (argv,)
    sys.audit('pty.spawn', argv)
    pid, ours = fork()
    if pid == CHILD:
        os.execlp(argv[0], *argv)
    try:
        before = tcgetattr(STDIN_FILENO)
        setraw(STDIN_FILENO)
    except termios.error:
        before = None
    try:
        _copy(ours, master_read, stdin_read)
    finally:
        if before is not None:
            tcsetattr(STDIN_FILENO, tty.TCSAFLUSH, before)
    close(ours)
    return waitpid(pid, 0)[1]
