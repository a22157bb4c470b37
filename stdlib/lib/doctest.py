"""Tests in documentation: examples that look like a session at the prompt are run, and must give what they show.

_doctest_parse finds examples in texts and objects (Example, DocTest, DocTestParser, DocTestFinder), and compares outputs
(OutputChecker); here they are run, by hand or as tests of unittest.
"""
import linecache
import os
import pdb
import re
import sys
import traceback
import unittest
from collections import namedtuple
from io import StringIO

from _doctest_parse import (BLANKLINE_MARKER, COMPARISON_FLAGS, DONT_ACCEPT_BLANKLINE, DONT_ACCEPT_TRUE_FOR_1, ELLIPSIS,
                            ELLIPSIS_MARKER, FAIL_FAST, IGNORE_EXCEPTION_DETAIL, NORMALIZE_WHITESPACE,
                            OPTIONFLAGS_BY_NAME, REPORT_CDIFF, REPORT_NDIFF, REPORT_ONLY_FIRST_FAILURE, REPORT_UDIFF,
                            REPORTING_FLAGS, SKIP, DocTest, DocTestFinder, DocTestParser, Example, OutputChecker,
                            _ellipsis_match, _exception_traceback, _indent, _normalize_module, _strip_exception_details,
                            register_optionflag)

__all__ = [
    'register_optionflag', 'DONT_ACCEPT_TRUE_FOR_1', 'DONT_ACCEPT_BLANKLINE', 'NORMALIZE_WHITESPACE', 'ELLIPSIS', 'SKIP',
    'IGNORE_EXCEPTION_DETAIL', 'COMPARISON_FLAGS', 'REPORT_UDIFF', 'REPORT_CDIFF', 'REPORT_NDIFF',
    'REPORT_ONLY_FIRST_FAILURE', 'REPORTING_FLAGS', 'FAIL_FAST', 'Example', 'DocTest', 'DocTestParser', 'DocTestFinder',
    'DocTestRunner', 'OutputChecker', 'DocTestFailure', 'UnexpectedException', 'DebugRunner', 'testmod', 'testfile',
    'run_docstring_examples', 'DocTestSuite', 'DocFileSuite', 'set_unittest_reportflags', 'script_from_examples',
    'testsource', 'debug_src', 'debug',
]

TestResults = namedtuple('TestResults', 'failed attempted')

# The runner that testmod and testfile have used last.
master = None


class _SpoofOut(StringIO):
    """What examples print; it always ends with a newline."""

    def getvalue(self):
        result = StringIO.getvalue(self)
        return result + '\n' if result and not result.endswith('\n') else result

    def truncate(self, size=None):
        self.seek(size)
        StringIO.truncate(self)


class _OutputRedirectingPdb(pdb.Pdb):
    """The debugger for pdb.set_trace() in an example: it talks to the user and not to the test."""

    def __init__(self, out):
        self.__out = out
        self.__debugger_used = False
        super().__init__(stdout=out, nosigint=True)
        self.use_rawinput = 1

    def set_trace(self, frame=None):
        self.__debugger_used = True
        super().set_trace(sys._getframe().f_back if frame is None else frame)

    def set_continue(self):
        if self.__debugger_used:
            super().set_continue()

    def trace_dispatch(self, *args):
        inside, sys.stdout = sys.stdout, self.__out
        try:
            return super().trace_dispatch(*args)
        finally:
            sys.stdout = inside


class DocTestRunner:
    """Runs the examples of DocTests and reports what does not agree.

    Programs with a run() of their own (sympy) put the parts together anew: __run, __record_outcome and
    __patched_linecache_getlines are taken by their mangled names, and use what run() has left in `test`, `debugger` and
    `save_linecache_getlines`.
    """

    DIVIDER = '*' * 70

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = '-v' in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.tries = self.failures = 0
        self._name2ft = {}
        self._fakeout = _SpoofOut()

    # --- reports, which a subclass may replace ---

    def report_start(self, out, test, example):
        """An example is about to run."""
        if not self._verbose:
            return
        if example.want:
            out('Trying:\n' + _indent(example.source) + 'Expecting:\n' + _indent(example.want))
        else:
            out('Trying:\n' + _indent(example.source) + 'Expecting nothing\n')

    def report_success(self, out, test, example, got):
        """An example did what it should."""
        if self._verbose:
            out('ok\n')

    def report_failure(self, out, test, example, got):
        """An example gave something else."""
        out(self._failure_header(test, example) + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        """An example raised something."""
        out(self._failure_header(test, example) + 'Exception raised:\n' + _indent(_exception_traceback(exc_info)))

    def _failure_header(self, test, example):
        lines = [self.DIVIDER]
        if test.filename:
            if test.lineno is not None and example.lineno is not None:
                lineno = test.lineno + example.lineno + 1
            else:
                lineno = '?'
            lines.append(f'File "{test.filename}", line {lineno}, in {test.name}')
        else:
            lines.append(f'Line {example.lineno + 1}, in {test.name}')
        lines += ['Failed example:', _indent(example.source)]
        return '\n'.join(lines)

    # --- running ---

    def _options_of(self, example):
        self.optionflags = self.original_optionflags
        for flag, on in example.options.items():
            if on:
                self.optionflags |= flag
            else:
                self.optionflags &= ~flag

    def _run_example(self, test, example, number, compileflags):
        """(what was printed, the exception's exc_info or None)"""
        filename = f'<doctest {test.name}[{number}]>'
        try:
            # Tracebacks show this line, and tests that compare them know it.
            exec(compile(example.source, filename, "single",
                 compileflags, True), test.globs)
            exc_info = None
        except KeyboardInterrupt:
            raise
        except:
            exc_info = sys.exc_info()
        self.debugger.set_continue()  # the user's last command has done with this example
        got = self._fakeout.getvalue()
        self._fakeout.truncate(0)
        return got, exc_info

    def _judge(self, example, got, exc_info):
        """Whether it went as it should: True, False, or None for an exception that nobody expects."""
        check = self._checker.check_output
        if exc_info is None:
            return check(example.want, got, self.optionflags)
        if example.exc_msg is None:
            return None
        message = traceback.format_exception_only(*exc_info[:2])[-1]
        if check(example.exc_msg, message, self.optionflags):
            return True
        if self.optionflags & IGNORE_EXCEPTION_DETAIL:
            return check(_strip_exception_details(example.exc_msg), _strip_exception_details(message), self.optionflags)
        return False

    def __run(self, test, compileflags, out):
        failures = tries = 0
        original_flags = self.optionflags
        self.original_optionflags = original_flags
        for number, example in enumerate(test.examples):
            quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures > 0
            self._options_of(example)
            if self.optionflags & SKIP:
                continue
            tries += 1
            if not quiet:
                self.report_start(out, test, example)
            got, exc_info = self._run_example(test, example, number, compileflags)
            answer = self._judge(example, got, exc_info)
            if exc_info is not None and answer is not None:
                got += _exception_traceback(exc_info)
            if answer:
                if not quiet:
                    self.report_success(out, test, example, got)
                continue
            if not quiet:
                if answer is None:
                    self.report_unexpected_exception(out, test, example, exc_info)
                else:
                    self.report_failure(out, test, example, got)
            failures += 1
            if self.optionflags & FAIL_FAST:
                break
        self.optionflags = original_flags
        self.__record_outcome(test, failures, tries)
        return TestResults(failures, tries)

    def __record_outcome(self, test, failures, tries):
        before = self._name2ft.get(test.name, (0, 0))
        self._name2ft[test.name] = (before[0] + failures, before[1] + tries)
        self.failures += failures
        self.tries += tries

    __LINECACHE_FILENAME_RE = re.compile(r'<doctest (?P<name>.+)\[(?P<number>\d+)\]>$')

    def __patched_linecache_getlines(self, filename, module_globals=None):
        """The lines of a file, or of an example of the test that runs."""
        match = self.__LINECACHE_FILENAME_RE.match(filename)
        if match is None or match['name'] != self.test.name:
            return self.save_linecache_getlines(filename, module_globals)
        return self.test.examples[int(match['number'])].source.splitlines(keepends=True)

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Run the examples of a test; TestResults. `out` is called with the text of reports."""
        self.test = test
        if compileflags is None:
            compileflags = _extract_future_flags(test.globs)
        save_stdout, save_trace, save_displayhook = sys.stdout, sys.gettrace(), sys.displayhook
        save_set_trace = pdb.set_trace
        self.save_linecache_getlines = linecache.getlines
        self.debugger = _OutputRedirectingPdb(save_stdout)
        self.debugger.reset()
        if out is None:
            out = _writer_for(save_stdout)
        sys.stdout = self._fakeout
        sys.displayhook = sys.__displayhook__
        pdb.set_trace = self.debugger.set_trace
        linecache.getlines = self.__patched_linecache_getlines
        try:
            return self.__run(test, compileflags, out)
        finally:
            sys.stdout = save_stdout
            pdb.set_trace = save_set_trace
            sys.settrace(save_trace)
            linecache.getlines = self.save_linecache_getlines
            sys.displayhook = save_displayhook
            if clear_globs:
                test.globs.clear()
                import builtins
                builtins._ = None

    # --- the end ---

    def summarize(self, verbose=None):
        """Print how all tests went; TestResults."""
        if verbose is None:
            verbose = self._verbose
        empty, passed, failed = [], [], []
        tries = failures = 0
        for name, (f, t) in self._name2ft.items():
            tries += t
            failures += f
            if t == 0:
                empty.append(name)
            elif f == 0:
                passed.append((name, t))
            else:
                failed.append((name, (f, t)))
        if verbose:
            if empty:
                print(len(empty), 'items had no tests:')
                print(''.join([f'    {name}\n' for name in sorted(empty)]), end='')
            if passed:
                print(len(passed), 'items passed all tests:')
                for name, count in sorted(passed):
                    print(f' {count:3d} tests in {name}')
        if failed:
            print(self.DIVIDER)
            print(len(failed), 'items had failures:')
            for name, (f, t) in sorted(failed):
                print(f' {f:3d} of {t:3d} in {name}')
        if verbose:
            print(tries, 'tests in', len(self._name2ft), 'items.')
            print(tries - failures, 'passed and', failures, 'failed.')
        if failures:
            print('***Test Failed***', failures, 'failures.')
        elif verbose:
            print('Test passed.')
        return TestResults(failures, tries)

    def merge(self, other):
        """Add the figures of another runner."""
        for name, (f, t) in other._name2ft.items():
            before = self._name2ft.get(name, (0, 0))
            self._name2ft[name] = (f + before[0], t + before[1])


def _writer_for(stream):
    """The stream's write, or one that escapes what the stream's encoding lacks."""
    encoding = stream.encoding
    if encoding is None or encoding.lower() == 'utf-8':
        return stream.write
    return lambda text: stream.write(str(text.encode(encoding, 'backslashreplace'), encoding))


def _extract_future_flags(globs):
    """The compiler flags of the future statements that a namespace has seen."""
    import __future__
    flags = 0
    for name in __future__.all_feature_names:
        feature = globs.get(name, None)
        if feature is getattr(__future__, name):
            flags |= feature.compiler_flag
    return flags


class DocTestFailure(Exception):
    """An example gave something else than it shows (DebugRunner)."""

    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    """An example raised something (DebugRunner)."""

    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


class DebugRunner(DocTestRunner):
    """Stops at the first failure, with an exception."""

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        result = DocTestRunner.run(self, test, compileflags, out, False)
        if clear_globs:
            test.globs.clear()
        return result

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


# --- from programs ---

def _run_all(tests, report, verbose, optionflags, raise_on_error):
    global master
    runner = (DebugRunner if raise_on_error else DocTestRunner)(verbose=verbose, optionflags=optionflags)
    for test in tests:
        runner.run(test)
    if report:
        runner.summarize()
    if master is None:
        master = runner
    else:
        master.merge(runner)
    return TestResults(runner.failures, runner.tries)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None,
            raise_on_error=False, exclude_empty=False):
    """Run the examples in the documentation of a module, __main__ if none is given."""
    if m is None:
        m = sys.modules.get('__main__')
    import inspect
    if not inspect.ismodule(m):
        raise TypeError(f'testmod: module required; {m!r}')
    if name is None:
        name = m.__name__
    finder = DocTestFinder(exclude_empty=exclude_empty)
    return _run_all(finder.find(m, name, globs=globs, extraglobs=extraglobs), report, verbose, optionflags,
                    raise_on_error)


def _load_testfile(filename, package, module_relative, encoding):
    """(text of the file, its path)"""
    if module_relative:
        package = _normalize_module(package, 3)
        filename = _module_relative_path(package, filename)
        loader = getattr(package, '__loader__', None)
        if hasattr(loader, 'get_data'):
            return loader.get_data(filename).decode(encoding).replace('\r\n', '\n'), filename
    with open(filename, encoding=encoding) as file:
        return file.read(), filename


def _module_relative_path(module, test_path):
    import inspect
    if not inspect.ismodule(module):
        raise TypeError(f'Expected a module: {module!r}')
    if test_path.startswith('/'):
        raise ValueError('Module-relative files may not have absolute paths')
    test_path = os.path.join(*test_path.split('/'))
    if hasattr(module, '__file__'):
        base = os.path.split(module.__file__)[0]
    elif module.__name__ == '__main__':
        base = os.path.split(sys.argv[0])[0] if len(sys.argv) > 0 and sys.argv[0] != '' else os.curdir
    elif hasattr(module, '__path__'):
        for folder in module.__path__:
            path = os.path.join(folder, test_path)
            if os.path.exists(path):
                return path
        raise ValueError(f"Can't resolve paths relative to the module {module.__name__!r} (it has no __file__)")
    else:
        raise ValueError(f"Can't resolve paths relative to the module {module!r} (it has no __file__)")
    return os.path.join(base, test_path)


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True,
             optionflags=0, extraglobs=None, raise_on_error=False, parser=None, encoding=None):
    """Run the examples in a text file; its name is relative to the module that calls, unless told otherwise."""
    if package and not module_relative:
        raise ValueError('Package may only be specified for module-relative paths.')
    text, filename = _load_testfile(filename, package, module_relative, encoding or 'utf-8')
    if name is None:
        name = os.path.basename(filename)
    globs = {} if globs is None else globs.copy()
    if extraglobs is not None:
        globs.update(extraglobs)
    globs.setdefault('__name__', '__main__')
    test = (parser or DocTestParser()).get_doctest(text, globs, name, filename, 0)
    return _run_all([test], report, verbose, optionflags, raise_on_error)


def run_docstring_examples(f, globs, verbose=False, name='NoName', compileflags=None, optionflags=0):
    """Run the examples in the documentation of one object."""
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(verbose=verbose, recurse=False).find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)


# --- as tests of unittest ---

_unittest_reportflags = 0


def set_unittest_reportflags(flags):
    """The reporting flags for tests that say none; those before."""
    global _unittest_reportflags
    if flags & REPORTING_FLAGS != flags:
        raise ValueError('Only reporting flags allowed', flags)
    before, _unittest_reportflags = _unittest_reportflags, flags
    return before


class DocTestCase(unittest.TestCase):
    """A DocTest as a test."""

    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        unittest.TestCase.__init__(self)
        self._dt_optionflags, self._dt_checker = optionflags, checker
        self._dt_test, self._dt_setUp, self._dt_tearDown = test, setUp, tearDown

    def setUp(self):
        self._dt_globs = self._dt_test.globs.copy()
        if self._dt_setUp is not None:
            self._dt_setUp(self._dt_test)

    def tearDown(self):
        test = self._dt_test
        if self._dt_tearDown is not None:
            self._dt_tearDown(test)
        # It may be run again.
        test.globs.clear()
        test.globs.update(self._dt_globs)

    def runTest(self):
        test, flags = self._dt_test, self._dt_optionflags
        if not flags & REPORTING_FLAGS:
            flags |= _unittest_reportflags
        before, new = sys.stdout, StringIO()
        runner = DocTestRunner(optionflags=flags, checker=self._dt_checker, verbose=False)
        try:
            runner.DIVIDER = '-' * 70
            failures, _ = runner.run(test, out=new.write, clear_globs=False)
        finally:
            sys.stdout = before
        if failures:
            raise self.failureException(self.format_failure(new.getvalue()))

    def format_failure(self, err):
        test = self._dt_test
        lineno = 'unknown line number' if test.lineno is None else str(test.lineno)
        last = '.'.join(test.name.split('.')[-1:])
        return f'Failed doctest test for {test.name}\n  File "{test.filename}", line {lineno}, in {last}\n\n{err}'

    def debug(self):
        self.setUp()
        DebugRunner(optionflags=self._dt_optionflags, checker=self._dt_checker, verbose=False).run(
            self._dt_test, clear_globs=False)
        self.tearDown()

    def id(self):
        return self._dt_test.name

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return (self._dt_test, self._dt_optionflags, self._dt_setUp, self._dt_tearDown, self._dt_checker) == (
            other._dt_test, other._dt_optionflags, other._dt_setUp, other._dt_tearDown, other._dt_checker)

    def __hash__(self):
        return hash((self._dt_optionflags, self._dt_setUp, self._dt_tearDown, self._dt_checker))

    def __repr__(self):
        name = self._dt_test.name.split('.')
        return f'{name[-1]} ({".".join(name[:-1])})'

    __str__ = object.__str__

    def shortDescription(self):
        return 'Doctest: ' + self._dt_test.name


class SkipDocTestCase(DocTestCase):
    """Stands for a module without documentation, which -OO has taken away."""

    def __init__(self, module):
        self.module = module
        DocTestCase.__init__(self, None)

    def setUp(self):
        self.skipTest('DocTestSuite will not work with -O2 and above')

    def test_skip(self):
        pass

    def shortDescription(self):
        return f'Skipping tests from {self.module.__name__}'

    __str__ = shortDescription


class _DocTestSuite(unittest.TestSuite):
    def _removeTestAtIndex(self, index):
        pass  # they can be run again


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    """A suite of the examples in a module's documentation."""
    finder = DocTestFinder() if test_finder is None else test_finder
    module = _normalize_module(module)
    tests = finder.find(module, globs=globs, extraglobs=extraglobs)
    if not tests and sys.flags.optimize >= 2:
        return _DocTestSuite([SkipDocTestCase(module)])
    tests.sort()
    suite = _DocTestSuite()
    for test in tests:
        if not test.examples:
            continue
        if not test.filename:
            test.filename = getattr(module, '__file__', None) or module.__name__
        suite.addTest(DocTestCase(test, **options))
    return suite


class DocFileCase(DocTestCase):
    """A text file as a test."""

    def id(self):
        return '_'.join(self._dt_test.name.split('.'))

    def __repr__(self):
        return self._dt_test.filename

    def format_failure(self, err):
        test = self._dt_test
        return f'Failed doctest test for {test.name}\n  File "{test.filename}", line 0\n\n{err}'


def DocFileTest(path, module_relative=True, package=None, globs=None, parser=None, encoding=None, **options):
    """A DocFileCase for a file."""
    globs = {} if globs is None else globs.copy()
    if package and not module_relative:
        raise ValueError('Package may only be specified for module-relative paths.')
    text, path = _load_testfile(path, package, module_relative, encoding or 'utf-8')
    globs.setdefault('__file__', path)
    test = (parser or DocTestParser()).get_doctest(text, globs, os.path.basename(path), path, 0)
    return DocFileCase(test, **options)


def DocFileSuite(*paths, **kw):
    """A suite of the examples in text files."""
    suite = _DocTestSuite()
    if kw.get('module_relative', True):
        # Relative to who calls this function.
        kw['package'] = _normalize_module(kw.get('package'))
    for path in paths:
        suite.addTest(DocFileTest(path, **kw))
    return suite


# --- debugging ---

def _comment_line(line):
    line = line.rstrip()
    return '# ' + line if line else '#'


def script_from_examples(s):
    """The examples of a text as a script; the rest becomes comments."""
    lines = []
    for piece in DocTestParser().parse(s):
        if isinstance(piece, Example):
            lines.append(piece.source[:-1])
            if piece.want:
                lines.append('# Expected:')
                lines += ['## ' + line for line in piece.want.split('\n')[:-1]]
        else:
            lines += [_comment_line(line) for line in piece.split('\n')[:-1]]
    while lines and lines[-1] == '#':
        lines.pop()
    while lines and lines[0] == '#':
        lines.pop(0)
    return '\n'.join(lines) + '\n'


def testsource(module, name):
    """The examples of an object of a module as a script."""
    module = _normalize_module(module)
    found = [test for test in DocTestFinder().find(module) if test.name == name]
    if not found:
        raise ValueError(name, 'not found in tests')
    return script_from_examples(found[0].docstring)


def debug_src(src, pm=False, globs=None):
    """Run the examples of a text under the debugger."""
    debug_script(script_from_examples(src), pm, globs)


def debug_script(src, pm=False, globs=None):
    """Run a script under the debugger, or look at it when it has failed."""
    globs = {} if globs is None else globs.copy()
    if pm:
        try:
            exec(src, globs, globs)
        except:
            print(sys.exc_info()[1])
            debugger = pdb.Pdb(nosigint=True)
            debugger.reset()
            debugger.interaction(None, sys.exc_info()[2])
    else:
        pdb.Pdb(nosigint=True).run(f'exec({src!r})', globs, globs)


def debug(module, name, pm=False):
    """Run the examples of an object of a module under the debugger."""
    module = _normalize_module(module)
    debug_script(testsource(module, name), pm, module.__dict__)


def _test():
    import argparse
    parser = argparse.ArgumentParser(description='doctest runner')
    parser.add_argument('-v', '--verbose', action='store_true', default=False, help='print very verbose output for all tests')
    parser.add_argument('-o', '--option', action='append', choices=OPTIONFLAGS_BY_NAME.keys(), default=[],
                        help='specify a doctest option flag to apply to the test run; may be specified more than once to '
                             'apply multiple options')
    parser.add_argument('-f', '--fail-fast', action='store_true',
                        help='stop running tests after first failure (this is a shorthand for -o FAIL_FAST, and is in '
                             'addition to any other -o options)')
    parser.add_argument('file', nargs='+', help='file containing the tests to run')
    args = parser.parse_args()
    options = 0
    for option in args.option:
        options |= OPTIONFLAGS_BY_NAME[option]
    if args.fail_fast:
        options |= FAIL_FAST
    for filename in args.file:
        if filename.endswith('.py'):
            folder, name = os.path.split(filename)
            sys.path.insert(0, folder)
            module = __import__(name[:-3])
            del sys.path[0]
            failures, _ = testmod(module, verbose=args.verbose, optionflags=options)
        else:
            failures, _ = testfile(filename, module_relative=False, verbose=args.verbose, optionflags=options)
        if failures:
            return 1
    return 0


if __name__ == '__main__':
    sys.exit(_test())
