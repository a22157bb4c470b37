# A coroutine that nobody awaits is told where it was forgotten; what is left at the end of the program is told there,
# and generators that wait in a try are closed.
import sys
import warnings


async def forgotten(n):
    return n


class Service:
    async def refresh(self, *, key=None):
        pass

    async def __call__(self):
        pass


def plain():
    forgotten(1)
    print('after the call')


def ticks():
    try:
        while True:
            yield 1
    finally:
        print('ticks closed')


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('gone', self.name)


sys.stderr = sys.stdout
plain()
forgotten(*[2])
Service().refresh(key=3)
Service()()
kept = forgotten(5)
kept.close()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    forgotten(6)
print([str(warning.message) for warning in caught])
sys.unraisablehook = lambda told: print('unraisable', told.exc_type.__name__, told.exc_value)
warnings.simplefilter('error', RuntimeWarning)
forgotten(7)
warnings.simplefilter('default', RuntimeWarning)
sys.unraisablehook = sys.__unraisablehook__
first, second = Noisy('first'), Noisy('second')
running = ticks()
next(running)
third = Noisy('third')
held = forgotten(8)
print('the end')
