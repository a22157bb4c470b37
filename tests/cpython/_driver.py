"""Runs one module of CPython's test-suite in the interpreter that runs this, and notes how each test went.

    python _driver.py REPORT MODULE [UNITTEST_TESTS]

REPORT gets a line for each test, `outcome name`, at once, so that a crash loses nothing. Only what a test module itself
needs is imported here.
"""
import os
import sys
import types
import unittest


def _leave_out_insides(support):
    """What the suite itself marks as a detail of CPython is asked of no interpreter, CPython included: so the counts of
    both are counts of the same tests."""
    def is_asked_for(**guards):
        names, default = support._parse_guards(guards)
        return names.get('gila', default)

    support.check_impl_detail = is_asked_for


# Modules that cannot even be imported without CPython's own test modules in C, though most of their tests need none.
_NEED_STAND_INS = {'test_call', 'test_compile', 'test_traceback'}


class _StandIn(types.ModuleType):
    """In place of such a module, under every interpreter: whatever it is asked for is itself. What really needs the
    module fails."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __getitem__(self, key):
        return self


def _stand_in(module):
    if module in _NEED_STAND_INS:
        for name in ('_testcapi', '_testinternalcapi'):
            sys.modules[name] = _StandIn(name)


# What asks for the network, and then talks to itself alone.
_ON_ITS_OWN_NETWORK = {'test_socketserver'}

# Tests that never end, under CPython as well: a virtual machine that cannot reach itself by its own sockets.
_ENDLESS = {'test_socket': 'test_socket.ThreadedVSOCKSocketStreamTest.'}


def _without(tests, name):
    """The tests of a suite, in order, without those of that name."""
    if isinstance(tests, unittest.TestSuite):
        return unittest.TestSuite(filter(None, (_without(part, name) for part in tests)))
    return None if name in tests.id() else tests


class _Noting(unittest.TestResult):
    report = None

    def startTest(self, test):
        super().startTest(test)
        self._failed = False
        self._note('start', test)

    def _note(self, outcome, test):
        os.write(self.report, f'{outcome} {test.id()}\n'.encode('utf-8', 'backslashreplace'))

    def _text(self, test):
        where = self.errors or self.failures
        if where:
            os.write(2, f'--- {test.id()}\n{where[-1][1]}\n'.encode('utf-8', 'backslashreplace'))
            where.clear()

    def addSuccess(self, test):
        self._note('pass', test)

    def addError(self, test, err):
        super().addError(test, err)
        self._failed = True
        self._note('error', test)
        self._text(test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._failed = True
        self._note('fail', test)
        self._text(test)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            if not self._failed:
                self._note('fail', test)
            self._failed = True
            self._text(subtest)

    def addSkip(self, test, reason):
        self._note('skip', test)

    def addExpectedFailure(self, test, err):
        self._note('pass', test)

    def addUnexpectedSuccess(self, test):
        self._note('fail', test)


def main():
    report, name = sys.argv[1:3]
    _Noting.report = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    if len(sys.argv) > 3:
        # unittest's own tests are a package inside unittest.
        unittest.__path__.append(sys.argv[3])
    del sys.argv[1:]
    from test import support
    from test.support import script_helper
    # The package `test` is found by PYTHONPATH alone: programs that tests start must not ignore it.
    script_helper.__cached_interp_requires_environment = True
    _leave_out_insides(support)
    _stand_in(name)
    # Nothing that is large, slow, or on the network.
    support.use_resources = ('network',) if name in _ON_ITS_OWN_NETWORK else ()
    support.verbose = False
    full = f'test.{name}'
    loader = unittest.defaultTestLoader
    try:
        __import__(full)
        module = sys.modules[full]
        tests = loader.loadTestsFromModule(module)
    except unittest.SkipTest as skipped:
        os.write(_Noting.report, f'skipped {skipped}\n'.encode('utf-8', 'backslashreplace'))
        return
    if name in _ENDLESS:
        tests = _without(tests, _ENDLESS[name])
    result = _Noting()
    for error in loader.errors:
        os.write(2, error.encode('utf-8', 'backslashreplace'))
    tests.run(result)
    os.write(_Noting.report, b'end\n')


if __name__ == '__main__':
    main()
