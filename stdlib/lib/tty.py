"""Raw terminals: every key at once, as it is."""
from termios import *

__all__ = ['setraw', 'setcbreak']

# The places in what tcgetattr gives.
IFLAG, OFLAG, CFLAG, LFLAG, ISPEED, OSPEED, CC = range(7)


def _byte_by_byte(mode):
    mode[CC][VMIN], mode[CC][VTIME] = 1, 0


def setraw(fd, when=TCSAFLUSH):
    """No lines, no echo, no signals, nothing changed on the way in or out."""
    mode = tcgetattr(fd)
    mode[IFLAG] &= ~(BRKINT | ICRNL | INPCK | ISTRIP | IXON)
    mode[OFLAG] &= ~OPOST
    mode[CFLAG] = mode[CFLAG] & ~(CSIZE | PARENB) | CS8
    mode[LFLAG] &= ~(ECHO | ICANON | IEXTEN | ISIG)
    _byte_by_byte(mode)
    tcsetattr(fd, when, mode)


def setcbreak(fd, when=TCSAFLUSH):
    """No lines and no echo; Ctrl-C still works."""
    mode = tcgetattr(fd)
    mode[LFLAG] &= ~(ECHO | ICANON)
    _byte_by_byte(mode)
    tcsetattr(fd, when, mode)
