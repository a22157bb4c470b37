"""Asking for a password without showing it, and the name of the user."""
import os
import sys

__all__ = ['getpass', 'getuser', 'GetPassWarning']


class GetPassWarning(UserWarning):
    """The password may be seen while it is typed."""


def _read_visibly(prompt, stream, input):
    import warnings
    warnings.warn('Can not control echo on the terminal.', GetPassWarning, stacklevel=3)
    print('Warning: Password input may be echoed.', file=stream or sys.stderr)
    return _read_line(prompt, stream or sys.stderr, input or sys.stdin)


def _read_line(prompt, stream, input):
    if prompt:
        stream.write(str(prompt))
        stream.flush()
    line = input.readline()
    if not line:
        raise EOFError
    return line.removesuffix('\n')


def unix_getpass(prompt='Password: ', stream=None):
    """Asks on the terminal, with echo turned off; without a terminal, on stderr and stdin."""
    try:
        import termios
    except ImportError:
        return _read_visibly(prompt, stream, None)
    opened = None
    try:
        descriptor = os.open('/dev/tty', os.O_RDWR | getattr(os, 'O_NOCTTY', 0))
        opened = open(descriptor, 'r+b', buffering=0)
        import io
        input = io.TextIOWrapper(opened)
        stream = stream or input
    except OSError:
        try:
            descriptor = sys.stdin.fileno()
        except (AttributeError, ValueError):
            return _read_visibly(prompt, stream, None)
        input = sys.stdin
        stream = stream or sys.stderr
    try:
        try:
            before = termios.tcgetattr(descriptor)
        except termios.error:
            return _read_visibly(prompt, stream, input)
        quiet = before[:]
        quiet[3] &= ~termios.ECHO
        when = termios.TCSAFLUSH | getattr(termios, 'TCSASOFT', 0)
        try:
            termios.tcsetattr(descriptor, when, quiet)
            password = _read_line(prompt, stream, input)
        finally:
            termios.tcsetattr(descriptor, when, before)
            stream.flush()
        stream.write('\n')
        return password
    finally:
        if opened is not None:
            opened.close()


fallback_getpass = _read_visibly
getpass = unix_getpass


def getuser():
    """The name of the user: from the environment, else from the password database."""
    for name in ('LOGNAME', 'USER', 'LNAME', 'USERNAME'):
        if user := os.environ.get(name):
            return user
    import pwd
    return pwd.getpwuid(os.getuid())[0]
