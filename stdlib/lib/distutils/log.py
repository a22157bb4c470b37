"""Messages of distutils: those of the threshold and above go to stdout, from WARN on to stderr."""
import sys

DEBUG, INFO, WARN, ERROR, FATAL = 1, 2, 3, 4, 5
_threshold = WARN


def log(level, msg, *args):
    """Say something, %-formatted."""
    if level not in (DEBUG, INFO, WARN, ERROR, FATAL):
        raise ValueError(f'{level!s} wrong log level')
    if level >= _threshold:
        stream = sys.stderr if level in (WARN, ERROR, FATAL) else sys.stdout
        print(msg % args if args else msg, file=stream, flush=True)


def _at(level):
    return lambda msg, *args: log(level, msg, *args)


debug, info, warn, error, fatal = map(_at, (DEBUG, INFO, WARN, ERROR, FATAL))


def set_threshold(level):
    """What is said from now on; the threshold before."""
    global _threshold
    before, _threshold = _threshold, level
    return before


def set_verbosity(v):
    """0: warnings; 1: information too; 2: all."""
    if v <= 0:
        set_threshold(WARN)
    else:
        set_threshold(INFO if v == 1 else DEBUG)
