"""TestResult: how each test went."""
import io
import sys
import traceback
from functools import wraps

from . import util

__unittest = True

STDOUT_LINE = '\nStdout:\n%s'
STDERR_LINE = '\nStderr:\n%s'


def failfast(method):
    """For methods that tell a failure: the run stops if the user wants that."""
    @wraps(method)
    def told(result, *args, **kw):
        if getattr(result, 'failfast', False):
            result.stop()
        return method(result, *args, **kw)
    return told


def _shown(text, form):
    """Held back output as a report shows it."""
    return form % (text.removesuffix('\n') + '\n') if text else ''


class TestResult:
    """Collects (test, text) pairs of what failed, and stops the run when asked to."""

    # What a suite remembers between two tests.
    _previousTestClass, _testRunEntered, _moduleSetUpFailed = None, False, False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.testsRun = 0
        for kind in ('failures', 'errors', 'skipped', 'expectedFailures', 'unexpectedSuccesses'):
            setattr(self, kind, [])
        self.shouldStop = self.failfast = False
        self.tb_locals = self.buffer = False
        # Where output goes, where it is held back, and whether it is to be shown in the end.
        self._original_stdout, self._original_stderr = sys.stdout, sys.stderr
        self._stdout_buffer = self._stderr_buffer = None
        self._mirrorOutput = False

    def __repr__(self):
        counts = f'run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}'
        return f'<{util.strclass(type(self))} {counts}>'

    def wasSuccessful(self):
        """Whether nothing has failed so far."""
        # A result that somebody else wrote may lack the last list.
        return not any((self.failures, self.errors, getattr(self, 'unexpectedSuccesses', None)))

    def stop(self):
        """Run no further tests."""
        self.shouldStop = True

    def printErrors(self):
        """Called at the end of a run."""

    # --- the life of a test ---

    def startTestRun(self):
        """Called once, before all tests."""

    def stopTestRun(self):
        """Called once, after all tests."""

    def startTest(self, test):
        """Called before each test."""
        self.testsRun, self._mirrorOutput = self.testsRun + 1, False
        self._setupStdout()

    def stopTest(self, test):
        """Called after each test."""
        self._restoreStdout()
        self._mirrorOutput = False

    # --- output that is held back ---

    def _setupStdout(self):
        if self.buffer:
            if self._stdout_buffer is None:
                self._stdout_buffer, self._stderr_buffer = io.StringIO(), io.StringIO()
            sys.stdout, sys.stderr = self._stdout_buffer, self._stderr_buffer

    def _restoreStdout(self):
        if not self.buffer:
            return
        if self._mirrorOutput:
            out, err = self.__held_texts()
            self._original_stdout.write(out)
            self._original_stderr.write(err)
        sys.stdout, sys.stderr = self._original_stdout, self._original_stderr
        for held in (self._stdout_buffer, self._stderr_buffer):
            held.truncate(held.seek(0))

    def __held_texts(self):
        """What stdout and stderr have held back, as it is shown."""
        return [_shown(sys.stdout.getvalue(), STDOUT_LINE), _shown(sys.stderr.getvalue(), STDERR_LINE)]

    # --- outcomes ---

    def __note(self, where, test, err, shown_for=None):
        """Notes a failure; err is what sys.exc_info() gave."""
        where += [(shown_for or test, self._exc_info_to_string(err, test))]
        self._mirrorOutput = True

    def addSuccess(self, test):
        """The test passed."""

    @failfast
    def addFailure(self, test, err):
        """An assertion did not hold."""
        self.__note(self.failures, test, err)

    @failfast
    def addError(self, test, err):
        """The test raised something unexpected."""
        self.__note(self.errors, test, err)

    def addSubTest(self, test, subtest, err):
        """A subtest ended; err is None if it passed."""
        if err is not None:
            if getattr(self, 'failfast', False):
                self.stop()
            failed = issubclass(err[0], test.failureException)
            self.__note(self.failures if failed else self.errors, test, err, subtest)

    def addExpectedFailure(self, test, err):
        """The test failed as it was said to."""
        self.expectedFailures += [(test, self._exc_info_to_string(err, test))]

    @failfast
    def addUnexpectedSuccess(self, test):
        """The test should have failed, but did not."""
        self.unexpectedSuccesses += [test]

    def addSkip(self, test, reason):
        """The test was left out."""
        self.skipped += [(test, reason)]

    # --- text of what went wrong ---

    def _exc_info_to_string(self, err, test):
        kind, value, tb = err
        shown = traceback.TracebackException(kind, value, self._clean_tracebacks(kind, value, tb, test),
                                             capture_locals=self.tb_locals, compact=True)
        return ''.join([*shown.format(), *(self.__held_texts() if self.buffer else ())])

    def _clean_tracebacks(self, exctype, value, tb, test):
        """Take this package's frames off the exception and those that it came from; the traceback that is left."""
        cleaned = self.__cleaned(exctype, tb, test)
        waiting, seen = [value], {id(value)}
        while waiting:
            exc = waiting.pop()
            for earlier in (exc.__cause__, exc.__context__) if exc is not None else ():
                if earlier is not None and id(earlier) not in seen:
                    seen.add(id(earlier))
                    earlier.__traceback__ = self.__cleaned(type(earlier), earlier.__traceback__, test)
                    waiting.append(earlier)
        return cleaned

    def __cleaned(self, kind, tb, test):
        while tb and self._is_relevant_tb_level(tb):
            tb = tb.tb_next
        if kind is test.failureException:
            self._remove_unittest_tb_frames(tb)
        return tb

    def _is_relevant_tb_level(self, tb):
        return '__unittest' in tb.tb_frame.f_globals

    def _remove_unittest_tb_frames(self, tb):
        """Cut a traceback where it enters an assert method."""
        own = None
        while tb and not self._is_relevant_tb_level(tb):
            own, tb = tb, tb.tb_next
        if own:
            own.tb_next = None
