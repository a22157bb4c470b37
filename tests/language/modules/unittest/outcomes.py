# A class of tests with every outcome, run with a line for each, and the summary.
import io
import unittest


class Outcomes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print('setUpClass')

    def setUp(self):
        self.addCleanup(print, 'cleanup of', self._testMethodName)

    def test_passes(self):
        """Nothing is wrong here."""
        self.assertEqual(1, 1)
        self.assertIn(2, [1, 2])
        self.assertAlmostEqual(0.1 + 0.2, 0.3)
        self.assertCountEqual('abc', 'cab')
        with self.assertRaises(ZeroDivisionError) as caught:
            1 / 0
        self.assertEqual(str(caught.exception), 'division by zero')

    def test_fails(self):
        self.assertEqual(1, 2, 'they differ')

    def test_errors(self):
        {}['missing']

    def test_parts(self):
        for number in range(3):
            with self.subTest('part', number=number):
                self.assertFalse(number % 2)

    @unittest.skip('not today')
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_known(self):
        self.fail()

    @unittest.expectedFailure
    def test_repaired(self):
        pass


def run(cls, verbosity):
    stream = io.StringIO()
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(cls)
    result = unittest.TextTestRunner(stream, verbosity=verbosity).run(suite)
    for line in stream.getvalue().splitlines():
        print('Ran' if line.startswith('Ran ') else line)
    return result


for verbosity in 2, 1:
    print(run(Outcomes, verbosity))
