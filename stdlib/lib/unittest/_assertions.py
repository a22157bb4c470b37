"""The assert methods of TestCase.

Each raises failureException with a message that begins with the method's own words; the argument msg is added to them.
"""
import warnings

from ._contexts import _AssertLogsContext, _AssertRaisesContext, _AssertWarnsContext
from .util import _common_shorten_repr, _count_diff_all_purpose, _count_diff_hashable, safe_repr

__unittest = True

DIFF_OMITTED = '\nDiff is %s characters long. Set self.maxDiff to None to see it.'


def _ndiff_of_values(first, second):
    import difflib
    import pprint
    return '\n' + '\n'.join(difflib.ndiff(pprint.pformat(first).splitlines(), pprint.pformat(second).splitlines()))


def _as_lines(text):
    lines = text.splitlines(keepends=True)
    if len(lines) == 1 and text.strip('\r\n') == text:
        lines = [text + '\n']
    return lines


def _length(seq, ordinal, kind):
    """(length, None), or (None, what is wrong)."""
    try:
        return len(seq), None
    except (TypeError, NotImplementedError):
        return None, f'{ordinal} {kind} has no length.    Non-sequence?'


class Assertions:
    """See unittest.TestCase."""

    failureException = AssertionError
    # Whether messages tell the values as well when there is a msg.
    longMessage = True
    # Longer diffs are left out.
    maxDiff = 80 * 8
    # Longer texts are not compared line by line.
    _diffThreshold = 2 ** 16

    # --- messages ---

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        if msg is None:
            return standardMsg
        try:
            return f'{standardMsg} : {msg}'
        except UnicodeDecodeError:
            return f'{safe_repr(standardMsg)} : {safe_repr(msg)}'

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + DIFF_OMITTED % len(diff)

    def fail(self, msg=None):
        """Fail, whatever happened."""
        raise self.failureException(msg)

    # --- truth, equality, identity ---

    def assertFalse(self, expr, msg=None):
        """The value counts as false."""
        if expr:
            raise self.failureException(self._formatMessage(msg, f'{safe_repr(expr)} is not false'))

    def assertTrue(self, expr, msg=None):
        """The value counts as true."""
        if not expr:
            raise self.failureException(self._formatMessage(msg, f'{safe_repr(expr)} is not true'))

    def addTypeEqualityFunc(self, typeobj, function):
        """Let assertEqual compare two values of exactly this type by function(first, second, msg=...)."""
        self._type_equality_funcs[typeobj] = function

    def _getAssertEqualityFunc(self, first, second):
        if type(first) is type(second):
            function = self._type_equality_funcs.get(type(first))
            if function is not None:
                return getattr(self, function) if isinstance(function, str) else function
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            raise self.failureException(self._formatMessage(msg, '%s != %s' % _common_shorten_repr(first, second)))

    def assertEqual(self, first, second, msg=None):
        """first == second; well-known types show how they differ."""
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        """first != second"""
        if not first != second:
            raise self.failureException(self._formatMessage(msg, f'{safe_repr(first)} == {safe_repr(second)}'))

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """The difference is 0 when rounded to `places` (7), or not above `delta`."""
        if first == second:
            return
        if delta is not None and places is not None:
            raise TypeError('specify delta or places not both')
        diff = abs(first - second)
        if delta is not None:
            if diff <= delta:
                return
            within = f'{safe_repr(delta)} delta'
        else:
            places = 7 if places is None else places
            if round(diff, places) == 0:
                return
            within = f'{places!r} places'
        message = f'{safe_repr(first)} != {safe_repr(second)} within {within} ({safe_repr(diff)} difference)'
        raise self.failureException(self._formatMessage(msg, message))

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """The opposite of assertAlmostEqual."""
        if delta is not None and places is not None:
            raise TypeError('specify delta or places not both')
        diff = abs(first - second)
        if delta is not None:
            if not first == second and diff > delta:
                return
            message = (f'{safe_repr(first)} == {safe_repr(second)} within {safe_repr(delta)} delta '
                       f'({safe_repr(diff)} difference)')
        else:
            places = 7 if places is None else places
            if not first == second and round(diff, places) != 0:
                return
            message = f'{safe_repr(first)} == {safe_repr(second)} within {places!r} places'
        raise self.failureException(self._formatMessage(msg, message))

    def assertIs(self, expr1, expr2, msg=None):
        """expr1 is expr2"""
        if expr1 is not expr2:
            self.fail(self._formatMessage(msg, f'{safe_repr(expr1)} is not {safe_repr(expr2)}'))

    def assertIsNot(self, expr1, expr2, msg=None):
        """expr1 is not expr2"""
        if expr1 is expr2:
            self.fail(self._formatMessage(msg, f'unexpectedly identical: {safe_repr(expr1)}'))

    def assertIsNone(self, obj, msg=None):
        """obj is None"""
        if obj is not None:
            self.fail(self._formatMessage(msg, f'{safe_repr(obj)} is not None'))

    def assertIsNotNone(self, obj, msg=None):
        """obj is not None"""
        if obj is None:
            self.fail(self._formatMessage(msg, 'unexpectedly None'))

    def assertIsInstance(self, obj, cls, msg=None):
        """isinstance(obj, cls)"""
        if not isinstance(obj, cls):
            self.fail(self._formatMessage(msg, f'{safe_repr(obj)} is not an instance of {cls!r}'))

    def assertNotIsInstance(self, obj, cls, msg=None):
        """not isinstance(obj, cls)"""
        if isinstance(obj, cls):
            self.fail(self._formatMessage(msg, f'{safe_repr(obj)} is an instance of {cls!r}'))

    # --- order and membership ---

    def assertIn(self, member, container, msg=None):
        """member in container"""
        if member not in container:
            self.fail(self._formatMessage(msg, f'{safe_repr(member)} not found in {safe_repr(container)}'))

    def assertNotIn(self, member, container, msg=None):
        """member not in container"""
        if member in container:
            self.fail(self._formatMessage(msg, f'{safe_repr(member)} unexpectedly found in {safe_repr(container)}'))

    def assertLess(self, a, b, msg=None):
        """a < b"""
        if not a < b:
            self.fail(self._formatMessage(msg, f'{safe_repr(a)} not less than {safe_repr(b)}'))

    def assertLessEqual(self, a, b, msg=None):
        """a <= b"""
        if not a <= b:
            self.fail(self._formatMessage(msg, f'{safe_repr(a)} not less than or equal to {safe_repr(b)}'))

    def assertGreater(self, a, b, msg=None):
        """a > b"""
        if not a > b:
            self.fail(self._formatMessage(msg, f'{safe_repr(a)} not greater than {safe_repr(b)}'))

    def assertGreaterEqual(self, a, b, msg=None):
        """a >= b"""
        if not a >= b:
            self.fail(self._formatMessage(msg, f'{safe_repr(a)} not greater than or equal to {safe_repr(b)}'))

    # --- containers ---

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """The sequences have the same items in the same order; both are of seq_type if that is given."""
        kind = 'sequence'
        if seq_type is not None:
            kind = seq_type.__name__
            for ordinal, seq in (('First', seq1), ('Second', seq2)):
                if not isinstance(seq, seq_type):
                    raise self.failureException(f'{ordinal} sequence is not a {kind}: {safe_repr(seq)}')
        len1, differing = _length(seq1, 'First', kind)
        if differing is None:
            len2, differing = _length(seq2, 'Second', kind)
        if differing is None:
            if seq1 == seq2:
                return
            differing = self._describe_sequences(seq1, seq2, len1, len2, kind)
            if differing is None and seq_type is None and type(seq1) != type(seq2):
                return  # the same items in sequences of different types
            shown = '%s != %s\n' % _common_shorten_repr(seq1, seq2)
            differing = f'{kind.capitalize()}s differ: {shown}{differing or ""}'
        message = self._truncateMessage(differing, _ndiff_of_values(seq1, seq2))
        self.fail(self._formatMessage(msg, message))

    def _describe_sequences(self, seq1, seq2, len1, len2, kind):
        """Where two sequences begin to differ; None when no item differs."""
        text = ''
        for i in range(min(len1, len2)):
            items = []
            for ordinal, seq in (('first', seq1), ('second', seq2)):
                try:
                    items.append(seq[i])
                except (TypeError, IndexError, NotImplementedError):
                    text += f'\nUnable to index element {i} of {ordinal} {kind}\n'
                    break
            if len(items) < 2:
                break
            if items[0] != items[1]:
                text += f'\nFirst differing element {i}:\n' + '%s\n%s\n' % _common_shorten_repr(*items)
                break
        else:
            if len1 == len2:
                return None
        if len1 == len2:
            return text
        ordinal, seq, start, end = (
            ('First', seq1, len2, len1) if len1 > len2 else ('Second', seq2, len1, len2))
        text += f'\n{ordinal} {kind} contains {end - start} additional elements.\n'
        try:
            text += f'First extra element {start}:\n{safe_repr(seq[start])}\n'
        except (TypeError, IndexError, NotImplementedError):
            text += f'Unable to index element {start} of {ordinal.lower()} {kind}\n'
        return text

    def assertListEqual(self, list1, list2, msg=None):
        """Both are lists and equal."""
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """Both are tuples and equal."""
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        """The sets have the same members."""
        differences = []
        for ordinal, a, b in (('first', set1, set2), ('second', set2, set1)):
            try:
                differences.append(a.difference(b))
            except TypeError as error:
                self.fail(f'invalid type when attempting set difference: {error}')
            except AttributeError as error:
                self.fail(f'{ordinal} argument does not support set difference: {error}')
        if not any(differences):
            return
        lines = []
        for difference, one, other in zip(differences, ('first', 'second'), ('second', 'first')):
            if difference:
                lines.append(f'Items in the {one} set but not the {other}:')
                lines += [repr(item) for item in difference]
        self.fail(self._formatMessage(msg, '\n'.join(lines)))

    def assertDictEqual(self, d1, d2, msg=None):
        """Both are dicts and equal."""
        self.assertIsInstance(d1, dict, 'First argument is not a dictionary')
        self.assertIsInstance(d2, dict, 'Second argument is not a dictionary')
        if d1 != d2:
            message = '%s != %s' % _common_shorten_repr(d1, d2)
            self.fail(self._formatMessage(msg, self._truncateMessage(message, _ndiff_of_values(d1, d2))))

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        """Every item of `subset` is in `dictionary`. Deprecated."""
        warnings.warn('assertDictContainsSubset is deprecated', DeprecationWarning)
        missing, mismatched = [], []
        for key, value in subset.items():
            if key not in dictionary:
                missing.append(key)
            elif value != dictionary[key]:
                mismatched.append(f'{safe_repr(key)}, expected: {safe_repr(value)}, actual: {safe_repr(dictionary[key])}')
        parts = []
        if missing:
            parts.append('Missing: ' + ','.join(map(safe_repr, missing)))
        if mismatched:
            parts.append('Mismatched values: ' + ','.join(mismatched))
        if parts:
            self.fail(self._formatMessage(msg, '; '.join(parts)))

    def assertCountEqual(self, first, second, msg=None):
        """The same items equally often, in any order."""
        from collections import Counter
        items1, items2 = list(first), list(second)
        try:
            same = Counter(items1) == Counter(items2)
        except TypeError:  # some cannot be hashed
            differences = _count_diff_all_purpose(items1, items2)
        else:
            if same:
                return
            differences = _count_diff_hashable(items1, items2)
        if differences:
            diff = '\n'.join(['First has %d, Second has %d:  %r' % difference for difference in differences])
            message = self._truncateMessage('Element counts were not equal:\n', diff)
            self.fail(self._formatMessage(msg, message))

    def assertMultiLineEqual(self, first, second, msg=None):
        """Both are str and equal; the message compares them line by line."""
        self.assertIsInstance(first, str, 'First argument is not a string')
        self.assertIsInstance(second, str, 'Second argument is not a string')
        if first == second:
            return
        if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        import difflib
        message = '%s != %s' % _common_shorten_repr(first, second)
        diff = '\n' + ''.join(difflib.ndiff(_as_lines(first), _as_lines(second)))
        self.fail(self._formatMessage(msg, self._truncateMessage(message, diff)))

    # --- text that matches ---

    def assertRegex(self, text, expected_regex, msg=None):
        """The pattern is found in the text."""
        if isinstance(expected_regex, (str, bytes)):
            assert expected_regex, 'expected_regex must not be empty.'
            import re
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            message = f"Regex didn't match: {expected_regex.pattern!r} not found in {text!r}"
            raise self.failureException(self._formatMessage(msg, message))

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """The pattern is not found in the text."""
        if isinstance(unexpected_regex, (str, bytes)):
            import re
            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            message = (f'Regex matched: {text[match.start():match.end()]!r} matches {unexpected_regex.pattern!r} '
                       f'in {text!r}')
            raise self.failureException(self._formatMessage(msg, message))

    # --- exceptions, warnings, logs ---

    def assertRaises(self, expected_exception, *args, **kwargs):
        """The call raises the exception; or, without a call, the with block does. The manager keeps it: `exception`."""
        context = _AssertRaisesContext(expected_exception, self)
        try:
            return context.handle('assertRaises', args, kwargs)
        finally:
            context = None

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """The same, and the exception's text matches."""
        context = _AssertRaisesContext(expected_exception, self, expected_regex)
        return context.handle('assertRaisesRegex', args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        """The call, or the with block, issues the warning."""
        context = _AssertWarnsContext(expected_warning, self)
        return context.handle('assertWarns', args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """The same, and the warning's text matches."""
        context = _AssertWarnsContext(expected_warning, self, expected_regex)
        return context.handle('assertWarnsRegex', args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """The with block logs something of this level or a higher one."""
        return _AssertLogsContext(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        """The with block logs nothing of this level or a higher one."""
        return _AssertLogsContext(self, logger, level, no_logs=True)


def _deprecated_name(name, original):
    def method(self, *args, **kwargs):
        warnings.warn(f'Please use {name} instead.', DeprecationWarning, 2)
        return original(self, *args, **kwargs)
    return method


for _old, _new in (('failUnlessEqual', 'assertEqual'), ('assertEquals', 'assertEqual'),
                   ('failIfEqual', 'assertNotEqual'), ('assertNotEquals', 'assertNotEqual'),
                   ('failUnless', 'assertTrue'), ('assert_', 'assertTrue'), ('failIf', 'assertFalse'),
                   ('failUnlessRaises', 'assertRaises'), ('failUnlessAlmostEqual', 'assertAlmostEqual'),
                   ('assertAlmostEquals', 'assertAlmostEqual'), ('failIfAlmostEqual', 'assertNotAlmostEqual'),
                   ('assertNotAlmostEquals', 'assertNotAlmostEqual'), ('assertRegexpMatches', 'assertRegex'),
                   ('assertNotRegexpMatches', 'assertNotRegex'), ('assertRaisesRegexp', 'assertRaisesRegex')):
    setattr(Assertions, _old, _deprecated_name(_new, getattr(Assertions, _new)))
