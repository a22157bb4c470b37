"""array: its place among the sequences, pickles of other machines, arguments of the wrong kind; struct and random beside it."""
import array
import collections.abc
import random
import statistics
import struct
import warnings
from array import _array_reconstructor as rebuild


def show(function):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            print(repr(function()), end=' ')
        except Exception as error:
            print(type(error).__name__, error, end=' ')
    print([str(w.message) for w in caught])


print(isinstance(array.array('i'), collections.abc.MutableSequence))
show(lambda: array.array('i', None))
for code, encoding in (18, 'utf-16-le'), (19, 'utf-16-be'), (20, 'utf-32-le'), (21, 'utf-32-be'):
    show(lambda: rebuild(array.array, 'u', code, 'e\xe9\u20ac\U0001f600'.encode(encoding)))
for text in '\0', '2\0i', b'\0', 'y':
    show(lambda: struct.calcsize(text))
random.seed(1)
for arguments in (3.0,), (3.5,), ('3',), (1, 9, 2.0), (1, 3.5), (0, 0, 1.0), (1, None, 2):
    show(lambda: random.randrange(*arguments))
for arguments in ([10], [0]), ([10, 20], [0, 0]), ([0, 10], [0, 1]), ([40, 60], [5, 30]):
    show(lambda: statistics.harmonic_mean(*arguments))
