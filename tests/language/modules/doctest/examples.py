# Examples in documentation are run; what does not agree is reported.
import doctest
import io
import sys
import unittest


def add(a, b):
    """
    >>> add(1, 2)
    3
    >>> add('a', 1)
    Traceback (most recent call last):
        ...
    TypeError: can only concatenate str (not "int") to str
    >>> for i in range(2):
    ...     print(i)
    0
    1
    >>> add([1], [2])  # doctest: +ELLIPSIS
    [...]
    >>> print('a', '', 'b', sep='\\n')
    a
    <BLANKLINE>
    b
    """
    return a + b


class Wrong:
    """
    >>> 1 + 1
    3
    """

    def method(self):
        """
        >>> print('a   b')  # doctest: +NORMALIZE_WHITESPACE
        a b
        >>> 5 # doctest: +SKIP
        6
        """


print(doctest.testmod())
finder = doctest.DocTestFinder()
print([(test.name, len(test.examples), test.lineno) for test in finder.find(add, 'add')])
parser = doctest.DocTestParser()
print([type(piece).__name__ for piece in parser.parse('text\n>>> 1\n1\n\nmore\n')])
for wrong in ('>>>1\n', '  >>> 1\n 2\n', '>>> 1 # doctest: +NOTHING\n'):
    try:
        parser.get_doctest(wrong, {}, 'name', 'file', 0)
    except ValueError as error:
        print(error)
print(doctest.script_from_examples('Text.\n>>> 1 + 1\n2\n'))
stream = io.StringIO()
result = unittest.TextTestRunner(stream).run(doctest.DocTestSuite(sys.modules['__main__']))
print(result.testsRun, len(result.failures))
checker = doctest.OutputChecker()
print([checker.check_output(want, got, flags) for want, got, flags in (
    ('1\n', 'True\n', 0), ('a...z\n', 'abcz\n', doctest.ELLIPSIS), ('a...b...c', 'a b', doctest.ELLIPSIS), ('a b', 'a  b', 0))])
