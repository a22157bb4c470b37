"""Finding tests: in classes, in modules, by name, and in the files below a folder."""
import functools
import os
import sys
import traceback
import types
import warnings

from . import case, suite, util

__unittest = True


class _FailedTest(case.TestCase):
    """Stands for tests that could not be loaded: it raises what went wrong."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattr__(name)

        def testFailure():
            raise self._exception
        return testFailure


def _failure(name, exception, suite_class, message):
    return suite_class((_FailedTest(name, exception),)), message


def _import_failure(name, suite_class):
    message = f'Failed to import test module: {name}\n{traceback.format_exc()}'
    return _failure(name, ImportError(message), suite_class, message)


def _load_tests_failure(name, exception, suite_class):
    message = f'Failed to call load_tests:\n{traceback.format_exc()}'
    return _failure(name, exception, suite_class, message)


def _skipped_module(name, exception, suite_class):
    @case.skip(str(exception))
    def testSkipped(self):
        pass
    made = type('ModuleSkipped', (case.TestCase,), {name: testSkipped})
    return suite_class((made(name),))


def _splitext_of_module(path):
    stem, extension = os.path.splitext(path)
    return stem if extension in ('.py', '.pyc', '.pyo') else os.path.splitext(path)[0]


def _is_identifier_file(name):
    return name.endswith('.py') and name[:-3].isidentifier()


class TestLoader:
    """Makes suites; its attributes say what a test is called and in which order tests come."""

    testMethodPrefix = 'test'
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        self.errors = []
        self._loading_packages = set()

    # --- classes and modules ---

    def loadTestsFromTestCase(self, testCaseClass):
        """A suite of all tests of a class."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError('Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?')
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, 'runTest'):
            names = ['runTest']
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        """A suite of all tests of a module; its function load_tests may change it."""
        if args or 'use_load_tests' in kws:
            warnings.warn('use_load_tests is deprecated and ignored', DeprecationWarning)
            kws.pop('use_load_tests', None)
        if len(args) > 1:
            # The one that was once allowed counts as well.
            raise TypeError(f'loadTestsFromModule() takes 1 positional argument but {len(args) + 1} were given')
        if kws:
            raise TypeError(f"loadTestsFromModule() got an unexpected keyword argument '{sorted(kws)[0]}'")
        tests = []
        for name in dir(module):
            found = getattr(module, name)
            if (isinstance(found, type) and issubclass(found, case.TestCase)
                    and found not in (case.TestCase, case.FunctionTestCase)):
                tests.append(self.loadTestsFromTestCase(found))
        tests = self.suiteClass(tests)
        load_tests = getattr(module, 'load_tests', None)
        if load_tests is not None:
            try:
                return load_tests(self, tests, pattern)
            except Exception as error:
                failed, message = _load_tests_failure(module.__name__, error, self.suiteClass)
                self.errors.append(message)
                return failed
        return tests

    # --- names ---

    def _import_for(self, parts):
        """The longest importable part of a dotted name, the rest, and the failure of the last try."""
        left = parts[:]
        failed = message = None
        while left:
            name = '.'.join(left)
            try:
                return __import__(name), parts[1:], failed, message
            except ImportError:
                last = left.pop()
                failed, message = _import_failure(last, self.suiteClass)
        return None, [], failed, message

    def loadTestsFromName(self, name, module=None):
        """A suite of what a dotted name means: a module, class, method, or a function that returns tests."""
        parts = name.split('.')
        import_failed = import_message = None
        obj = module
        if module is None:
            obj, parts, import_failed, import_message = self._import_for(parts)
            if obj is None:
                self.errors.append(import_message)
                return import_failed
        parent = None
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as error:
                if getattr(obj, '__path__', None) is not None and import_failed is not None:
                    # A package without that name, and no module of it could be imported: that is what went wrong.
                    self.errors.append(import_message)
                    return import_failed
                message = f'Failed to access attribute:\n{traceback.format_exc()}'
                failed, message = _failure(part, error, self.suiteClass, message)
                self.errors.append(message)
                return failed
        return self._tests_of(obj, parent, name)

    def _tests_of(self, obj, parent, name):
        if isinstance(obj, types.ModuleType):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, case.TestCase):
            return self.loadTestsFromTestCase(obj)
        if (isinstance(obj, types.FunctionType) and isinstance(parent, type)
                and issubclass(parent, case.TestCase)):
            test = parent(obj.__name__)
            # A static method has no instance, and its name is the one that was asked for.
            if not isinstance(getattr(test, obj.__name__), types.FunctionType):
                return self.suiteClass([test])
        elif isinstance(obj, suite.TestSuite):
            return obj
        if callable(obj):
            test = obj()
            if isinstance(test, suite.TestSuite):
                return test
            if isinstance(test, case.TestCase):
                return self.suiteClass([test])
            raise TypeError(f'calling {obj} returned {test}, not a test')
        raise TypeError(f"don't know how to make test from: {obj}")

    def loadTestsFromNames(self, names, module=None):
        """A suite of the suites of several names."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        """The names of a class's test methods, in order."""
        if self.testNamePatterns is not None:
            from fnmatch import fnmatchcase

        def is_test(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            full = f'{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}'
            patterns = self.testNamePatterns
            return patterns is None or any(fnmatchcase(full, pattern) for pattern in patterns)

        names = list(filter(is_test, dir(testCaseClass)))
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    # --- discovery ---

    def discover(self, start_dir, pattern='test*.py', top_level_dir=None):
        """A suite of the tests in all files below a folder, or in a package, whose names match."""
        implicit_top = False
        if top_level_dir is None and self._top_level_dir is not None:
            top_level_dir = self._top_level_dir
        elif top_level_dir is None:
            implicit_top = True
            top_level_dir = start_dir
        top_level_dir = os.path.abspath(top_level_dir)
        if top_level_dir not in sys.path:
            # Always in front: where tests are is where their modules are.
            sys.path.insert(0, top_level_dir)
        self._top_level_dir = top_level_dir
        importable = True
        if os.path.isdir(os.path.abspath(start_dir)):
            start_dir = os.path.abspath(start_dir)
            if start_dir != top_level_dir:
                importable = os.path.isfile(os.path.join(start_dir, '__init__.py'))
        else:
            try:
                __import__(start_dir)
            except ImportError:
                importable = False
            else:
                start_dir = self._folder_of_module(start_dir)
                if implicit_top:
                    sys.path.remove(top_level_dir)
                    self._top_level_dir = self._top_of_module(start_dir, sys.modules)
        if not importable:
            raise ImportError(f'Start directory is not importable: {start_dir!r}')
        return self.suiteClass(list(self._find_tests(start_dir, pattern)))

    def _folder_of_module(self, name):
        module = sys.modules[name]
        self._started_from = name
        file = getattr(module, '__file__', None)
        if file is not None:
            return os.path.abspath(os.path.dirname(file))
        if name in sys.builtin_module_names:
            raise TypeError('Can not use builtin modules as dotted module names')
        if getattr(module, '__path__', None) and module.__spec__.loader is None:
            # A namespace package may be in several places; none of them is the one.
            raise TypeError(f"don't know how to discover from {module!r}")
        raise TypeError(f"don't know how to discover from {module!r}")

    def _top_of_module(self, folder, modules):
        top = self._started_from.split('.')[0]
        file = modules[top].__file__
        folder = os.path.dirname(os.path.abspath(file))
        if os.path.basename(file).lower().startswith('__init__.py'):
            return os.path.dirname(folder)
        sys.path.insert(0, folder)
        return folder

    def _get_directory_containing_module(self, module_name):
        file = os.path.abspath(sys.modules[module_name].__file__)
        if os.path.basename(file).lower().startswith('__init__.py'):
            return os.path.dirname(os.path.dirname(file))
        return os.path.dirname(file)

    def _get_name_from_path(self, path):
        if path == self._top_level_dir:
            return '.'
        relative = os.path.relpath(_splitext_of_module(os.path.normpath(path)), self._top_level_dir)
        assert not os.path.isabs(relative), 'Path must be within the project'
        assert not relative.startswith('..'), 'Path must be within the project'
        return relative.replace(os.path.sep, '.')

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _match_path(self, path, full_path, pattern):
        from fnmatch import fnmatch
        return fnmatch(path, pattern)

    def _find_tests(self, start_dir, pattern):
        """Suites of the modules of a folder and of the packages in it."""
        name = self._get_name_from_path(start_dir)
        if name != '.' and name not in self._loading_packages:
            # The folder itself is a package that may have load_tests.
            tests, recurse = self._find_test_path(start_dir, pattern)
            if tests is not None:
                yield tests
            if not recurse:
                return
        for path in sorted(os.listdir(start_dir)):
            full_path = os.path.join(start_dir, path)
            tests, recurse = self._find_test_path(full_path, pattern)
            if tests is not None:
                yield tests
            if recurse:
                name = self._get_name_from_path(full_path)
                self._loading_packages.add(name)
                try:
                    yield from self._find_tests(full_path, pattern)
                finally:
                    self._loading_packages.discard(name)

    def _find_test_path(self, full_path, pattern):
        """(the suite of a file or package or None, whether to look inside)"""
        basename = os.path.basename(full_path)
        if os.path.isfile(full_path):
            if not _is_identifier_file(basename) or not self._match_path(basename, full_path, pattern):
                return None, False
            return self._load_file(full_path, pattern), False
        if os.path.isdir(full_path) and os.path.isfile(os.path.join(full_path, '__init__.py')):
            return self._load_package(full_path, pattern)
        return None, False

    def _load_file(self, full_path, pattern):
        name = self._get_name_from_path(full_path)
        try:
            module = self._get_module_from_name(name)
        except case.SkipTest as skipped:
            return _skipped_module(name, skipped, self.suiteClass)
        except:
            failed, message = _import_failure(name, self.suiteClass)
            self.errors.append(message)
            return failed
        module_file = os.path.abspath(getattr(module, '__file__', full_path))
        real = _splitext_of_module(os.path.realpath(module_file))
        wanted = _splitext_of_module(os.path.realpath(full_path))
        if real.lower() != wanted.lower():
            module_dir = os.path.dirname(os.path.realpath(full_path))
            mod_name = _splitext_of_module(os.path.basename(full_path))
            raise ImportError(f'{mod_name!r} module incorrectly imported from {os.path.dirname(module_file)!r}. '
                              f'Expected {module_dir!r}. Is this module globally installed?')
        return self.loadTestsFromModule(module, pattern=pattern)

    def _load_package(self, full_path, pattern):
        load_tests = tests = None
        name = self._get_name_from_path(full_path)
        try:
            package = self._get_module_from_name(name)
        except case.SkipTest as skipped:
            return _skipped_module(name, skipped, self.suiteClass), False
        except:
            failed, message = _import_failure(name, self.suiteClass)
            self.errors.append(message)
            return failed, False
        load_tests = getattr(package, 'load_tests', None)
        self._loading_packages.add(name)
        try:
            tests = self.loadTestsFromModule(package, pattern=pattern)
            # load_tests has said which tests of the package there are.
            return tests, load_tests is None
        finally:
            self._loading_packages.discard(name)


defaultTestLoader = TestLoader()


def _make_loader(prefix, sort_using, suite_class=None, patterns=None):
    loader = TestLoader()
    loader.sortTestMethodsUsing, loader.testMethodPrefix, loader.testNamePatterns = sort_using, prefix, patterns
    if suite_class is not None:
        loader.suiteClass = suite_class
    return loader


def _warn_deprecated(name, instead):
    warnings.warn(f'unittest.{name}() is deprecated and will be removed in Python 3.13. '
                  f'Please use unittest.TestLoader.{instead}() instead.', DeprecationWarning, stacklevel=3)


def getTestCaseNames(testCaseClass, prefix, sortUsing=util.three_way_cmp, testNamePatterns=None):
    """Deprecated: see TestLoader.getTestCaseNames."""
    _warn_deprecated('getTestCaseNames', 'getTestCaseNames')
    return _make_loader(prefix, sortUsing, patterns=testNamePatterns).getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix='test', sortUsing=util.three_way_cmp, suiteClass=suite.TestSuite):
    """Deprecated: see TestLoader.loadTestsFromTestCase."""
    _warn_deprecated('makeSuite', 'loadTestsFromTestCase')
    return _make_loader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix='test', sortUsing=util.three_way_cmp, suiteClass=suite.TestSuite):
    """Deprecated: see TestLoader.loadTestsFromModule."""
    _warn_deprecated('findTestCases', 'loadTestsFromModule')
    return _make_loader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)
