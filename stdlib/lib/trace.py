"""Which lines of a program run, how often, and who calls whom: `python -m trace --count script.py`."""
import linecache
import os
import sys
import threading

__all__ = ['Trace', 'CoverageResults']

PRAGMA_NOCOVER = '#pragma NO COVER'


def _modname(path):
    return os.path.splitext(os.path.basename(path))[0]


def _fullmodname(path):
    """The dotted name of the module that a file is."""
    compared = os.path.normcase(path)
    longest = ''
    for folder in [*sys.path, os.path.dirname(__file__)]:
        folder = os.path.normcase(folder)
        if compared.startswith(folder) and compared[len(folder):len(folder) + 1] == os.sep and len(folder) > len(longest):
            longest = folder
    base = path[len(longest) + 1:] if longest else path
    return os.path.splitext(os.path.splitdrive(base)[1].replace(os.sep, '.').lstrip('.'))[0]


class _Ignore:
    """Which modules are not looked at."""

    def __init__(self, modules=None, dirs=None):
        self._mods = set(modules or ())
        self._dirs = list(map(os.path.normpath, dirs or ()))
        # The library belongs to the folder of the interpreter, wherever its files are.
        if not {sys.base_prefix, sys.base_exec_prefix}.isdisjoint(self._dirs):
            self._dirs.append(os.path.dirname(os.path.abspath(__file__)))
        self._ignore = {'<string>': 1}

    def names(self, filename, modulename):
        if modulename in self._ignore:
            return self._ignore[modulename]
        answer = int(modulename in self._mods or any([modulename.startswith(m + '.') for m in self._mods])
                     or filename is None or any([filename.startswith(d + os.sep) for d in self._dirs]))
        self._ignore[modulename] = answer
        return answer


def _find_executable_linenos(filename):
    """The lines with code, each with 1."""
    try:
        with open(filename, 'rb') as file:
            code = compile(file.read(), filename, 'exec')
    except (OSError, SyntaxError) as error:
        print(f'Not printing coverage data for {filename!r}: {error}', file=sys.stderr)
        return {}
    found, waiting = {}, [code]
    while waiting:
        code = waiting.pop()
        for _, _, line in code.co_lines():
            if line is not None:
                found[line] = 1
        waiting += [constant for constant in code.co_consts if hasattr(constant, 'co_lines')]
    return found


class CoverageResults:
    """How often each line ran, and who called whom."""

    def __init__(self, counts=None, calledfuncs=None, infile=None, callers=None, outfile=None):
        self.counts, self.calledfuncs, self.callers = dict(counts or {}), dict(calledfuncs or {}), dict(callers or {})
        self.counter, self.infile, self.outfile = self.counts.copy(), infile, outfile
        if infile:
            import pickle
            try:
                with open(infile, 'rb') as file:
                    counts, calledfuncs, callers = pickle.load(file)
                self.update(CoverageResults(counts, calledfuncs, callers=callers))
            except (OSError, EOFError, ValueError) as error:
                print(f'Skipping counts file {infile!r}: {error}', file=sys.stderr)

    def is_ignored_filename(self, filename):
        return filename.startswith('<') and filename.endswith('>')

    def update(self, other):
        """Add the figures of another run."""
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        self.calledfuncs.update(dict.fromkeys(other.calledfuncs, 1))
        self.callers.update(dict.fromkeys(other.callers, 1))

    def write_results(self, show_missing=True, summary=False, coverdir=None):
        """Print what is known, and write a file NAME.cover for each module."""
        if self.calledfuncs:
            print('\nfunctions called:')
            for filename, modulename, funcname in sorted(self.calledfuncs):
                print(f'filename: {filename}, modulename: {modulename}, funcname: {funcname}')
        if self.callers:
            print('\ncalling relationships:')
            last_file = last_called = ''
            for (pfile, pmod, pfunc), (cfile, cmod, cfunc) in sorted(self.callers):
                if pfile != last_file:
                    print('\n***', pfile, '***')
                    last_file, last_called = pfile, ''
                if cfile != pfile and last_called != cfile:
                    print('  -->', cfile)
                    last_called = cfile
                print(f'    {pmod}.{pfunc} -> {cmod}.{cfunc}')
        per_file = {}
        for (filename, line), count in self.counts.items():
            per_file.setdefault(filename, {})[line] = count
        sums = {}
        for filename, counts in per_file.items():
            if self.is_ignored_filename(filename):
                continue
            folder, modulename = (os.path.dirname(os.path.abspath(filename)), _modname(filename)) if coverdir is None \
                else (coverdir, _fullmodname(filename))
            os.makedirs(folder, exist_ok=True)
            executable = _find_executable_linenos(filename) if show_missing else {}
            lines = linecache.getlines(filename)
            hits = self.write_results_file(os.path.join(folder, modulename + '.cover'), lines, executable, counts)
            if summary and lines:
                percent = int(100 * hits[0] / hits[1]) if hits[1] else 0
                sums[modulename] = hits[1], percent, modulename, filename
        if summary and sums:
            print('lines   cov%   module   (path)')
            for name in sorted(sums):
                print('%5d   %3d%%   %s   (%s)' % sums[name])
        if self.outfile:
            import pickle
            with open(self.outfile, 'wb') as file:
                pickle.dump((self.counts, self.calledfuncs, self.callers), file, 1)

    def write_results_file(self, path, lines, lnotab, lines_hit, encoding=None):
        """Write the lines with their counts; (lines that ran, lines with code)."""
        ran = with_code = 0
        try:
            file = open(path, 'w', encoding=encoding)
        except OSError as error:
            print(f'trace: Could not open {path!r} for writing: {error} - skipping', file=sys.stderr)
            return 0, 0
        with file:
            for lineno, line in enumerate(lines, 1):
                if lineno in lines_hit:
                    file.write(f'{lines_hit[lineno]:5d}: ')
                    ran += 1
                    with_code += 1
                elif lineno in lnotab and PRAGMA_NOCOVER not in line:
                    file.write('>>>>>> ')
                    with_code += 1
                else:
                    file.write('       ')
                file.write(line.expandtabs(8))
        return ran, with_code


class Trace:
    """Runs code and counts its lines, or shows them, or notes the functions or who calls them."""

    def __init__(self, count=1, trace=1, countfuncs=0, countcallers=0, ignoremods=(), ignoredirs=(), infile=None,
                 outfile=None, timing=False):
        self.infile, self.outfile = infile, outfile
        self.ignore = _Ignore(ignoremods, ignoredirs)
        self.counts, self._calledfuncs, self._callers = {}, {}, {}
        self.donothing, self.trace = 0, trace
        self.start_time = None
        if timing:
            from time import monotonic
            self.start_time = monotonic()
        self._count, self._show = count, trace
        if countcallers:
            self.globaltrace = self.globaltrace_trackcallers
        elif countfuncs:
            self.globaltrace = self.globaltrace_countfuncs
        elif trace or count:
            self.globaltrace, self.localtrace = self.globaltrace_lt, self.localtrace_line
        else:
            self.donothing = 1

    def run(self, cmd):
        """Run a statement in the namespace of __main__."""
        import __main__
        self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals=None, locals=None):
        """Run a statement in these namespaces."""
        globals, locals = {} if globals is None else globals, {} if locals is None else locals
        self.runfunc(exec, cmd, globals, locals)

    def runfunc(self, func, /, *args, **kw):
        """Call a function; what it returns."""
        if self.donothing:
            return func(*args, **kw)
        threading.settrace(self.globaltrace)
        sys.settrace(self.globaltrace)
        try:
            return func(*args, **kw)
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def file_module_function_of(self, frame):
        """(file, module, function with its class)"""
        code = frame.f_code
        modulename = _modname(code.co_filename) if code.co_filename else None
        return code.co_filename, modulename, code.co_qualname.rpartition('<locals>.')[2]

    def globaltrace_trackcallers(self, frame, why, arg):
        if why == 'call' and frame.f_back is not None:
            self._callers[self.file_module_function_of(frame.f_back), self.file_module_function_of(frame)] = 1

    def globaltrace_countfuncs(self, frame, why, arg):
        if why == 'call':
            self._calledfuncs[self.file_module_function_of(frame)] = 1

    def globaltrace_lt(self, frame, why, arg):
        if why != 'call':
            return None
        filename = frame.f_globals.get('__file__', None)
        if not filename:
            return None
        modulename = _modname(filename)
        if self.ignore.names(filename, modulename):
            return None
        if self._show:
            print(f' --- modulename: {modulename}, funcname: {frame.f_code.co_name}')
        return self.localtrace

    def localtrace_line(self, frame, why, arg):
        if why == 'line':
            filename, lineno = frame.f_code.co_filename, frame.f_lineno
            if self._count:
                self.counts[filename, lineno] = self.counts.get((filename, lineno), 0) + 1
            if self._show:
                if self.start_time is not None:
                    from time import monotonic
                    print(f'{monotonic() - self.start_time:.2f}', end=' ')
                print(f'{os.path.basename(filename)}({lineno}): {linecache.getline(filename, lineno)}', end='')
        return self.localtrace

    def results(self):
        """What was found."""
        return CoverageResults(self.counts, infile=self.infile, outfile=self.outfile, calledfuncs=self._calledfuncs,
                               callers=self._callers)


def main():
    """The command line."""
    import argparse
    parser = argparse.ArgumentParser(prog='trace')
    add = parser.add_argument
    add('--version', action='version', version='trace 2.0')
    add('-c', '--count', action='store_true', help='Count the number of times each line is executed')
    add('-t', '--trace', action='store_true', help='Print each line to sys.stdout before it is executed')
    add('-l', '--listfuncs', action='store_true', help='Keep track of which functions are executed at least once')
    add('-T', '--trackcalls', action='store_true', help='Keep track of caller/called pairs')
    reports = parser.add_mutually_exclusive_group()
    reports.add_argument('-r', '--report', action='store_true', help='Report what an earlier run left in FILE; nothing is run')
    reports.add_argument('-R', '--no-report', action='store_true', help='Write no report files')
    add('-f', '--file', help='File to accumulate counts over several runs')
    add('-C', '--coverdir', help='Directory where the report files go')
    add('-m', '--missing', action='store_true', help='Annotate lines that were not executed with ">>>>>> "')
    add('-s', '--summary', action='store_true', help='Write a brief summary for each file to sys.stdout')
    add('-g', '--timing', action='store_true', help='Prefix each line with the time since the program started')
    add('--ignore-module', action='append', default=[], help='Ignore the given module(s) and their submodules')
    add('--ignore-dir', action='append', default=[], help='Ignore files in the given directory')
    add('--module', action='store_true', default=False, help='Trace a module')
    add('progname', nargs='?', help='file to run as main program')
    add('arguments', nargs=argparse.REMAINDER, help='arguments to the program')
    options = parser.parse_args()
    if options.report:
        if not options.file:
            parser.error('-r/--report requires -f/--file')
        results = CoverageResults(infile=options.file, outfile=options.file)
        return results.write_results(options.missing, options.summary, options.coverdir)
    if not any([options.count, options.trace, options.listfuncs, options.trackcalls]):
        parser.error('must specify one of --trace, --count, --report, --listfuncs, or --trackcalls')
    if options.listfuncs and (options.count or options.trace):
        parser.error('cannot specify both --listfuncs and (--trace or --count)')
    if options.summary and not options.count:
        parser.error('--summary can only be used with --count or --report')
    if options.progname is None:
        parser.error('progname is missing: required with the main options')
    tracer = Trace(options.count, options.trace, countfuncs=options.listfuncs, countcallers=options.trackcalls,
                   ignoremods=options.ignore_module, ignoredirs=options.ignore_dir, infile=options.file,
                   outfile=options.file, timing=options.timing)
    sys.argv = [options.progname, *options.arguments]
    try:
        if options.module:
            import runpy
            _, spec, code = runpy._get_module_details(options.progname)
            names = {'__name__': '__main__', '__file__': spec.origin, '__package__': spec.parent, '__spec__': spec}
        else:
            sys.path[:1] = [os.path.dirname(options.progname)]  # with -I there is none
            with open(options.progname, 'rb') as file:
                code = compile(file.read(), options.progname, 'exec')
            names = {'__name__': '__main__', '__file__': options.progname, '__package__': None}
        tracer.runctx(code, names, names)
    except OSError as error:
        sys.exit(f'Cannot run file {sys.argv[0]!r} because: {error}')
    except SystemExit:
        pass
    if not options.no_report:
        tracer.results().write_results(options.missing, options.summary, options.coverdir)


if __name__ == '__main__':
    main()
