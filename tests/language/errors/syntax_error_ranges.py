# How the line and the mark of a SyntaxError are shown when nobody catches it, for every kind of range: beyond the line,
# backwards, of a subclass, in a text of several lines.
import io
import sys

texts = ['abc def', '  abc\n', 'a\nb c\n', 'if 1:\n', '   \n', '', 'a\\\n b\n']
ranges = [(), (1, 0), (1, -1), (1, 2), (1, 4), (1, 9), (1, 15), (2, 1), (2, 3)]
kept = sys.stderr
for kind in (SyntaxError, IndentationError, type('Own', (SyntaxError,), {})):
    for text in texts:
        for offset in (-1, 0, 1, 3, 6, 9):
            for more in ranges:
                error = kind('m', ('f', 1, offset, text, *more))
                sys.stderr = io.StringIO()
                sys.__excepthook__(kind, error, None)
                shown, sys.stderr = sys.stderr.getvalue(), kept
                print(offset, more, repr(shown.removeprefix('  File "f", line 1\n')))
