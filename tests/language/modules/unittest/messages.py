# What the assert methods say when they fail.
import unittest


class Case(unittest.TestCase):
    def runTest(self):
        pass


case = Case()
FAILING = [
    lambda: case.assertTrue(0), lambda: case.assertFalse([1]), lambda: case.assertEqual(1, 2),
    lambda: case.assertEqual('a' * 100 + 'b', 3), lambda: case.assertNotEqual(1, 1),
    lambda: case.assertIs(1, 2), lambda: case.assertIsNot(None, None), lambda: case.assertIsNone(1),
    lambda: case.assertIsNotNone(None), lambda: case.assertIn(1, []), lambda: case.assertNotIn(1, [1]),
    lambda: case.assertIsInstance(1, str), lambda: case.assertNotIsInstance(1, int),
    lambda: case.assertAlmostEqual(1, 2), lambda: case.assertAlmostEqual(1, 2, delta=0.5),
    lambda: case.assertNotAlmostEqual(1, 1), lambda: case.assertNotAlmostEqual(1, 1.1, delta=0.5),
    lambda: case.assertLess(2, 1), lambda: case.assertLessEqual(2, 1), lambda: case.assertGreater(1, 2),
    lambda: case.assertGreaterEqual(1, 2), lambda: case.assertEqual({1}, {2}), lambda: case.assertCountEqual([1, 1], [2]),
    lambda: case.assertCountEqual([[1]], [[2]]), lambda: case.assertRaises(KeyError, int, '1'), lambda: case.fail('words'),
    lambda: case.assertTrue(0, 'more words'), lambda: case.assertRaises(5),
]
for function in FAILING:
    try:
        function()
    except (AssertionError, TypeError) as error:
        print(type(error).__name__, '|', error)


try:
    with case.assertRaises(KeyError, msg='hint'):
        pass
except AssertionError as error:
    print(error)
with case.assertWarns(UserWarning) as caught:
    import warnings
    warnings.warn('beware')
print(caught.warning, caught.lineno > 0)
try:
    with case.assertWarns(UserWarning):
        pass
except AssertionError as error:
    print(error)
