# collections.abc after modules that need it, and the helpers of pickle that libraries take.
import collections
import pickle
import sys
import typing

print(collections.abc.Mapping, 'collections.abc' in sys.modules)
import collections.abc
from collections.abc import Iterable, Callable
import collections.abc as c
print(c.__name__, Iterable, Callable[[int], str], c.__all__[:3], collections.abc.Sized.__module__)
print(pickle.whichmodule(print, 'print'), pickle._getattribute(collections.OrderedDict, 'fromkeys')[1], pickle.encode_long(-300), pickle.decode_long(b'\xd4\xfe'), pickle.decode_long(b''))
