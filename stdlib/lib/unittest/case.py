"""TestCase: a class whose test methods are run one by one, each on an instance of its own."""
import contextlib
import functools
import sys
import types
import warnings

from . import result
from ._assertions import DIFF_OMITTED, Assertions
from ._contexts import (_AssertLogsContext, _AssertRaisesBaseContext, _AssertRaisesContext, _AssertWarnsContext,
                        _BaseTestCaseContext, _is_subtype)
from .util import safe_repr, strclass

__unittest = True

_subtest_msg_sentinel = object()


class SkipTest(Exception):
    """Raised to leave a test out; skip and its relatives do so."""


class _ShouldStop(Exception):
    """The test is over: a subtest has failed, and the run stops at the first failure."""


class _UnexpectedSuccess(Exception):
    """The test should have failed, and the result has no word for that."""


# --- how one test goes ---

class _Outcome:
    """What has happened in the parts of one test: setUp, the method, its subtests, tearDown, cleanups."""

    expectedFailure = None
    expecting_failure = False
    success = True

    def __init__(self, result=None):
        self.result = result
        self.result_supports_subtests = hasattr(result, 'addSubTest')

    @contextlib.contextmanager
    def testPartExecutor(self, test_case, subTest=False):
        """Run a part; what it raises is told to the result."""
        so_far, self.success = self.success, True
        try:
            yield
        except (KeyboardInterrupt, _ShouldStop) as end:
            if isinstance(end, KeyboardInterrupt):
                raise
        except SkipTest as skipped:
            self.success = False
            _addSkip(self.result, test_case, str(skipped))
        except:
            self._failed(test_case, subTest, sys.exc_info())
        else:
            if self.success and subTest:
                self.result.addSubTest(test_case.test_case, test_case, None)
        finally:
            self.success = so_far and self.success

    def _failed(self, test_case, is_subtest, error):
        if self.expecting_failure:
            self.expectedFailure = error
            return
        self.success = False
        if is_subtest:
            self.result.addSubTest(test_case.test_case, test_case, error)
        elif self.result is not None:
            is_failure = issubclass(error[0], test_case.failureException)
            (self.result.addFailure if is_failure else self.result.addError)(test_case, error)


def _tell(result, method, test, *what, otherwise):
    """Call a method that results of long ago do not have. False if it is missing: a warning says what is done then."""
    add = getattr(result, method, None)
    if add is None:
        warnings.warn(f'TestResult has no {method} method, {otherwise}', RuntimeWarning, 3)
        return False
    add(test, *what)
    return True


def _addSkip(result, test_case, reason):
    if not _tell(result, 'addSkip', test_case, reason, otherwise='skips not reported'):
        result.addSuccess(test_case)


# --- managers and cleanups of classes and modules ---

def _enter_context(manager, add_cleanup):
    kind = type(manager)
    enter, leave = (getattr(kind, name, None) for name in ('__enter__', '__exit__'))
    if enter is None or leave is None:
        name = f'{kind.__module__}.{kind.__qualname__}'
        raise TypeError(f"'{name}' object does not support the context manager protocol")
    value = enter(manager)
    add_cleanup(leave, manager, None, None, None)
    return value


def _cleaning(cleanups):
    """The calls that were put on a list, the last first; each is off it before it is made, for it may add others."""
    while cleanups:
        function, args, kwargs = cleanups.pop()
        yield functools.partial(function, *args, **kwargs)


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Call the function after tearDownModule; the last one added is called first."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    """Enter a context manager now, leave it after tearDownModule."""
    return _enter_context(cm, addModuleCleanup)


def doModuleCleanups():
    """Call what addModuleCleanup has collected; the first exception comes out when all are done."""
    errors = []
    for call in _cleaning(_module_cleanups):
        try:
            call()
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]


# --- decorators ---

def _id(obj):
    return obj


def skip(reason):
    """Leave out the test method or class, for this reason."""
    if isinstance(reason, types.FunctionType):  # @skip without its parentheses
        return skip('')(reason)

    def decorator(test_item):
        skipped = test_item
        if not isinstance(test_item, type):
            @functools.wraps(test_item)
            def skipped(*args, **kwargs):
                raise SkipTest(reason)
        skipped.__unittest_skip__, skipped.__unittest_skip_why__ = True, reason
        return skipped
    return decorator


def skipIf(condition, reason):
    """Leave it out if the condition is true."""
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    """Leave it out if the condition is false."""
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    """The test method or class is known to fail: it is an error if it does not."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


# --- tests ---

class TestCase(Assertions):
    """A test: a subclass has methods test*, each of which is one.

    setUp runs before each and tearDown after it, setUpClass and tearDownClass once around all of the class. A test
    fails when it raises failureException, as the assert methods do; anything else that it raises is an error.
    """

    _classSetupFailed, _class_cleanups = False, []
    _outcome = _subtest = None
    _EQUALITIES = {dict: 'assertDictEqual', list: 'assertListEqual', tuple: 'assertTupleEqual', set: 'assertSetEqual',
                   frozenset: 'assertSetEqual', str: 'assertMultiLineEqual'}

    def __init_subclass__(cls, *args, **kwargs):
        cls._classSetupFailed, cls._class_cleanups = False, []  # each class has its own
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName='runTest'):
        self._testMethodName = methodName  # the method may be made when it is asked for
        method = getattr(self, methodName, None)
        # A case without runTest may be made to try its assert methods out.
        if method is None and methodName != 'runTest':
            raise ValueError(f'no such test method in {self.__class__}: {methodName}')
        self._testMethodDoc = 'No test' if method is None else method.__doc__
        self._cleanups, self._type_equality_funcs = [], {}
        for kind, name in self._EQUALITIES.items():
            self.addTypeEqualityFunc(kind, name)

    # --- fixtures ---

    def setUp(self):
        """Called before the test method."""

    def tearDown(self):
        """Called after the test method, if setUp succeeded."""

    @classmethod
    def setUpClass(cls):
        """Called once before the tests of the class."""

    @classmethod
    def tearDownClass(cls):
        """Called once after the tests of the class."""

    def addCleanup(self, function, /, *args, **kwargs):
        """Call the function after tearDown, and also if setUp fails; the last one added is called first."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enter a context manager now, leave it as a cleanup."""
        return _enter_context(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Call the function after tearDownClass, and also if setUpClass fails."""
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        """Enter a context manager now, leave it as a cleanup of the class."""
        return _enter_context(cm, cls.addClassCleanup)

    # --- what it is called ---

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        return result.TestResult()

    def shortDescription(self):
        """The first line of the method's documentation, or None."""
        return _first_line((self._testMethodDoc or '').strip())

    def id(self):
        return f'{strclass(self.__class__)}.{self._testMethodName}'

    def __eq__(self, other):
        return self._identity() == other._identity() if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash(self._identity())

    def _identity(self):
        return type(self), self._testMethodName

    def __str__(self):
        return f'{self._testMethodName} ({strclass(self.__class__)}.{self._testMethodName})'

    def __repr__(self):
        return f'<{strclass(self.__class__)} testMethod={self._testMethodName}>'

    # --- subtests ---

    @contextlib.contextmanager
    def subTest(self, msg=_subtest_msg_sentinel, **params):
        """A part of the test with a name: when it fails the test goes on behind the with block."""
        if self._outcome is None or not self._outcome.result_supports_subtests:
            yield
            return
        outer, outcome = self._subtest, self._outcome
        # The parameters of the subtest around it come last, and its own win.
        inherited = {} if outer is None else {key: value for key, value in outer.params.items() if key not in params}
        self._subtest = _SubTest(self, msg, {**params, **inherited})
        try:
            with outcome.testPartExecutor(self._subtest, subTest=True):
                yield
            stop_now = outcome.expectedFailure if outcome.success else getattr(outcome.result, 'failfast', False)
            if stop_now:
                raise _ShouldStop
        finally:
            self._subtest = outer

    # --- running ---

    def skipTest(self, reason):
        """Leave out the rest of this test."""
        raise SkipTest(reason)

    # What a subclass replaces to run the parts in another way.
    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        if method() is not None:
            warnings.warn(f'It is deprecated to return a value that is not None from a test case ({method})',
                          DeprecationWarning, stacklevel=4)

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def _reason_to_skip(self, method):
        if getattr(self.__class__, '__unittest_skip__', False) or getattr(method, '__unittest_skip__', False):
            return (getattr(self.__class__, '__unittest_skip_why__', '')
                    or getattr(method, '__unittest_skip_why__', ''))
        return None

    def run(self, result=None):
        """Run the test; the result is told how it went."""
        stop_run = None
        if result is None:
            result = self.defaultTestResult()
            start_run, stop_run = getattr(result, 'startTestRun', None), getattr(result, 'stopTestRun', None)
            if start_run is not None:
                start_run()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            reason = self._reason_to_skip(method)
            if reason is not None:
                _addSkip(result, self, reason)
                return result
            self._outcome = outcome = _Outcome(result)
            try:
                self._run_parts(outcome, method)
                if outcome.success:
                    self._tell_success(outcome, result)
                return result
            finally:
                # Both hold the exceptions, which hold frames, which hold this.
                outcome.expectedFailure = None
                outcome = self._outcome = None
        finally:
            result.stopTest(self)
            if stop_run is not None:
                stop_run()

    def _run_parts(self, outcome, method):
        expecting = (getattr(self, '__unittest_expecting_failure__', False)
                     or getattr(method, '__unittest_expecting_failure__', False))
        with outcome.testPartExecutor(self):
            self._callSetUp()
        if outcome.success:
            outcome.expecting_failure = expecting
            with outcome.testPartExecutor(self):
                self._callTestMethod(method)
            outcome.expecting_failure = False
            with outcome.testPartExecutor(self):
                self._callTearDown()
        self.doCleanups()
        self._expecting = expecting

    def _tell_success(self, outcome, result):
        if not self._expecting:
            result.addSuccess(self)
        elif outcome.expectedFailure:
            if not _tell(result, 'addExpectedFailure', self, outcome.expectedFailure, otherwise='reporting as passes'):
                result.addSuccess(self)
        elif not _tell(result, 'addUnexpectedSuccess', self, otherwise='reporting as failure'):
            # A result that knows failures takes an exception only.
            try:
                raise _UnexpectedSuccess from None
            except _UnexpectedSuccess:
                result.addFailure(self, sys.exc_info())

    def doCleanups(self):
        """Call what addCleanup has collected; whether all went well."""
        outcome = self._outcome or _Outcome()
        for call in _cleaning(self._cleanups):
            with outcome.testPartExecutor(self):
                self._callCleanup(call.func, *call.args, **call.keywords)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        """Call what addClassCleanup has collected; what they raise is put into tearDown_exceptions."""
        errors = cls.tearDown_exceptions = []
        for call in _cleaning(cls._class_cleanups):
            try:
                call()
            except Exception:
                errors.append(sys.exc_info())

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the test without a result: what it raises comes out."""
        method = getattr(self, self._testMethodName)
        reason = self._reason_to_skip(method)
        if reason is not None:
            raise SkipTest(reason)
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        for call in _cleaning(self._cleanups):
            self._callCleanup(call.func, *call.args, **call.keywords)


def _first_line(text):
    return text.partition('\n')[0].strip() or None


class FunctionTestCase(TestCase):
    """A plain function as a test."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._setUpFunc, self._tearDownFunc = setUp, tearDown
        self._testFunc, self._description = testFunc, description

    def setUp(self):
        self._call_if_given(self._setUpFunc)

    def tearDown(self):
        self._call_if_given(self._tearDownFunc)

    @staticmethod
    def _call_if_given(function):
        if function is not None:
            function()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def _identity(self):
        return type(self), self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        return self._identity() == other._identity() if isinstance(other, type(self)) else NotImplemented

    __hash__ = TestCase.__hash__

    def __str__(self):
        return f'{strclass(self.__class__)} ({self._testFunc.__name__})'

    def __repr__(self):
        return f'<{strclass(self.__class__)} tec={self._testFunc}>'

    def shortDescription(self):
        given = self._description
        return _first_line(self._testFunc.__doc__ or '') if given is None else given


class _SubTest(TestCase):
    """What a result is given for a subtest."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self.test_case, self._message, self.params = test_case, message, params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError('subtests cannot be run directly')

    def _subDescription(self):
        message = None if self._message is _subtest_msg_sentinel else f'[{self._message}]'
        params = ', '.join([f'{key}={value!r}' for key, value in self.params.items()])
        return ' '.join(filter(None, [message, params and f'({params})'])) or '(<subtest>)'

    def id(self):
        return f'{self.test_case.id()} {self._subDescription()}'

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f'{self.test_case} {self._subDescription()}'
