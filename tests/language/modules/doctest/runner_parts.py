"""A subclass of DocTestRunner may run examples with the parts that the runner is made of, under their mangled names."""
import doctest
import linecache
import pdb
import sys

TEXT = '''
>>> 1 + 1
2
>>> print('a')
b
>>> raise KeyError('k')
Traceback (most recent call last):
KeyError: 'k'
>>> import linecache
>>> linecache.getline('<doctest sample[0]>', 1)
'1 + 1\\n'
>>> raise ValueError('nobody expects this')
'''


class Runner(doctest.DocTestRunner):
    """run() without a display hook of its own, and with a count of the outcomes."""

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        self.test = test
        if compileflags is None:
            compileflags = doctest._extract_future_flags(test.globs)
        stdout, sys.stdout = sys.stdout, self._fakeout
        self.debugger = doctest._OutputRedirectingPdb(stdout)
        self.debugger.reset()
        self.save_linecache_getlines = linecache.getlines
        linecache.getlines = self._DocTestRunner__patched_linecache_getlines
        try:
            return self._DocTestRunner__run(test, compileflags, out or stdout.write)
        finally:
            sys.stdout, linecache.getlines = stdout, self.save_linecache_getlines


def sample():
    return doctest.DocTestParser().get_doctest(TEXT, {}, 'sample', 'sample.txt', 0)


def shorter(text):
    """Without the interpreter's own lines of a traceback."""
    lines = text.splitlines()
    return '\n'.join(line for line in lines if 'doctest.py' not in line and '<frozen' not in line
                     and '_run_example' not in line and '^^^' not in line)


reports = []
runner = Runner(verbose=False)
print(runner.run(sample(), out=reports.append))
print(shorter(''.join(reports)))
print(runner.tries, runner.failures, runner._name2ft)
runner._DocTestRunner__record_outcome(sample(), 1, 2)
print(runner.tries, runner.failures, runner._name2ft)
print(runner.summarize())

before = pdb.set_trace, linecache.getlines, sys.displayhook
plain = doctest.DocTestRunner(verbose=False, optionflags=doctest.FAIL_FAST)
print(plain.run(sample(), out=lambda text: None))
print(type(plain.debugger).__name__, isinstance(plain.debugger, pdb.Pdb))
print(before == (pdb.set_trace, linecache.getlines, sys.displayhook))
print(doctest._ellipsis_match('a...z', 'abcxyz'), doctest._indent('x\ny', 2).splitlines())
