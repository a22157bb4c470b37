"""Where a program spends its time: run('statement'), Profile, `python -m profile script.py`. See pstats for the reports."""
import sys
import time

__all__ = ['run', 'runctx', 'Profile']


class Profile:
    """Measures calls between enable() and disable(), in a with block, or in run() and runcall().

    A function is (file, line, name), a native one ('~', 0, '<name>').
    """

    bias = 0

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._timer = timer or time.perf_counter
        self._unit, self._builtins = timeunit or 1, builtins
        # function -> [calls that were not recursive, calls, own time, time with what it calls, {caller: the same four}]
        self._entries = {}
        self._stack, self._depths = [], {}
        self.stats = {}

    # --- measuring ---

    def __call__(self, frame, event, arg):
        now = self._timer()
        if event == 'call':
            code = frame.f_code
            self._enter((code.co_filename, code.co_firstlineno, code.co_name), now)
        elif event == 'return':
            self._leave(now)
        elif self._builtins:
            if event == 'c_call':
                self._enter(_native_name(arg), now)
            else:
                self._leave(now)

    def _enter(self, key, now):
        caller = self._stack[-1][0] if self._stack else None
        self._depths[key] = self._depths.get(key, 0) + 1
        # [function, caller, start, time in what it has called]
        self._stack.append([key, caller, now, 0.0])

    def _leave(self, now):
        if not self._stack:
            return  # it began before we looked
        key, caller, start, inside = self._stack.pop()
        total = (now - start) * self._unit
        own = total - inside
        self._depths[key] -= 1
        recursive = self._depths[key] > 0
        if self._stack:
            self._stack[-1][3] += total
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = [0, 0, 0.0, 0.0, {}]
        self._add(entry, recursive, own, total)
        if caller is not None:
            by_caller = entry[4].get(caller)
            if by_caller is None:
                by_caller = entry[4][caller] = [0, 0, 0.0, 0.0]
            self._add(by_caller, recursive, own, total)

    @staticmethod
    def _add(figures, recursive, own, total):
        figures[1] += 1
        figures[2] += own
        if not recursive:
            figures[0] += 1
            figures[3] += total

    def enable(self, subcalls=True, builtins=True):
        """Begin to measure."""
        sys.setprofile(self)

    def disable(self):
        """Stop; functions that are still running count up to now."""
        sys.setprofile(None)
        now = self._timer()
        while self._stack:
            self._leave(now)

    def clear(self):
        """Forget everything."""
        self._entries.clear()
        self._stack.clear()
        self._depths.clear()

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()

    # --- running ---

    def run(self, cmd):
        """Measure a statement in the namespace of __main__; self."""
        import __main__
        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        """Measure a statement in these namespaces; self."""
        self.enable()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable()
        return self

    def runcall(self, func, /, *args, **kw):
        """Measure a call; what it returns."""
        self.enable()
        try:
            return func(*args, **kw)
        finally:
            self.disable()

    # --- results ---

    def create_stats(self):
        """Fill `stats`: function -> (calls that were not recursive, calls, own time, whole time, callers)."""
        self.disable()
        self.stats = {key: (cc, nc, tt, ct, {caller: tuple([nc2, cc2, tt2, ct2]) for caller, (cc2, nc2, tt2, ct2)
                                             in callers.items()})
                      for key, (cc, nc, tt, ct, callers) in self._entries.items() if not self._is_own(key)}

    @staticmethod
    def _is_own(key):
        return key[2] in ('disable', 'enable') and key[0].endswith('profile.py') or \
            key[2] == '<built-in method sys.setprofile>'

    def snapshot_stats(self):
        """The same without an end."""
        self.create_stats()

    def print_stats(self, sort=-1):
        """Print a report."""
        import pstats
        pstats.Stats(self).strip_dirs().sort_stats(sort).print_stats()

    def dump_stats(self, file):
        """Write the figures to a file, which pstats.Stats reads."""
        import marshal
        self.create_stats()
        with open(file, 'wb') as stream:
            marshal.dump(self.stats, stream)


def _native_name(function):
    owner = getattr(function, '__self__', None)
    name = getattr(function, '__qualname__', None) or repr(function)
    if owner is None or type(owner) is type(sys):
        module = getattr(function, '__module__', None)
        return '~', 0, f'<built-in method {module}.{name}>' if module else f'<built-in method {name}>'
    return '~', 0, f"<method '{function.__name__}' of '{type(owner).__name__}' objects>"


def run(statement, filename=None, sort=-1):
    """Measure a statement; print a report, or write the figures to a file."""
    import __main__
    runctx(statement, __main__.__dict__, __main__.__dict__, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """The same in these namespaces."""
    profiler = Profile()
    try:
        profiler.runctx(statement, globals, locals)
    except SystemExit:
        pass
    if filename is not None:
        profiler.dump_stats(filename)
    else:
        profiler.print_stats(sort)


def main(name='profile'):
    """The command line: -o FILE, -s ORDER, -m MODULE."""
    import optparse
    import os
    import pstats
    usage = f'{name}.py [-o output_file_path] [-s sort] [-m module | scriptfile] [arg] ...'
    parser = optparse.OptionParser(usage=usage)
    parser.disable_interspersed_args()
    parser.add_option('-o', '--outfile', help='Save stats to <outfile>')
    parser.add_option('-s', '--sort', default=2 if name == 'cProfile' else -1, type='choice',
                      choices=sorted(pstats.Stats.sort_arg_dict_default),
                      help='Sort order when printing to stdout, based on pstats.Stats class')
    parser.add_option('-m', dest='module', action='store_true', default=False, help='Profile a library module.')
    options, arguments = parser.parse_args()
    if not arguments:
        parser.print_usage()
        sys.exit(2)
    if options.outfile is not None:
        options.outfile = os.path.abspath(options.outfile)  # the program may go elsewhere
    program = arguments[0]
    sys.argv[:] = arguments
    if options.module:
        import runpy
        code = 'run_module(modname, run_name="__main__")'
        names = {'run_module': runpy.run_module, 'modname': program}
    else:
        sys.path.insert(0, os.path.dirname(program))
        with open(program, 'rb') as file:
            code = compile(file.read(), program, 'exec')
        names = {'__name__': '__main__', '__file__': program, '__package__': None}
    runctx(code, names, None, options.outfile, options.sort)


if __name__ == '__main__':
    main()
