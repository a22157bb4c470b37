"""Running tests with the outcome written to a stream."""
import sys
import time
import warnings

from . import result
from .case import _SubTest
from .signals import registerResult

__unittest = True


class _WritelnDecorator:
    """A stream with writeln()."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, attr):
        # A copy has no stream at first, and nothing to ask.
        if attr not in ('stream', '__getstate__'):
            return getattr(self.stream, attr)
        raise AttributeError(attr)

    def writeln(self, arg=None):
        self.write(f'{arg}\n' if arg else '\n')


class TextTestResult(result.TestResult):
    """A result that writes a letter for each test, or a line if it is to be verbose."""

    separator1, separator2 = '=' * 70, '-' * 70

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions = stream, descriptions
        self.dots, self.showAll = verbosity == 1, verbosity > 1
        # Whether the stream stands at the beginning of a line.
        self._newline = True

    def getDescription(self, test):
        lines = [str(test), self.descriptions and test.shortDescription()]
        return '\n'.join(filter(None, lines))

    # --- each test ---

    def __write(self, *pieces):
        for piece in pieces:
            self.stream.write(piece)
        self.stream.flush()

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.__write(self.getDescription(test), ' ... ')
            self._newline = False

    def _write_status(self, test, status):
        """The end of a line; subtests, and what stands behind them, have lines of their own."""
        within = isinstance(test, _SubTest)
        if within and not self._newline:
            self.stream.writeln()
        if within or self._newline:
            self.__write('  ' if within else '', self.getDescription(test), ' ... ')
        self.stream.writeln(status)
        self.stream.flush()
        self._newline = True

    def _show(self, test, words, letter):
        if self.showAll:
            self._write_status(test, words)
        elif self.dots:
            self.__write(letter)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._show(test, 'ok', '.')

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._show(test, 'FAIL', 'F')

    def addError(self, test, err):
        super().addError(test, err)
        self._show(test, 'ERROR', 'E')

    def addSubTest(self, test, subtest, err):
        if err is not None:
            words = 'FAIL' if issubclass(err[0], subtest.failureException) else 'ERROR'
            self._show(subtest, words, words[0])
        super().addSubTest(test, subtest, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._show(test, f'skipped {reason!r}', 's')

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._show(test, 'expected failure', 'x')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._show(test, 'unexpected success', 'u')

    # --- the end ---

    def printErrors(self):
        if self.showAll or self.dots:
            self.__write('\n')
        for flavour, pairs in (('ERROR', self.errors), ('FAIL', self.failures)):
            self.printErrorList(flavour, pairs)
        successes = getattr(self, 'unexpectedSuccesses', None)
        if successes:
            lines = (f'UNEXPECTED SUCCESS: {self.getDescription(test)}' for test in successes)
            self.__write(*(f'{line}\n' for line in (self.separator1, *lines)))

    def printErrorList(self, flavour, errors):
        for test, text in errors:
            title = f'{flavour}: {self.getDescription(test)}'
            self.__write(*(f'{line}\n' for line in (self.separator1, title, self.separator2, text)))


class TextTestRunner:
    """Runs tests and writes how they went, to sys.stderr unless told otherwise."""

    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
                 warnings=None, *, tb_locals=False):
        self.stream = _WritelnDecorator(stream if stream is not None else sys.stderr)
        self.descriptions, self.verbosity, self.warnings = descriptions, verbosity, warnings
        self.failfast, self.buffer, self.tb_locals = failfast, buffer, tb_locals
        self.resultclass = resultclass or self.resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        """Run a test or a suite; the result."""
        outcome = self._makeResult()
        registerResult(outcome)
        for option in ('failfast', 'buffer', 'tb_locals'):
            setattr(outcome, option, getattr(self, option))
        with warnings.catch_warnings():
            self._set_filters()
            began = time.perf_counter()
            self._run_all(test, outcome)
            seconds = time.perf_counter() - began
        self._summarise(outcome, seconds)
        return outcome

    def _set_filters(self):
        if not self.warnings:
            return
        warnings.simplefilter(self.warnings)
        if self.warnings in ('default', 'always'):
            # These would come for every call.
            warnings.filterwarnings('module', r'Please use assert\w+ instead.', DeprecationWarning)

    @staticmethod
    def _run_all(test, outcome):
        # Results of old times know nothing of the whole run.
        getattr(outcome, 'startTestRun', lambda: None)()
        try:
            test(outcome)
        finally:
            getattr(outcome, 'stopTestRun', lambda: None)()

    def _summarise(self, outcome, seconds):
        outcome.printErrors()
        if hasattr(outcome, 'separator2'):
            self.stream.writeln(outcome.separator2)
        count = outcome.testsRun
        self.stream.writeln(f"Ran {count} {'test' if count == 1 else 'tests'} in {seconds:.3f}s")
        self.stream.writeln()
        good = outcome.wasSuccessful()
        kinds = {'skipped': 'skipped', 'expected failures': 'expectedFailures',
                 'unexpected successes': 'unexpectedSuccesses'}
        if not good:
            kinds = {'failures': 'failures', 'errors': 'errors', **kinds}
        sizes = {words: len(getattr(outcome, name, ())) for words, name in kinds.items()}
        notes = ', '.join(f'{words}={size}' for words, size in sizes.items() if size)
        self.stream.write(f"{'OK' if good else 'FAILED'}{f' ({notes})' if notes else ''}\n")
        self.stream.flush()
