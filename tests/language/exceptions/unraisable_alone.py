# An exception that nobody can catch is told by itself: no causes, no notes, a colon even if it has no text.
import atexit
import gc
import sys


class Noisy:
    def __del__(self):
        try:
            1 / 0
        except ZeroDivisionError as error:
            other = KeyError()
            other.add_note('not shown')
            raise other from error


class Own(Exception):
    pass


def make():
    Noisy()


class Leave:
    def __call__(self):
        raise Own from ValueError('cause')

    def __repr__(self):
        return 'Leave()'


sys.unraisablehook = lambda told: print(told.exc_type.__name__, repr(told.exc_value), told.err_msg)
make()
gc.collect()
sys.unraisablehook = sys.__unraisablehook__
atexit.register(Leave())
sys.stdout.flush()
raise LookupError
