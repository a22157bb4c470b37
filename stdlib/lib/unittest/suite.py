"""Suites: tests in a row, with the fixtures of their classes and modules around them."""
import sys

from . import case, util

__unittest = True


class BaseTestSuite:
    """Tests and suites in a row, without fixtures."""

    _cleanup = True

    def __init__(self, tests=()):
        self._tests, self._removed_tests = [], 0
        self.addTests(tests)

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        return [*self] == [*other] if isinstance(other, type(self)) else NotImplemented

    def __repr__(self):
        return f'<{util.strclass(type(self))} tests={[*self]}>'

    def countTestCases(self):
        """How many tests there are, those that have run and gone included."""
        left = (test.countTestCases() for test in self if test)
        return sum(left, self._removed_tests)

    def addTest(self, test):
        """Append a test or a suite."""
        if not callable(test):
            raise TypeError(f'{test!r} is not callable')
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError('TestCases and TestSuites must be instantiated before passing them to addTest()')
        self._tests += [test]

    def addTests(self, tests):
        """Append several."""
        if isinstance(tests, str):
            raise TypeError('tests must be an iterable of tests, not a string')
        for each in tests:
            self.addTest(each)

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def run(self, result):
        """Run every test until the result says stop."""
        for test in self._in_turn(result):
            test(result)
        return result

    def debug(self):
        """Run every test without a result: what is raised comes out."""
        for each in self:
            each.debug()

    def _in_turn(self, result):
        """The tests until the result says stop; each is let go of when the next one is asked for."""
        for index, test in enumerate(self):
            if result.shouldStop:
                return
            yield test
            if self._cleanup:
                self._removeTestAtIndex(index)

    def _removeTestAtIndex(self, index):
        """Let go of a test that has run, so that what it holds can be freed."""
        try:
            gone, self._tests[index] = self._tests[index], None
        except TypeError:
            return  # a suite of the program that keeps its tests elsewhere
        self._removed_tests += gone.countTestCases() if hasattr(gone, 'countTestCases') else 0


class _Output:
    """Around fixtures: the result holds output back, if it can."""

    def __init__(self, result):
        self.result = result

    def __enter__(self):
        getattr(self.result, '_setupStdout', _nothing)()

    def __exit__(self, *exc):
        getattr(self.result, '_restoreStdout', _nothing)()


def _nothing():
    pass


class TestSuite(BaseTestSuite):
    """Tests in a row; setUpClass, setUpModule and their opposites are called where class or module change."""

    def run(self, result, debug=False):
        entered, result._testRunEntered = getattr(result, '_testRunEntered', False), True
        for test in self._in_turn(result):
            if _isnotsuite(test) and not self._prepare(test, result):
                continue
            if debug:
                test.debug()
            else:
                test(result)
        if not entered:
            # This is the outermost suite.
            self._tearDownPreviousClass(None, result)
            self._handleModuleTearDown(result)
            result._testRunEntered = False
        return result

    def debug(self):
        self.run(_DebugResult(), debug=True)

    def _prepare(self, test, result):
        """Calls the fixtures that come before a test; whether it can run."""
        for step in (self._tearDownPreviousClass, self._handleModuleFixture, self._handleClassSetUp):
            step(test, result)
        result._previousTestClass = type(test)
        return not self._is_broken(type(test), result)

    @staticmethod
    def _is_broken(cls, result):
        return getattr(cls, '_classSetupFailed', False) or getattr(result, '_moduleSetUpFailed', False)

    def _attempt(self, fixture, result, method, parent, failed=_nothing):
        """Calls a fixture. What it raises goes into the result, and then `failed` is called."""
        try:
            fixture()
        except Exception as error:
            if isinstance(result, _DebugResult):
                raise
            failed()
            self._createClassOrModuleLevelException(result, error, method, parent)

    # --- classes ---

    def _handleClassSetUp(self, test, result):
        cls = type(test)
        if cls == getattr(result, '_previousTestClass', None) or result._moduleSetUpFailed:
            return
        if getattr(cls, '__unittest_skip__', False):
            return
        _mark(cls, False)
        if (fixture := getattr(cls, 'setUpClass', None)) is None:
            return
        failures = []

        def failed():
            failures.append(cls)
            _mark(cls, True)

        with _Output(result):
            self._attempt(fixture, result, 'setUpClass', util.strclass(cls), failed)
            if failures:
                self._clean_up_class(cls, result, 'setUpClass')

    def _tearDownPreviousClass(self, test, result):
        cls = getattr(result, '_previousTestClass', None)
        if cls is None or cls == type(test) or self._is_broken(cls, result) or getattr(cls, '__unittest_skip__', False):
            return
        with _Output(result):
            fixture = getattr(cls, 'tearDownClass', _nothing)
            self._attempt(fixture, result, 'tearDownClass', util.strclass(cls))
            self._clean_up_class(cls, result, 'tearDownClass')

    def _clean_up_class(self, cls, result, method):
        if not hasattr(cls, 'doClassCleanups'):
            return
        cls.doClassCleanups()
        for info in cls.tearDown_exceptions:
            if isinstance(result, _DebugResult):
                raise info[1]
            self._createClassOrModuleLevelException(result, info[1], method, util.strclass(cls), info=info)

    # --- modules ---

    def _get_previous_module(self, result):
        return getattr(getattr(result, '_previousTestClass', None), '__module__', None)

    def _handleModuleFixture(self, test, result):
        name = type(test).__module__
        if name == self._get_previous_module(result):
            return
        self._handleModuleTearDown(result)
        result._moduleSetUpFailed = False
        fixture = getattr(sys.modules.get(name), 'setUpModule', None)
        if fixture is None:
            return

        def failed():
            result._moduleSetUpFailed = True

        with _Output(result):
            self._attempt(fixture, result, 'setUpModule', name, failed)
            if result._moduleSetUpFailed:
                self._attempt(case.doModuleCleanups, result, 'setUpModule', name)

    def _handleModuleTearDown(self, result):
        name = self._get_previous_module(result)
        if name not in sys.modules or result._moduleSetUpFailed:
            return
        with _Output(result):
            for fixture in (getattr(sys.modules[name], 'tearDownModule', _nothing), case.doModuleCleanups):
                self._attempt(fixture, result, 'tearDownModule', name)

    # --- errors that belong to no test ---

    def _createClassOrModuleLevelException(self, result, exc, method_name, parent, info=None):
        self._addClassOrModuleLevelException(result, exc, f'{method_name} ({parent})', info)

    def _addClassOrModuleLevelException(self, result, exception, errorName, info=None):
        error = _ErrorHolder(errorName)
        add_skip = getattr(result, 'addSkip', None)
        if add_skip is not None and isinstance(exception, case.SkipTest):
            add_skip(error, str(exception))
        else:
            result.addError(error, info or sys.exc_info())


def _mark(cls, failed):
    """Notes whether setUpClass of a class has failed."""
    try:
        cls._classSetupFailed = failed
    except TypeError:
        pass  # a type whose attributes cannot be set


class _ErrorHolder:
    """Stands for a test in a result, when a fixture of a class or module has failed."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def __str__(self):
        return self.description

    id = __str__

    def __repr__(self):
        return f'<ErrorHolder description={self.description!r}>'

    def shortDescription(self):
        """It has none."""

    def countTestCases(self):
        return 0

    def run(self, result):
        """There is nothing to run."""

    def __call__(self, result):
        self.run(result)


def _isnotsuite(test):
    """Whether it is a test: it cannot be iterated over."""
    try:
        iter(test)
    except TypeError:
        return True
    else:
        return False


class _DebugResult:
    """As much of a result as running without one needs."""

    shouldStop = _moduleSetUpFailed = False
    _previousTestClass = None
