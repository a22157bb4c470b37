"""The command line of unittest."""
import functools
import os
import sys

from . import loader, runner
from .signals import installHandler

__unittest = True

_MAIN_EXAMPLES = '''\
Examples:
  %(prog)s test_module               - run tests from test_module
  %(prog)s module.TestClass          - run tests from module.TestClass
  %(prog)s module.Class.test_method  - run specified test method
  %(prog)s path/to/test_file.py      - run tests from test_file.py
'''

_MODULE_EXAMPLES = '''\
Examples:
  %(prog)s                           - run default set of tests
  %(prog)s MyTestSuite               - run suite 'MyTestSuite'
  %(prog)s MyTestCase.testSomething  - run MyTestCase.testSomething
  %(prog)s MyTestCase                - run all 'test*' test methods
                                       in MyTestCase
'''


def _convert_name(name):
    """A path of a file becomes the name of a module."""
    if not os.path.isfile(name) or not name.lower().endswith('.py'):
        return name
    if os.path.isabs(name):
        relative = os.path.relpath(name, os.getcwd())
        if os.path.isabs(relative) or relative.startswith(os.pardir):
            return name
        name = relative
    return os.path.normpath(name)[:-3].replace('\\', '.').replace('/', '.')


def _convert_names(names):
    return [_convert_name(name) for name in names]


def _convert_select_pattern(pattern):
    return pattern if '*' in pattern else f'*{pattern}*'


# The options that both ways of running have: attribute, flags, what argparse is told.
_CONST = {'dest': 'verbosity', 'action': 'store_const'}
_OPTIONS = (
    (('-v', '--verbose'), {**_CONST, 'const': 2, 'help': 'Verbose output'}),
    (('-q', '--quiet'), {**_CONST, 'const': 0, 'help': 'Quiet output'}),
    (('--locals',), {'dest': 'tb_locals', 'action': 'store_true', 'help': 'Show local variables in tracebacks'}),
)
# Options that are left out when the program has decided already.
_SWITCHES = {
    'failfast': ('-f', '--failfast', 'Stop on first fail or error'),
    'catchbreak': ('-c', '--catch', 'Catch Ctrl-C and display results so far'),
    'buffer': ('-b', '--buffer', 'Buffer stdout and stderr during tests'),
}
# Options of discovery; without their flags they can be given in this order.
_PLACES = {
    'start': ('-s', '--start-directory', "Directory to start discovery ('.' default)"),
    'pattern': ('-p', '--pattern', "Pattern to match tests ('test*.py' default)"),
    'top': ('-t', '--top-level-directory', 'Top level directory of project (defaults to start directory)'),
}


def _find_module(module):
    """A module, which may be given by its name."""
    if not isinstance(module, str):
        return module
    # What an import gives is the package at the top.
    return functools.reduce(getattr, module.split('.')[1:], __import__(module))


class TestProgram:
    """Loads the tests that the command line names, runs them, and exits with their outcome."""

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(self, module='__main__', defaultTest=None, argv=None, testRunner=None,
                 testLoader=loader.defaultTestLoader, exit=True, verbosity=1, failfast=None, catchbreak=None,
                 buffer=None, warnings=None, *, tb_locals=False):
        if warnings is None and not sys.warnoptions:
            # Warnings that are usually hidden are shown once.
            warnings = 'default'
        vars(self).update(
            module=_find_module(module), defaultTest=defaultTest, testRunner=testRunner, testLoader=testLoader, exit=exit,
            verbosity=verbosity, failfast=failfast, catchbreak=catchbreak, buffer=buffer, warnings=warnings,
            tb_locals=tb_locals)
        command = sys.argv if argv is None else argv
        self.progName = os.path.basename(command[0])
        self.parseArgs(command)
        self.runTests()

    # --- options ---

    def _initArgParsers(self):
        common = self._getParentArgParser()
        self._main_parser = self._getMainArgParser(common)
        self._discovery_parser = self._getDiscoveryArgParser(common)

    def _getParentArgParser(self):
        from argparse import ArgumentParser
        parser = ArgumentParser(add_help=False)
        for flags, how in _OPTIONS:
            parser.add_argument(*flags, **how)
        for attribute, (*flags, text) in _SWITCHES.items():
            if getattr(self, attribute) is None:
                setattr(self, attribute, False)
                parser.add_argument(*flags, dest=attribute, action='store_true', help=text)
        if self.testNamePatterns is None:
            self.testNamePatterns = []
            parser.add_argument('-k', action='append', dest='testNamePatterns', type=_convert_select_pattern,
                                help='Only run tests which match the given substring')
        return parser

    def _getMainArgParser(self, parent):
        from argparse import ArgumentParser
        parser = ArgumentParser(prog=self.progName, parents=[parent])
        parser.add_argument('tests', nargs='*', help='a list of any number of test modules, classes and test methods.')
        parser.print_help = self._print_help
        return parser

    def _getDiscoveryArgParser(self, parent):
        from argparse import SUPPRESS, ArgumentParser
        parser = ArgumentParser(
            prog=f'{self.progName} discover', parents=[parent],
            epilog='For test discovery all test modules must be importable from the top level directory of the project.')
        for attribute, (*flags, text) in _PLACES.items():
            parser.add_argument(*flags, dest=attribute, help=text)
        for attribute in _PLACES:
            parser.add_argument(attribute, nargs='?', default=SUPPRESS, help=SUPPRESS)
        return parser

    def _print_help(self, *args, **kwargs):
        alone = self.module is None
        print(self._main_parser.format_help())
        print((_MAIN_EXAMPLES if alone else _MODULE_EXAMPLES) % {'prog': self.progName})
        if alone:
            self._discovery_parser.print_help()

    def usageExit(self, msg=None):
        """Print how it is used, and exit."""
        if self._discovery_parser is None:
            self._initArgParsers()
        if msg:
            print(msg)
        self._print_help()
        sys.exit(2)

    def parseArgs(self, argv):
        """Read the command line and load the tests."""
        self._initArgParsers()
        words = argv[1:]
        if self.module is None and words and words[0].lower() == 'discover':
            return self._do_discovery(words[1:])
        self._main_parser.parse_args(words, self)
        if self.module is None and not self.tests:
            # No names: look for tests.
            return self._do_discovery([])
        names = _convert_names(self.tests) if self.tests else self.defaultTest
        if isinstance(names, str):
            self.testNames = (names,)
        else:
            self.testNames = names if names is None else [*names]
        self.createTests()

    # --- loading ---

    def createTests(self, from_discovery=False, Loader=None):
        """Load the tests: all, those that were named, or those that are found."""
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if from_discovery:
            self.test = (Loader() if Loader else self.testLoader).discover(self.start, self.pattern, self.top)
        elif self.testNames is not None:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)
        else:
            self.test = self.testLoader.loadTestsFromModule(self.module)

    def _do_discovery(self, argv, Loader=None):
        vars(self).update(start='.', pattern='test*.py', top=None)
        if argv is not None:
            if self._discovery_parser is None:
                self._initArgParsers()
            self._discovery_parser.parse_args(argv, self)
        self.createTests(True, Loader)

    # --- running ---

    def _make_runner(self):
        """The runner; an object may be given, or a class."""
        make = self.testRunner = self.testRunner or runner.TextTestRunner
        if not isinstance(make, type):
            return make
        known = {name: getattr(self, name) for name in ('verbosity', 'failfast', 'buffer', 'warnings')}
        # A class that the program wrote may know fewer options.
        for options in ({**known, 'tb_locals': self.tb_locals}, known):
            try:
                return make(**options)
            except TypeError:
                continue
        return make()

    def runTests(self):
        """Run what was loaded; exit if that was asked for."""
        if self.catchbreak:
            installHandler()
        self.result = self._make_runner().run(self.test)
        if self.exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
