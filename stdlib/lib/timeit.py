"""How long small pieces of code take: from a program, and as `python -m timeit 'code'`."""
import gc
import itertools
import sys
import time

__all__ = ['Timer', 'timeit', 'repeat', 'default_timer']

dummy_src_name = '<timeit-src>'
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
_globals = globals

_TEMPLATE = '''\
def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
'''


def reindent(src, indent):
    """Indent all lines but the first."""
    return src.replace('\n', '\n' + ' ' * indent)


class Timer:
    """Measures a statement: its text or a function; the setup runs once before each measurement."""

    def __init__(self, stmt='pass', setup='pass', timer=default_timer, globals=None):
        self.timer = timer
        namespace, init = _globals() if globals is None else globals, ''
        local = {}
        if isinstance(setup, str):
            compile(setup, dummy_src_name, 'exec')  # that its mistakes are its own
            before, setup_text = setup + '\n', reindent(setup, 4)
        elif callable(setup):
            local['_setup'] = setup
            init += ', _setup=_setup'
            before, setup_text = '', '_setup()'
        else:
            raise ValueError('setup is neither a string nor callable')
        if isinstance(stmt, str):
            compile(before + stmt, dummy_src_name, 'exec')
            stmt_text = reindent(stmt, 8)
        elif callable(stmt):
            local['_stmt'] = stmt
            init += ', _stmt=_stmt'
            stmt_text = '_stmt()'
        else:
            raise ValueError('stmt is neither a string nor callable')
        self.src = _TEMPLATE.format(stmt=stmt_text, setup=setup_text, init=init)
        exec(compile(self.src, dummy_src_name, 'exec'), namespace, local)
        self.inner = local['inner']

    def print_exc(self, file=None):
        """Print the traceback of an exception in the measured code, with its lines."""
        import linecache
        import traceback
        if self.src is not None:
            linecache.cache[dummy_src_name] = (len(self.src), None, self.src.split('\n'), dummy_src_name)
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """The seconds for so many runs of the statement."""
        runs = itertools.repeat(None, number)
        was_on = gc.isenabled()
        gc.disable()
        try:
            return self.inner(runs, self.timer)
        finally:
            if was_on:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """Several measurements, a list."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """(number, seconds) of as many runs as take 0.2 seconds at least."""
        scale = 1
        while True:
            for factor in 1, 2, 5:
                number = scale * factor
                seconds = self.timeit(number)
                if callback:
                    callback(number, seconds)
                if seconds >= 0.2:
                    return number, seconds
            scale *= 10


def timeit(stmt='pass', setup='pass', timer=default_timer, number=default_number, globals=None):
    """One measurement."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    """Several measurements."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


_UNITS = {'nsec': 1e-9, 'usec': 1e-6, 'msec': 1e-3, 'sec': 1.0}


def main(args=None, *, _wrap_timer=None):
    """The command line: -n runs, -r repetitions, -s setup, -p process time, -u unit, -v verbose."""
    import getopt
    try:
        options, words = getopt.getopt(sys.argv[1:] if args is None else args, 'n:u:s:r:pvh', [
            'number=', 'setup=', 'repeat=', 'process', 'verbose', 'unit=', 'help'])
    except getopt.error as error:
        print(error)
        print('use -h/--help for command line help')
        return 2
    timer, number, setup, times, verbose, unit, precision = default_timer, 0, [], default_repeat, 0, None, 3
    for option, value in options:
        if option in ('-n', '--number'):
            number = int(value)
        elif option in ('-s', '--setup'):
            setup.append(value)
        elif option in ('-u', '--unit'):
            if value not in _UNITS:
                print('Unrecognized unit. Please select nsec, usec, msec, or sec.', file=sys.stderr)
                return 2
            unit = value
        elif option in ('-r', '--repeat'):
            times = max(int(value), 1)
        elif option in ('-p', '--process'):
            timer = time.process_time
        elif option in ('-v', '--verbose'):
            precision += bool(verbose)
            verbose += 1
        elif option in ('-h', '--help'):
            print(main.__doc__, end='\n')
            return 0
    import os
    sys.path.insert(0, os.curdir)
    if _wrap_timer is not None:
        timer = _wrap_timer(timer)
    measured = Timer('\n'.join(words) or 'pass', '\n'.join(setup) or 'pass', timer)

    def show(seconds):
        name = unit
        scale = _UNITS.get(name)
        if name is None:
            for name, scale in sorted(_UNITS.items(), key=lambda item: -item[1]):
                if seconds >= scale:
                    break
        return f'{seconds / scale:.{precision}g} {name}'

    def plural(count):
        return f'{count} loop{"" if count == 1 else "s"}'

    try:
        if number == 0:
            def tell(number, seconds):
                print(f'{plural(number)} -> {seconds:.{precision}g} secs')
            number, _ = measured.autorange(tell if verbose else None)
            if verbose:
                print()
        raw = measured.repeat(times, number)
    except BaseException:
        measured.print_exc()
        return 1
    if verbose:
        print('raw times: ' + ', '.join(map(show, raw)))
        print()
    timings = [seconds / number for seconds in raw]
    print(f'{plural(number)}, best of {times}: {show(min(timings))} per loop')
    best, worst = min(timings), max(timings)
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit(f'The test results are likely unreliable. The worst time ({show(worst)}) was more than four '
                               f'times slower than the best time ({show(best)}).', UserWarning, '', 0)
    return None


if __name__ == '__main__':
    sys.exit(main())
